// Plays the last seconds of a line again, in the own ears only. Asks the server for them; the live sound is not touched here.
import type { AgainS } from '../../../core/incident/reading.ts';
import type { PlayAgain, Refused } from '../../../protocol/http.ts';
import { words } from '../words.ts';
import { type Cell, source } from './cell.ts';

/** What is played now. */
export interface Playing {
  readonly lineId: string;
  /** Wall clock of its first sample, ms. */
  readonly fromMs: number;
  readonly lengthMs: number;
}

export interface AgainView {
  readonly is: 'idle' | 'loading' | 'playing';
  readonly playing: Playing | null;
  readonly trouble: { readonly why: string; readonly next: string } | null;
}

export interface Again {
  readonly view: Cell<AgainView>;
  /** To be called inside a press. What plays already is stopped. */
  play(asks: PlayAgain): void;
  stop(): void;
  /** How far it is, ms; 0 when nothing plays. */
  positionMs(): number;
}

/** As in protocol/http: pages take types from there only. */
const FROM_HEADER = 'parley-from-ms';
const ASK_LIMIT_MS = 10_000;
const IDLE: AgainView = { is: 'idle', playing: null, trouble: null };

async function troubleIn(answer: Response): Promise<{ readonly why: string; readonly next: string }> {
  const said = (await answer.json().catch(() => null)) as Refused | null;
  return said?.refused ?? words.odd;
}

/** Makes the player of one incident; nothing is loaded before `play`. */
export function makeAgain(incidentId: string): Again {
  const view = source<AgainView>(IDLE);
  let context: AudioContext | null = null;
  let startedS = 0;
  let turn = 0;

  const stop = (trouble: AgainView['trouble'] = null) => {
    turn += 1;
    void context?.close().catch(() => undefined);
    context = null;
    view.set({ ...IDLE, trouble });
  };

  const load = async (asks: PlayAgain): Promise<Response> =>
    fetch(`/api/incidents/${encodeURIComponent(incidentId)}/again`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asks),
      signal: AbortSignal.timeout(ASK_LIMIT_MS),
    });

  const begin = (asks: PlayAgain) => {
    stop();
    const mine = turn;
    void play(asks, mine).catch(() => {
      if (mine === turn) stop(words.noAnswer);
    });
  };

  const play = async (asks: { readonly lineId: string; readonly seconds: AgainS }, mine: number) => {
    // Made inside the press: a browser lets it sound only so.
    const out = new AudioContext();
    context = out;
    view.set({ ...IDLE, is: 'loading' });
    const answer = await load(asks);
    if (!answer.ok) {
      const trouble = await troubleIn(answer);
      return mine === turn ? stop(trouble) : undefined;
    }
    const fromMs = Number(answer.headers.get(FROM_HEADER));
    const buffer = await out.decodeAudioData(await answer.arrayBuffer());
    if (mine !== turn) return;
    const voice = new AudioBufferSourceNode(out, { buffer });
    voice.connect(out.destination);
    voice.onended = () => {
      if (mine === turn) stop();
    };
    voice.start();
    startedS = out.currentTime;
    view.set({ is: 'playing', playing: { lineId: asks.lineId, fromMs, lengthMs: buffer.duration * 1000 }, trouble: null });
  };

  return {
    view,
    play: begin,
    stop: () => stop(),
    positionMs: () => (context === null || view.get().is !== 'playing' ? 0 : (context.currentTime - startedS) * 1000),
  };
}
