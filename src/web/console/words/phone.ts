// Words of field phones. No logic but putting words together.
import { say } from './say.ts';

/** Words of `phone`. */
export const phone = {
  label: 'Field phone',
  make: 'Add a field phone',
  pair: 'Pair this phone',
  pairHelp: 'Open the address once on the phone and press its button; then pair it here.',
  standby: 'Phone on standby',
  standbyHelp: 'Nobody hears anybody. Ring it, or use it as a loudhailer.',
  reached: 'The phone is reached.',
  ring: 'Ring',
  asked: 'Asked to ring',
  askedHelp: 'It did not say yet that it rings.',
  opening: 'Opening, no sound yet',
  openingHelp: 'They may hear you any moment.',
  answersItself: 'Answers by itself (its speaker only)',
  answeredBy: { touch: 'Answered by a touch.', itself: 'Answered by itself: perhaps nobody is there.' },
  microphone: {
    shut: 'Its microphone is shut until somebody touches the phone.',
    touch: 'Its microphone was opened by a touch.',
    authority: 'Its microphone is open by a recorded authority.',
  },
  loudhailer: 'Loudhailer',
  loudhailerOpening: 'opening, do not speak yet…',
  loudhailerOpen: 'OPEN: speak',
  loudhailerUp: 'Loudhailer stands ready',
  loudhailerUpHelp: 'They hear the floor only while the key is held.',
  loudhailerBy: (name: string) => say`Loudhailer held by ${name}`,
  alarms: 'What troubles the phone',
  moved: 'the phone is being moved',
  still: 'the phone lies still',
} as const;
