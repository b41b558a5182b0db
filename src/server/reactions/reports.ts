// Reaction: enters what the sound worker reports, and has what took effect unlogged kept by it until the log can be written again.
// Tries once a second until the log takes it. Decides nothing.
import type { UnloggedEntry } from '../../core/incident/late.ts';
import type { Actor } from '../../core/incident/topic.ts';
import type { MediaRoom } from '../../ports/media.ts';
import type { WorkerReport } from '../../protocol/worker.ts';
import type { Room } from '../room.ts';

const PARLEY: Actor = { kind: 'parley' };
const AGAIN_MS = 1_000;

/** Turns a worker's report into the command that enters it. */
const COMMAND_OF: Readonly<Record<Exclude<WorkerReport['kind'], 'kept'>, string>> = {
  'recording-started': 'report-recording',
  'segment-closed': 'report-segment',
  digest: 'report-digest',
  'recorder-alarm': 'report-alarm',
  'recorder-alarm-cleared': 'report-alarm-cleared',
};

interface Asking {
  readonly command: unknown;
  /** Makes it entered once, however often it is told; only for what was kept. */
  readonly id?: string;
}

function askingFor(report: WorkerReport): Asking {
  if (report.kind !== 'kept') {
    const { kind, ...fields } = report;
    return { command: { type: COMMAND_OF[kind], ...fields } };
  }
  return { command: { type: 'enter-late', ...(JSON.parse(report.text) as UnloggedEntry) }, id: report.id };
}

/** What waits to be entered in one incident. */
export class Reports {
  readonly #room: Room;
  readonly #media: () => MediaRoom | null;
  readonly #waiting = new Map<number, WorkerReport>();
  readonly #kept = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(room: Room, media: () => MediaRoom | null) {
    this.#room = room;
    this.#media = media;
    room.listen(() => this.#keepUnlogged());
  }

  /** Another worker answers: its numbers are its own. */
  startAnew(): void {
    this.#waiting.clear();
  }

  /** Enters a report; acknowledged when it is in the log, or never can be. */
  async enter(n: number, report: WorkerReport): Promise<void> {
    const { command, id } = askingFor(report);
    const outcome = await this.#room.submit(PARLEY, command, id);
    // A refusal other than "not writable" will not change: the worker keeps its own journal, so it need not repeat for ever.
    if ('rule' in outcome && outcome.rule === 'E9') {
      this.#waiting.set(n, report);
      this.#tryLater();
      return;
    }
    this.#waiting.delete(n);
    this.#media()?.acknowledge(n);
  }

  #keepUnlogged(): void {
    for (const one of this.#room.unlogged) {
      if (this.#kept.has(one.id)) continue;
      this.#kept.add(one.id);
      this.#media()?.keep(one.id, JSON.stringify(one));
    }
    if (this.#room.unlogged.length > 0) this.#tryLater();
  }

  #tryLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#tryAgain();
    }, AGAIN_MS).unref();
  }

  async #tryAgain(): Promise<void> {
    await this.#room.enterUnlogged();
    for (const [n, report] of [...this.#waiting]) {
      await this.enter(n, report);
      if (!this.#room.writable) break;
    }
    if (this.#waiting.size > 0 || this.#room.unlogged.length > 0) this.#tryLater();
  }
}
