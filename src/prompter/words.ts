// What the machine coach writes into the log, in one place, ready to translate. No logic but putting words together.

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

/** Notes of the machine. `basis`: what it went by. */
export const words = {
  hello:
    'I am a machine, not a person. I hear when somebody speaks and when nobody does, and not what is said. I whisper seldom, and only you decide. ' +
    'Press “Take the coach’s seat” to change places: then I talk to him, and you whisper to me.',
  whispered: (text: string, basis: string) => `Machine whispers: “${text}” Basis: ${basis}`,
  notWhispered: (text: string, why: string) => `Machine would whisper: “${text}” It could not: ${why}`,
  brokenOff: 'Machine broke its whisper off: somebody spoke.',
  over: 'The call is over. “Recordings”, above the log, plays every voice of it. The machine leaves.',
  basis: {
    silence: (spokeMs: number, quietMs: number) => `he spoke for ${seconds(spokeMs)}, then nobody for ${seconds(quietMs)}.`,
    talkedOver: 'you began while he spoke.',
    longTurn: (spokeMs: number) => `you spoke for ${seconds(spokeMs)} in one go. Long turns slip into promises.`,
  },
} as const;
