// Puts the scene on a call: says its lines with the voice, listens with the ears, waits with bounds. Decides nothing of what is said.
import type { Call } from './call.ts';
import type { Stage } from './practice.ts';
import type { Timing } from './timing.ts';
import type { Clip } from './voice.ts';

/** What a scene did. */
export type StageEvent =
  | { readonly event: 'spoke'; readonly line: string; readonly text: string; readonly ms: number }
  /** Broke off: the other side talked into it. */
  | { readonly event: 'interrupted'; readonly line: string; readonly afterMs: number };

export interface StageParts {
  readonly timing: Timing;
  readonly call: Call;
  readonly voice: ReadonlyMap<string, Clip>;
  readonly onEvent: (event: StageEvent) => void;
}

/** Talked into for longer than this, he breaks off. A short "mhm" is none. */
const INTERRUPTED_MS = 600;
const LOOK_MS = 50;
/** The other side may speak this long in one go before he goes on anyway. */
const LONGEST_SPEECH_MS = 120_000;

/** Makes the stage for a call whose voice is loaded. */
export function makeStage({ timing, call, voice, onEvent }: StageParts): Stage {
  /** Looks every 50 ms until `look` gives something other than undefined; `otherwise` after `withinMs`, and at once when the call is over. */
  function until<T>(look: () => T | undefined, otherwise: T, withinMs: number): Promise<T> {
    const startedMs = timing.now();
    return new Promise((done) => {
      const again = () => {
        const found = call.isOver() ? otherwise : look();
        if (found !== undefined) done(found);
        else if (timing.now() - startedMs >= withinMs) done(otherwise);
        else timing.after(LOOK_MS, again);
      };
      again();
    });
  }

  const say: Stage['say'] = async (id) => {
    const clip = voice.get(id);
    if (clip === undefined) throw new Error(`no line ${id} in the voice`);
    await until(() => (call.ears.isSpeech() ? undefined : true), true, LONGEST_SPEECH_MS);
    if (call.isOver()) return 'interrupted';
    const startedMs = timing.now();
    let isSaid: boolean | undefined;
    void call.mouth.say(clip.packets).then((whole) => {
      isSaid = whole;
    });
    const isWhole = await until(() => (call.ears.speakingMs() > INTERRUPTED_MS ? false : isSaid), false, clip.ms + 5_000);
    const ms = Math.round(timing.now() - startedMs);
    if (!isWhole) {
      call.mouth.hush();
      if (!call.isOver()) onEvent({ event: 'interrupted', line: id, afterMs: ms });
      return 'interrupted';
    }
    onEvent({ event: 'spoke', line: id, text: clip.text, ms });
    return 'said';
  };

  const listen: Stage['listen'] = async (silenceMs) => {
    const startedMs = timing.now();
    // On hold there is nobody to answer: the silence is not counted against him.
    const began = await until(() => (call.ears.isSpeech() || call.isHeld() ? true : undefined), false, silenceMs);
    if (!began) return 'silence';
    if (call.isHeld()) return 'spoken';
    await until(() => (call.ears.isSpeech() ? undefined : true), true, LONGEST_SPEECH_MS - (timing.now() - startedMs));
    return 'spoken';
  };

  return {
    say,
    listen,
    pause: async (ms) => void (await until<true>(() => undefined, true, ms)),
    untilHeard: async () => {
      if (call.canTalk()) return false;
      await until(() => (call.canTalk() ? true : undefined), true, Number.POSITIVE_INFINITY);
      return true;
    },
    isOver: call.isOver,
  };
}
