// Words of the boards `places` and `pins`, and of the plan on which pins stand.
import type { pinsTopic, placesTopic } from '../../../core/incident/places.ts';
import type { WordsOf } from './board.ts';

/** Words of the board of places. */
export const placeWords: WordsOf<typeof placesTopic> = {
  title: 'Places',
  one: 'a place',
  add: 'Add a place',
  empty: 'No place yet. Add the flat, the house or the floor; then hand in its plan and set pins.',
  help: 'Where it happens. Each place may have a plan, drawn or photographed, with pins for who and what is where.',
  fields: { name: 'Place', address: 'Address', more: 'Doors, stairs, sides', plan: 'Plan' },
  hints: { name: 'e.g. Flat, 2nd floor left', more: 'Which side is which, who lives next door' },
};

/** Words of the board of pins. */
export const pinWords: WordsOf<typeof pinsTopic> = {
  title: 'Pins',
  one: 'a pin',
  add: 'Set a pin',
  empty: 'No pin yet. They are set on the plan of a place.',
  help: 'Everything that stands on a plan, in words. Pins are set and moved on the plan of their place.',
  fields: {
    label: 'Who or what',
    kind: 'Kind',
    seenAt: 'Was there at',
    more: 'More',
    place: 'Place',
    x: 'Across, of 1000',
    y: 'Down, of 1000',
  },
  hints: { label: 'e.g. Rifle on the table' },
  choices: {
    kind: {
      person: 'the person',
      hostage: 'hostage',
      weapon: 'weapon',
      door: 'door',
      window: 'window',
      camera: 'camera',
      phone: 'phone',
      team: 'our people',
      danger: 'danger',
      other: 'something else',
    },
  },
};

/** Words of the plan. */
export const planMapWords = {
  givePlan: 'Hand in its plan',
  types: 'JPEG, PNG or WebP picture; at most 32 MB',
  sending: 'The plan goes in…',
  noAnswer: { why: 'The server did not answer.', next: 'Try again.' },
  open: (pins: number) => (pins === 0 ? 'Open the plan' : `Open the plan (${pins})`),
  picture: (place: string) => `Plan of ${place}`,
  set: 'Set a pin',
  setHelp: 'Press on the plan or move the new pin with the arrow keys (Shift: in small steps); then write what it is.',
  moveHelp: 'A pin is moved by dragging it, or with the arrow keys and then Enter; Esc leaves it where it was.',
  newPin: 'New pin',
  put: 'Put the pin here',
  leave: 'Leave it',
  moving: (pin: string) => `“${pin}” is not moved yet.`,
  moveHere: 'Move it here',
  none: 'No pin stands here yet.',
  list: 'Pins on this plan',
  at: (time: string) => `there at ${time}`,
};
