// Topic: photographs and documents: what each file shows, of whom or what, when it was made (doctrine 4.7, row 3).
import { z } from 'zod';
import { board } from './board.ts';
import { choice, link, name, text, time } from './fields.ts';
import { refuse } from './topic.ts';
import type { Uploads } from './uploads.ts';

const exhibits = board({
  name: 'exhibits',
  noun: 'exhibit',
  fields: z.object({
    title: name(),
    about: choice(['person', 'hostage', 'place', 'weapon', 'message', 'other']),
    takenAt: time(),
    more: text(),
    /** The file, by id. */
    upload: link(),
  }),
});

const { 'add-exhibit': add, 'correct-exhibit': correct } = exhibits.commands;
const NO_FILE = refuse('D70', 'There is no such file in this incident.', 'Hand the file in first.');
type State = { readonly uploads: Uploads };
const isThere = (state: unknown, uploadId: unknown) => (state as State).uploads[String(uploadId)] !== undefined;

/** The board of photographs and documents: each row stands for a file that is kept (D70). */
export const exhibitsTopic = {
  ...exhibits,
  commands: {
    ...exhibits.commands,
    'add-exhibit': {
      ...add,
      decide: (state, asks, asked) => (isThere(state, asks.fields['upload']) ? add.decide(state, asks, asked) : NO_FILE),
    } satisfies typeof add,
    /** The words may be corrected; another file is another row. */
    'correct-exhibit': {
      ...correct,
      decide: (state, asks, asked) => (asks.fields['upload'] === undefined ? correct.decide(state, asks, asked) : NO_FILE),
    } satisfies typeof correct,
  },
};
