// The practice call: a man who locked himself in after losing his work and a quarrel. What he says next, and when. No sound, no socket.

/** What the scene needs of the call. Every wait ends when the call is over: then `isOver` is true. */
export interface Stage {
  /** Says a line to its end, or breaks off when the other side talks into it. */
  say(id: string): Promise<'said' | 'interrupted'>;
  /** Waits for the other side: until it has spoken and stopped, or said nothing for `silenceMs`. */
  listen(silenceMs: number): Promise<'spoken' | 'silence'>;
  pause(ms: number): Promise<void>;
  /** Waits while the line is on hold or lost; true when there was something to wait for. */
  untilHeard(): Promise<boolean>;
  isOver(): boolean;
}

/** Line ids in the order they are said, one of each row. */
export const STORY: readonly (readonly string[])[] = [
  ['hello-1', 'hello-2'],
  ['door-1', 'door-2'],
  ['quiet'],
  ['job-1', 'job-2'],
  ['clothes'],
  ['letter'],
  ['left'],
  ['sleep'],
  ['doubt-1', 'doubt-2'],
  ['tired'],
  ['what-if'],
  ['mia'],
  ['quieter'],
  ['maybe'],
];

/** Said after the second silence in a row, and so on; then he goes on by himself. */
export const ON_SILENCE: readonly string[] = ['still-1', 'still-2', 'still-3'];
/** Said when he was talked over. */
export const ON_INTERRUPTION: readonly string[] = ['cut-1', 'cut-2'];
/** Said when a hold or a gap is over. */
export const ON_RETURN = 'back';
/** How it ends: who was spoken with comes out, who was not hangs up. */
export const ENDINGS = { out: 'out', 'hung-up': 'hang-up' } as const;
export type Ending = keyof typeof ENDINGS;

/** He waits this long for an answer, ms. */
export const SILENCE_MS = 8_000;
/** So many answers and he comes out at the end. */
const ANSWERS_TO_COME_OUT = 4;
/** Before he speaks, ms: between these, as luck has it. */
const BREATH_MS = [500, 1_600] as const;

const pick = (ids: readonly string[], dice: () => number): string => ids[Math.floor(dice() * ids.length)] as string;

/** Plays the call to its end, or until it is over. @returns how it ended, or undefined when the other side ended it */
export async function playPractice(stage: Stage, dice: () => number): Promise<Ending | undefined> {
  let answers = 0;
  let silences = 0;
  let prompts = 0;

  const breathe = () => stage.pause(BREATH_MS[0] + dice() * (BREATH_MS[1] - BREATH_MS[0]));

  /** One line and what follows it. */
  const turn = async (id: string): Promise<void> => {
    if (await stage.untilHeard()) await stage.say(ON_RETURN);
    if (stage.isOver()) return;
    const wasCut = (await stage.say(id)) === 'interrupted';
    const answer = await stage.listen(SILENCE_MS);
    silences = answer === 'spoken' ? 0 : silences + 1;
    if (answer === 'spoken') answers += 1;
    if (stage.isOver()) return;
    await breathe();
    if (wasCut && dice() < 0.5 && !stage.isOver()) await stage.say(pick(ON_INTERRUPTION, dice));
  };

  for (const row of STORY) {
    await turn(pick(row, dice));
    const prompt = ON_SILENCE[prompts];
    if (silences >= 2 && prompt !== undefined && !stage.isOver()) {
      prompts += 1;
      silences = 0;
      await turn(prompt);
    }
    if (stage.isOver()) return undefined;
  }
  const ending: Ending = answers >= ANSWERS_TO_COME_OUT ? 'out' : 'hung-up';
  await turn(ENDINGS[ending]);
  return stage.isOver() ? undefined : ending;
}
