// Words of the practice call: its seats and its recordings. No logic but putting words together.

/** Words of `seats`. */
export const seats = {
  label: 'Practice: change places with the machine',
  coach: 'Take the coach’s seat',
  coachHelp: 'The machine talks to him; you whisper to it (E). Hold.',
  primary: 'Take the primary’s seat',
  primaryHelp: 'The machine offers you the floor; accept it (F).',
  offered: 'Offered to the machine…',
  asked: 'Asked the machine for the floor…',
  needsFloor: 'Take the floor first (F): you talk, the machine whispers. Then you can change places.',
  needsSound: 'The machine is not in the call. Talk without it, or begin a new practice call.',
} as const;

/** Words of `recordings`. */
export const recordings = {
  title: 'Recordings',
  open: 'Recordings',
  help: 'Every voice has its own file. They play in your ears only; each time you play one, the log says so.',
  none: 'Nothing is recorded yet. Recording begins by itself when somebody joins the call.',
  loading: 'Looking…',
  play: 'Play',
  playOf: (leg: string, part: number) => `Play ${leg}, part ${part}`,
  stop: 'Stop',
  fetching: 'Loading…',
  playing: (at: number, of: number) => `Plays: ${at} s of ${of} s`,
  part: (part: number) => `part ${part}`,
  length: (seconds: number) => `${seconds} s`,
  grows: 'still recording',
  size: (kib: number) => `${kib} KB`,
  ready: 'The practice call is over. Every voice of it was recorded.',
} as const;
