// The recorder's alarms of one leg: each is told once when it begins and once when it is over.
import type { WorkerReport } from '../../protocol/worker.ts';

export type AlarmKind = Extract<WorkerReport, { kind: 'recorder-alarm' }>['alarm'];
/** Hands a fact to the journal; never fails and never waits. */
export type SendReport = (report: WorkerReport) => void;

/** Alarms of one leg that stand now. */
export class Alarms {
  readonly #leg: string;
  readonly #report: SendReport;
  readonly #wallMs: () => number;
  readonly #active = new Set<AlarmKind>();

  constructor(leg: string, report: SendReport, wallMs: () => number) {
    this.#leg = leg;
    this.#report = report;
    this.#wallMs = wallMs;
  }

  get any(): boolean {
    return this.#active.size > 0;
  }

  raise(alarm: AlarmKind, detail: string): void {
    if (this.#active.has(alarm)) return;
    this.#active.add(alarm);
    this.#report({ kind: 'recorder-alarm', leg: this.#leg, alarm, detail: detail.slice(0, 500), atMs: this.#wallMs() });
  }

  clear(alarm: AlarmKind): void {
    if (!this.#active.delete(alarm)) return;
    this.#report({ kind: 'recorder-alarm-cleared', leg: this.#leg, alarm, atMs: this.#wallMs() });
  }
}
