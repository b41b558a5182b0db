// Topics: places, each with a picture of its plan, and the pins on them (doctrine 4.7): who or what was where, when, by whose word.
import { z } from 'zod';
import { board, type Row, type Rows } from './board.ts';
import { choice, line, link, name, spot, text, time } from './fields.ts';
import { refuse } from './topic.ts';
import type { Uploads } from './uploads.ts';

const places = board({
  name: 'places',
  noun: 'place',
  fields: z.object({
    name: name(),
    address: line(),
    /** Doors, stairs, neighbours, which side is which. */
    more: text(),
    /** The upload that shows its plan; '' for none yet. */
    plan: link(),
  }),
});

/** What a pin can stand for. */
export const PIN_KINDS = ['person', 'hostage', 'weapon', 'door', 'window', 'camera', 'phone', 'team', 'danger', 'other'] as const;

const pins = board({
  name: 'pins',
  noun: 'pin',
  fields: z.object({
    label: name(),
    kind: choice(PIN_KINDS),
    /** When it was there, wall clock in ms. */
    seenAt: time(),
    more: text(),
    place: link(),
    x: spot(),
    y: spot(),
  }),
});

/** A place as it stands. */
export type Place = Row<z.output<typeof places.board.fields>>;
/** A pin as it stands. */
export type Pin = Row<z.output<typeof pins.board.fields>>;
type State = { readonly uploads: Uploads; readonly places: Rows<Place['fields']>; readonly pins: Rows<Pin['fields']> };

/** The pins that stand on one place, oldest first; the withdrawn ones left out. */
export function pinsOn({ pins: all }: Pick<State, 'pins'>, placeId: string): readonly Pin[] {
  return Object.values(all).filter((pin) => !pin.withdrawn && pin.fields.place === placeId);
}

const NO_PLAN = refuse(
  'D74',
  'The plan of a place is a picture that was handed in to this incident.',
  'Hand in a JPEG, PNG or WebP picture.',
);
const HAS_PINS = refuse(
  'D77',
  'Pins stand on this plan; on another one they would be wrong.',
  'Add another place for it, or withdraw the pins.',
);
const NO_PLACE = refuse('D75', 'A pin stands on a place that has a plan.', 'Give the place a plan first.');
const STAYS = refuse('D75', 'A pin stays on its place.', 'Withdraw it, and set another one there.');

const isPlan = (state: unknown, plan: unknown) => plan === '' || ((state as State).uploads[String(plan)]?.view ?? null) !== null;

const { 'add-place': addPlace, 'correct-place': correctPlace, 'withdraw-place': withdrawPlace } = places.commands;

/** The board of places: a flat, a house, a floor of it. */
export const placesTopic = {
  ...places,
  commands: {
    ...places.commands,
    'add-place': {
      ...addPlace,
      decide: (state, asks, asked) => (isPlan(state, asks.fields['plan']) ? addPlace.decide(state, asks, asked) : NO_PLAN),
    } satisfies typeof addPlace,
    'correct-place': {
      ...correctPlace,
      decide: (state, asks, asked) => {
        const plan = asks.fields['plan'];
        if (plan === undefined) return correctPlace.decide(state, asks, asked);
        if (!isPlan(state, plan)) return NO_PLAN;
        return pinsOn(state as State, asks.rowId).length > 0 ? HAS_PINS : correctPlace.decide(state, asks, asked);
      },
    } satisfies typeof correctPlace,
    'withdraw-place': {
      ...withdrawPlace,
      decide: (state, asks, asked) => (pinsOn(state as State, asks.rowId).length > 0 ? HAS_PINS : withdrawPlace.decide(state, asks, asked)),
    } satisfies typeof withdrawPlace,
  },
};

const { 'add-pin': addPin, 'correct-pin': correctPin } = pins.commands;

/** The board of pins. A pin moves by being corrected: where it was stays in its history. */
export const pinsTopic = {
  ...pins,
  commands: {
    ...pins.commands,
    'add-pin': {
      ...addPin,
      decide: (state, asks, asked) => {
        const place = (state as State).places[String(asks.fields['place'])];
        const may = place !== undefined && !place.withdrawn && place.fields.plan !== '';
        return may ? addPin.decide(state, asks, asked) : NO_PLACE;
      },
    } satisfies typeof addPin,
    'correct-pin': {
      ...correctPin,
      decide: (state, asks, asked) => (asks.fields['place'] === undefined ? correctPin.decide(state, asks, asked) : STAYS),
    } satisfies typeof correctPin,
  },
};
