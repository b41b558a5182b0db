// Plays one recording, in the own ears only. One request for each time it is played: each is an entry. Touches no live sound.
import type { RecordingFile, Refused } from '../../../protocol/http.ts';
import { words } from '../words.ts';
import { type Cell, source } from './cell.ts';

/** What is played, by leg and file. */
export type Chosen = Pick<RecordingFile, 'leg' | 'file'>;

export interface PlayerView {
  readonly is: 'idle' | 'loading' | 'playing';
  readonly chosen: Chosen | null;
  readonly lengthMs: number;
  readonly trouble: { readonly why: string; readonly next: string } | null;
}

/** Plays one recording at a time. */
export interface FilePlayer {
  readonly view: Cell<PlayerView>;
  /** To be called inside a press. What plays already is stopped. */
  play(chosen: Chosen): void;
  stop(): void;
  /** How far it is, ms; 0 when nothing plays. */
  positionMs(): number;
}

/** A minute of a voice is a few hundred kilobytes, and the box is near, ms. */
const ASK_LIMIT_MS = 20_000;
const IDLE: PlayerView = { is: 'idle', chosen: null, lengthMs: 0, trouble: null };

/** Where a file of an incident is read. */
export function recordingPath(incidentId: string, { leg, file }: Chosen): string {
  return `/api/incidents/${[incidentId, 'recordings', leg, file].map(encodeURIComponent).join('/')}`;
}

async function troubleIn(answer: Response): Promise<PlayerView['trouble']> {
  const said = (await answer.json().catch(() => null)) as Refused | null;
  return said?.refused ?? words.odd;
}

/** Makes the player of one incident; nothing is loaded before `play`. */
export function makeFilePlayer(incidentId: string): FilePlayer {
  const view = source<PlayerView>(IDLE);
  let context: AudioContext | null = null;
  let startedS = 0;
  let turn = 0;

  const stop = (trouble: PlayerView['trouble'] = null) => {
    turn += 1;
    void context?.close().catch(() => undefined);
    context = null;
    view.set({ ...IDLE, trouble });
  };

  const load = async (chosen: Chosen, mine: number) => {
    // Made inside the press: a browser lets it sound only so.
    const out = new AudioContext();
    context = out;
    view.set({ ...IDLE, is: 'loading', chosen });
    const answer = await fetch(recordingPath(incidentId, chosen), { signal: AbortSignal.timeout(ASK_LIMIT_MS) });
    if (!answer.ok) {
      const trouble = await troubleIn(answer);
      return mine === turn ? stop(trouble) : undefined;
    }
    const buffer = await out.decodeAudioData(await answer.arrayBuffer());
    if (mine !== turn) return;
    const voice = new AudioBufferSourceNode(out, { buffer });
    voice.connect(out.destination);
    voice.onended = () => {
      if (mine === turn) stop();
    };
    voice.start();
    startedS = out.currentTime;
    view.set({ is: 'playing', chosen, lengthMs: buffer.duration * 1000, trouble: null });
  };

  return {
    view,
    play: (chosen) => {
      stop();
      const mine = turn;
      void load(chosen, mine).catch(() => {
        if (mine === turn) stop(words.noAnswer);
      });
    },
    stop: () => stop(),
    positionMs: () => (context === null || view.get().is !== 'playing' ? 0 : (context.currentTime - startedS) * 1000),
  };
}
