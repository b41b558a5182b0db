// The machine in its seat: follows the log, keeps its ears open, and does what coach or talker say is due. All that it changes, it
// changes by commands, as a person would.
import type { Mouth } from '../caller/mouth.ts';
import type { SpeechChange } from '../caller/speech-sense.ts';
import { every, type Timing } from '../caller/timing.ts';
import type { Clip } from '../caller/voice.ts';
import type { ToTeam } from '../protocol/team.ts';
import { Coach } from './coach.ts';
import type { Commands } from './commands.ts';
import type { Listener } from './listener.ts';
import { follow, isOver, liveLineOf, NO_SCENE, type Scene } from './scene.ts';
import { Talker } from './talker.ts';
import { words } from './words.ts';

/** All lines by id. */
export type Voice = ReadonlyMap<string, Clip>;

export interface MachineParts {
  readonly timing: Timing;
  readonly personId: string;
  readonly commands: Commands;
  readonly mouth: Pick<Mouth, 'say' | 'hush' | 'isSpeaking'>;
  readonly listener: Pick<Listener, 'tick' | 'isSpeech' | 'speakingMs'>;
  readonly voices: { readonly coach: Voice; readonly negotiator: Voice };
  /** The call or the incident is over, and everything was said. */
  readonly onDone: () => void;
}

export interface Machine {
  /** Entries as they come. */
  entries(entries: Extract<ToTeam, { t: 'entries' }>['entries']): void;
  /** Everything follows again from the beginning. */
  forget(): void;
  heard(leg: string, change: SpeechChange): void;
  stop(): void;
}

const LOOK_MS = 100;
/** The way into the ear is open so long before the first word, and after the last one, ms. */
const OPEN_MS = 250;
/** Talked into for longer than this, it breaks its line off, ms. */
const INTERRUPTED_MS = 700;
/** Between the end of the call and the farewell, ms: what comes of it is entered first. */
const OVER_MS = 2_000;
/** Longer than its longest line, ms. */
const LONGEST_MS = 20_000;

