// The texts as they are seen on the call page: a short list and a field. Words of anybody are text content, set apart, and nothing else.
import { button, element } from './elements.ts';
import { MAX_CHARS, type TextLine } from './texts.ts';
import type { Words } from './words.ts';

export interface TextsView {
  readonly box: HTMLElement;
  /** null: there is no call; what stands in the field stays there. */
  show(lines: readonly TextLine[] | null): void;
}

/** Makes the list and the field. `onWrite`: the person sent this. */
export function makeTextsView(words: Words, onWrite: (text: string) => void): TextsView {
  const box = element('section', 'texts');
  const list = element('ol', 'texts-list');
  list.setAttribute('role', 'log');
  const form = element('form', 'texts-form');
  const field = element('textarea', 'texts-field');
  field.rows = 2;
  field.maxLength = MAX_CHARS;
  field.dir = 'auto';
  field.placeholder = words.write;
  field.ariaLabel = words.write;
  const rows = new Map<string, { readonly row: HTMLElement; readonly state: HTMLElement }>();

  const write = () => {
    if (field.value.trim() === '') return;
    onWrite(field.value);
    field.value = '';
  };
  const go = button('small', words.send, write);
  form.addEventListener('submit', (event) => event.preventDefault());
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    write();
  });
  form.append(field, go);
  box.append(list, form);
  box.hidden = true;

  const add = ({ key, isMine, text }: TextLine) => {
    const row = element('li', isMine ? 'mine' : 'theirs');
    const said = element('p', 'said');
    said.dir = 'auto';
    said.textContent = text;
    const state = element('small', 'text-state');
    row.append(said, state);
    list.append(row);
    rows.set(key, { row, state });
    return { row, state };
  };

  return {
    box,
    show: (lines) => {
      box.hidden = lines === null;
      list.hidden = (lines ?? []).length === 0;
      for (const line of lines ?? []) {
        const isNew = !rows.has(line.key);
        const { state } = rows.get(line.key) ?? add(line);
        const word = !line.isMine ? '' : line.isSent ? words.sent : words.unsent;
        if (state.textContent === word && !isNew) continue;
        state.textContent = word;
        list.scrollTop = list.scrollHeight;
      }
      // A new call begins with nothing.
      if (lines !== null && lines.length < rows.size) {
        const kept = new Set(lines.map((line) => line.key));
        for (const [key, { row }] of rows) {
          if (kept.has(key)) continue;
          row.remove();
          rows.delete(key);
        }
      }
    },
  };
}
