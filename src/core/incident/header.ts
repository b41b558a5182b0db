// Topic: the incident's header: where, when, what, who commands (doctrine 4.7, row 1). One row; every correction is a new entry.
import { z } from 'zod';
import { board, type Row } from './board.ts';
import { choice, line, name, text, time } from './fields.ts';
import { refuse } from './topic.ts';

const headers = board({
  name: 'header',
  noun: 'header',
  fields: z.object({
    place: name(),
    kind: choice(['not-known', 'barricade', 'hostages', 'suicide', 'other']),
    startedAt: time(),
    /** Call sign or case number. */
    number: line(),
    commander: line(),
    /** Where it stands now, in one line. */
    status: line(),
    more: text(),
  }),
});

/** The header as it stands. */
export type Header = Row<z.output<typeof headers.board.fields>>;

/** The row that counts; undefined as long as nobody filled it in. */
export function headerOf(state: { readonly header: Readonly<Record<string, Header>> }): Header | undefined {
  return Object.values(state.header).find((row) => !row.withdrawn);
}

const { 'add-header': add } = headers.commands;

/** The header: a board of one row (D85). */
export const headerTopic = {
  ...headers,
  commands: {
    ...headers.commands,
    'add-header': {
      ...add,
      decide: (state, asks, asked) =>
        headerOf(state as Parameters<typeof headerOf>[0]) === undefined
          ? add.decide(state, asks, asked)
          : refuse('D85', 'The incident has a header already.', 'Correct it.'),
    } satisfies typeof add,
  },
};
