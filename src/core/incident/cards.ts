// Topic: short private notes for the primary's card, written while he talks. One way; the ear's readers see them and nobody else.
import { z } from 'zod';
import { hasRole, type People } from './people.ts';
import { command, entry, idOf, type Person, type Role, refuse, type Topic, type Viewer } from './topic.ts';

/** Longest note, in characters: read at a glance while talking. */
export const MAX_CARD_CHARS = 120;
/** Who writes to the primary: as with the ear, the coach, and the leader; in an exercise the trainer in the coach's place. */
export const CARD_WRITERS: readonly Role[] = ['coach', 'leader', 'trainer'];
/** Who sees the notes: as the ear. */
const CARD_READERS: readonly Role[] = ['primary', 'coach', 'leader', 'scribe', 'trainer'];

/** One note to the primary. */
export interface Card {
  readonly id: string;
  readonly text: string;
  readonly by: Person | null;
  readonly at: number;
  /** When the primary's own console showed it; null: not yet. */
  readonly shownAt: number | null;
  /** `done`: the primary has it. `withdrawn`: taken back by who may write. */
  readonly state: 'open' | 'done' | 'withdrawn';
}

export type Cards = Readonly<Record<string, Card>>;

type State = { readonly cards: Cards; readonly people: People; readonly incident: { readonly exercise: boolean } };

const initial: Cards = {};
const sent = z.strictObject({ cardId: idOf, text: z.string().trim().min(1).max(MAX_CARD_CHARS) });
const onCard = z.strictObject({ cardId: idOf });
const sees = (viewer: Viewer) => viewer.roles.some((one) => CARD_READERS.includes(one));
const NO_CARD = refuse('D43', 'There is no such note, or it is over.', 'Look at the notes again.');

/** Notes that the primary has not cleared, newest first. */
export function openCards(cards: Cards): readonly Card[] {
  return Object.values(cards)
    .filter((card) => card.state === 'open')
    .reverse();
}

/** True when this person may write to the primary now. */
export function mayWriteCard({ people, incident }: Pick<State, 'people' | 'incident'>, personId: string): boolean {
  return hasRole(people, personId, ...CARD_WRITERS.filter((one) => one !== 'trainer' || incident.exercise));
}

const change = (cards: Cards, cardId: string, by: Partial<Card>): Cards => {
  const card = cards[cardId];
  return card === undefined ? cards : { ...cards, [cardId]: { ...card, ...by } };
};

const ended = (type: string, by: readonly Role[]) =>
  command({
    by,
    schema: onCard,
    decide: ({ cards }: State, asks) => (cards[asks.cardId]?.state === 'open' ? [{ type, payload: asks }] : NO_CARD),
  });

export const cardsTopic = {
  name: 'cards' as const,
  initial,
  commands: {
    'send-card': command({
      by: CARD_WRITERS,
      schema: sent,
      decide: (state: State, asks, { who }) => {
        if (who.kind !== 'person' || !mayWriteCard(state, who.personId))
          return refuse('D43', 'Only the coach and the leader write to the primary.', 'Tell the coach.');
        return state.cards[asks.cardId] === undefined ? [{ type: 'card-sent', payload: asks }] : NO_CARD;
      },
    }),
    /** The primary's console shows it now. */
    'tell-card-shown': command({
      by: ['primary'],
      schema: onCard,
      decide: ({ cards }: State, asks) => {
        const card = cards[asks.cardId];
        if (card?.state !== 'open') return NO_CARD;
        return card.shownAt === null ? [{ type: 'card-shown', payload: asks }] : [];
      },
    }),
    'clear-card': ended('card-cleared', ['primary']),
    'withdraw-card': ended('card-withdrawn', CARD_WRITERS),
  },
  entries: {
    'card-sent': entry({
      schema: sent,
      sees,
      reduce: (cards: Cards, p, { at, who }): Cards => {
        const by = who.kind === 'person' ? who : null;
        return { ...cards, [p.cardId]: { id: p.cardId, text: p.text, by, at, shownAt: null, state: 'open' } };
      },
    }),
    'card-shown': entry({ schema: onCard, sees, reduce: (cards: Cards, p, { at }): Cards => change(cards, p.cardId, { shownAt: at }) }),
    'card-cleared': entry({ schema: onCard, sees, reduce: (cards: Cards, p): Cards => change(cards, p.cardId, { state: 'done' }) }),
    'card-withdrawn': entry({ schema: onCard, sees, reduce: (cards: Cards, p): Cards => change(cards, p.cardId, { state: 'withdrawn' }) }),
  },
} satisfies Topic;
