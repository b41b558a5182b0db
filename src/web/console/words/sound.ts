// Words of this person’s own sound: joining, muting, gear, leaks, hearing again, talk keys. No logic but putting words together.
import type { Output } from '../../../core/incident/gear.ts';
import { say } from './say.ts';

/** Words of `sound`. */
export const sound = {
  join: 'Join the call',
  joinHelp: 'with microphone and sound',
  mute: 'Mute',
  mutedNow: 'you are muted',
  unmutedNow: 'you are not muted',
  leave: 'Leave the sound',
  settings: 'Sound settings',
  kind: 'What do you hear with?',
  kinds: {
    headset: 'Headset',
    handset: 'Handset, at the ear',
    loudspeaker: 'Loudspeaker',
    unknown: 'I do not know',
  } as Readonly<Record<Output, string>>,
  kindHelp: 'A headset or handset is truest. With a loudspeaker the echo is taken out, and ear and table stay shut until you confirm it.',
  uses: (label: string) => say`This computer plays on: ${label}`,
  echo: { on: 'Echo cancellation of your microphone is on.', off: 'Echo cancellation of your microphone is off.' },
  microphone: 'Microphone',
  anyMicrophone: 'The browser’s choice',
  apply: 'Use these',
} as const;

/** Words of `guard`. */
export const guard = {
  leak: (microphone: string, secret: string) =>
    say`SOUND LEAKS: the microphone of ${microphone} carries the voice of ${secret}. The subject may hear it.`,
  leakNext: (microphone: string, secret: string) =>
    say`${secret}: stop speaking. ${microphone}: mute, turn the volume down, put the headset closer. Then test again.`,
  bare: (label: string) =>
    label === ''
      ? say`You hear by a loudspeaker: ear and table are shut for you.`
      : say`You hear by a loudspeaker (${label}): ear and table are shut for you.`,
  bareNext: 'A microphone near it would carry them to the subject.',
  confirm: 'No open microphone hears it',
  ask: 'What do you hear with? Parley cannot tell.',
} as const;

/** Words of `leakTest`. */
export const leakTest = {
  run: 'Leak test',
  running: 'Testing: be quiet for three seconds…',
  help: 'Plays a tone in your ear and listens whether your microphone hears it.',
  never: 'No leak test yet.',
  passed: (level: string) => `Passed: the microphone does not hear the ear (${level}).`,
  failed: (level: string) =>
    `FAILED: your microphone hears your ear (${level}). Turn the volume down, put the headset on right, move the microphone away; then test again.`,
  noisy: (level: string) =>
    `NOT PROVED: the tone was there before it was played (${level}). Find what sounds near your microphone; then test again.`,
  broken: {
    why: 'The test could not be made.',
    next: 'Allow the microphone for this page and look whether it is plugged in; then test again.',
  },
  due: (name: string) => say`${name} has passed no leak test since the last call.`,
} as const;

/** Words of `again`. */
export const again = {
  label: 'Hear again',
  play: (seconds: number) => `Last ${seconds} s`,
  stop: 'Stop',
  help: 'In your ears only; the live line is softer meanwhile, and goes on.',
  loading: 'Loading…',
  playing: (position: number, length: number, clock: string) => `Plays ${position} of ${length} s, from ${clock}. The live line is softer.`,
} as const;

/** Words of `talk`. */
export const talk = {
  hold: 'keep pressed',
  asking: 'opening…',
  open: 'OPEN: speak',
  cut: 'closed: press anew',
} as const;
