// Making elements of the far end's pages, link and field phone. No words, no state.

/** An element of the page with its class. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

/** A button of the page; its words are text. */
export function button(className: string, text: string, act: () => void): HTMLButtonElement {
  const made = element('button', className);
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}
