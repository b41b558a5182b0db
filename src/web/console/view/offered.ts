// What the screen offers now, read from the screen itself: so the palette has the same words, and nothing that the person may not do.

/** One thing that can be done now. */
export interface Offer {
  readonly name: string;
  /** Where it stands: the panel, the line, the row. */
  readonly where: string;
  /** Acts by being held: it is only gone to. */
  readonly isHeld: boolean;
  readonly run: () => void;
}

const OFFERS = 'button, [role="tab"], summary, a.button, label:has(> input[type="radio"])';

/** The words of an element without what is for the eye only. */
function wordsOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const texts = [...element.childNodes].map((node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
    return node instanceof Element && node.getAttribute('aria-hidden') !== 'true' ? wordsOf(node) : '';
  });
  return texts.join('').replace(/\s+/g, ' ').trim();
}

function whereOf(element: Element): string {
  const row = element.closest('li, article, .waiting')?.querySelector('.row-name, strong, h3');
  const part = element.parentElement?.closest('[aria-label]')?.getAttribute('aria-label');
  return [part, row === null || row === undefined ? null : wordsOf(row)]
    .filter((text) => text !== null && text !== undefined && text !== '')
    .join(' · ');
}

/** Opens whatever hides it, then acts; what is held gets the focus only. */
function act(element: HTMLElement, isHeld: boolean): void {
  for (let fold = element.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  element.scrollIntoView({ block: 'nearest' });
  element.focus();
  if (!isHeld) element.click();
}

/** All that this part of the page offers, in its order. */
export function offersIn(root: ParentNode): readonly Offer[] {
  return [...root.querySelectorAll<HTMLElement>(OFFERS)].flatMap((element) => {
    const isOff = element.matches(':disabled') || element.closest('dialog, [inert], [hidden], [data-tool="palette"], .slot-tools') !== null;
    const name = wordsOf(element);
    if (isOff || name === '' || element.getAttribute('aria-selected') === 'true') return [];
    const isHeld = element.matches('.held, .talk');
    return [{ name, where: whereOf(element), isHeld, run: () => act(element, isHeld) }];
  });
}