/** Puts the machine in its seat. */
export function makeMachine(parts: MachineParts): Machine {
  const { timing, personId: me, commands, mouth, listener, voices } = parts;
  const coach = new Coach();
  let scene: Scene = NO_SCENE;
  /** False while everything is about to follow again: what is not known yet must not pass for a change. */
  let isKnown = false;
  let talker: Talker | null = null;
  let isBusy = false;
  let answeredSeq = 0;
  /** How often it may still try to say what it is. */
  let greetings = 3;
  let overMs: number | null = null;
  let isDone = false;

  const note = (text: string) => commands.ask({ type: 'write-note', text });
  const pause = (ms: number) => new Promise<void>((done) => void timing.after(ms, done));
  const isPrimary = (id: string | null) => id !== null && (scene.roles[id]?.includes('primary') ?? false);
  const isPersonSpeaking = () => Object.keys(scene.lines).some((id) => listener.isSpeech(`line.${id}`));
  const personSpeakingMs = () => Math.max(0, ...Object.keys(scene.lines).map((id) => listener.speakingMs(`line.${id}`)));

  /** Says a clip; breaks off as soon as `breaks` says so. True when it was said whole. */
  const say = async (clip: Clip, breaks: () => boolean): Promise<boolean> => {
    const stop = every(timing, LOOK_MS, () => {
      if (breaks()) mouth.hush();
    });
    const giveUp = timing.after(LONGEST_MS, () => mouth.hush());
    const isWhole = await mouth.say(clip.packets);
    stop();
    giveUp();
    return isWhole;
  };

  const whisper = async ({ line, basis }: { readonly line: string; readonly basis: string }) => {
    const clip = voices.coach.get(line);
    if (clip === undefined) throw new Error(`no line ${line} in the coach's voice`);
    const refused = await commands.ask({ type: 'open-mic', channel: 'ear' });
    if (refused !== null) return void (await note(words.notWhispered(clip.text, refused)));
    const noted = note(words.whispered(clip.text, basis));
    await pause(OPEN_MS);
    // Who has the floor may have changed while it was opened.
    const isWhole = await say(clip, () => coach.isSpeech || scene.voice[me] !== 'ear');
    await pause(OPEN_MS);
    await commands.ask({ type: 'close-mic' });
    await noted;
    if (!isWhole) await note(words.brokenOff);
  };

  const talk = async (line: string, mine: Talker) => {
    const clip = voices.negotiator.get(line);
    if (clip === undefined) throw new Error(`no line ${line} in the negotiator's voice`);
    await say(clip, () => talker !== mine || liveLineOf(scene) === null || personSpeakingMs() > INTERRUPTED_MS);
    mine.finished(timing.now());
  };

  /** One thing at a time: what is due waits until the one before is over. */
  const busy = (work: Promise<unknown>) => {
    isBusy = true;
    void work
      .catch((cause: unknown) => process.emitWarning(`the machine could not: ${String(cause)}`))
      .then(() => {
        isBusy = false;
      });
  };

  /** Answers an offer of the floor, or a wish for it, once each. */
  const answerSeats = (): boolean => {
    const { offered, asked, holder } = scene;
    if (offered?.to === me && offered.seq > answeredSeq) {
      answeredSeq = offered.seq;
      busy(commands.ask({ type: 'accept-floor' }));
      return true;
    }
    if (holder !== me || asked === null || offered !== null || asked.seq <= answeredSeq) return false;
    answeredSeq = asked.seq;
    mouth.hush();
    busy(commands.ask({ type: 'offer-floor', personId: asked.by }));
    return true;
  };

  const greet = async () => {
    greetings -= 1;
    if ((await note(words.hello)) === null) greetings = 0;
  };

  const leave = async () => {
    await note(words.over);
    if (scene.holder === me) await commands.ask({ type: 'give-up-floor' });
    isDone = true;
    parts.onDone();
  };

  const work = (nowMs: number) => {
    const isLive = liveLineOf(scene) !== null;
    if (talker !== null) {
      const line = isLive && scene.offered === null ? talker.next(nowMs) : null;
      if (line !== null) busy(talk(line, talker));
    } else if (isLive && isPrimary(scene.holder)) {
      const due = scene.roles[me]?.includes('coach') === true ? coach.next(nowMs) : null;
      if (due !== null) busy(whisper(due));
    }
  };

  const look = () => {
    listener.tick();
    if (!isKnown) return;
    const nowMs = timing.now();
    const isMine = scene.holder === me;
    if (isMine && talker === null) talker = new Talker(nowMs, isPersonSpeaking());
    if (!isMine) talker = null;
    talker?.whisper(
      Object.entries(scene.voice).some(([id, channel]) => id !== me && channel === 'ear'),
      nowMs,
    );
    if (isDone || isBusy) return;
    if (scene.isClosed) {
      isDone = true;
      return parts.onDone();
    }
    overMs = isOver(scene) ? (overMs ?? nowMs) : null;
    if (overMs !== null) return nowMs - overMs < OVER_MS ? undefined : busy(leave());
    if (greetings > 0 && (scene.roles[me]?.length ?? 0) > 0) return busy(greet());
    if (!answerSeats()) work(nowMs);
  };

  const stopLooking = every(timing, LOOK_MS, look);

  return {
    entries: (entries) => {
      isKnown = true;
      for (const entry of entries) scene = follow(scene, entry);
    },
    forget: () => {
      isKnown = false;
      scene = NO_SCENE;
    },
    heard: (leg, change) => {
      const nowMs = timing.now();
      if (leg.startsWith('line.')) {
        coach.heard('person', change, nowMs);
        talker?.heard(change, nowMs);
      } else if (scene.holder !== me && leg === `person.${scene.holder}`) coach.heard('primary', change, nowMs);
    },
    stop: () => {
      stopLooking();
      mouth.hush();
    },
  };
}
