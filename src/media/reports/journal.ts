// Facts for the server's log, numbered and kept until they are acknowledged; also in a file, so that they survive this process.
import { join } from 'node:path';
import { z } from 'zod';
import { type WorkerReport, workerReport } from '../../protocol/worker.ts';
import { type MediaLog, textOf } from '../log.ts';
import { codeOf, type RecordingDisk } from '../recorder/disk.ts';

/** File name of the journal in the recordings folder. Append only. */
export const JOURNAL_NAME = 'reports.jsonl';

const journalLine = z.union([
  z.strictObject({ n: z.number().int().positive(), report: workerReport }),
  z.strictObject({ acked: z.number().int().positive() }),
]);

/** A report and its number in this room's journal, from 1. */
export interface NumberedReport {
  readonly n: number;
  readonly report: WorkerReport;
}

/** Reports of one room over all its workers. A report is gone only when its number was acknowledged. */
export class ReportJournal {
  readonly #disk: RecordingDisk;
  readonly #dir: string;
  readonly #log: MediaLog;
  readonly #pending = new Map<number, WorkerReport>();
  #last = 0;
  #lines: string[] = [];
  #writing: Promise<void> = Promise.resolve();
  #listener: (report: NumberedReport) => void = () => undefined;

  constructor(dir: string, disk: RecordingDisk, log: MediaLog) {
    this.#dir = dir;
    this.#disk = disk;
    this.#log = log;
  }

  /** Reads what an earlier process left. Call once, before anything is added. */
  async load(): Promise<void> {
    const text = await this.#disk.readAll(join(this.#dir, JOURNAL_NAME)).catch((thrown: unknown) => {
      if (codeOf(thrown) === 'ENOENT') return Buffer.alloc(0);
      throw thrown;
    });
    for (const line of text.toString('utf8').split('\n')) this.#loadLine(line);
    // A line cut off by a crash must not swallow the next one.
    if (text.length > 0 && text.at(-1) !== 0x0a) this.#lines.push('');
  }

  /** Called for each new report. One listener. */
  onReport(listener: (report: NumberedReport) => void): void {
    this.#listener = listener;
  }

  /** Every report that nobody acknowledged, oldest first. */
  pending(): NumberedReport[] {
    return [...this.#pending].map(([n, report]) => ({ n, report }));
  }

  add(report: WorkerReport): void {
    this.#last += 1;
    const numbered = { n: this.#last, report };
    this.#pending.set(numbered.n, report);
    this.#append(JSON.stringify(numbered));
    this.#listener(numbered);
  }

  acknowledge(n: number): void {
    if (this.#pending.delete(n)) this.#append(JSON.stringify({ acked: n }));
  }

  /** Resolved when all lines so far are in the file, or could not be written. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  #loadLine(line: string): void {
    if (line === '') return;
    const parsed = journalLine.safeParse(parseJson(line));
    if (!parsed.success) {
      this.#log('journal-line-unreadable', {});
      return;
    }
    if ('acked' in parsed.data) this.#pending.delete(parsed.data.acked);
    else {
      this.#pending.set(parsed.data.n, parsed.data.report);
      this.#last = Math.max(this.#last, parsed.data.n);
    }
  }

  #append(line: string): void {
    this.#lines.push(line);
    void this.flush();
  }

  async #write(): Promise<void> {
    if (this.#lines.length === 0) return;
    const lines = this.#lines;
    this.#lines = [];
    try {
      await this.#disk.append(join(this.#dir, JOURNAL_NAME), `${lines.join('\n')}\n`);
    } catch (thrown) {
      this.#lines = [...lines, ...this.#lines];
      this.#log('journal-write-failed', { error: textOf(thrown) });
    }
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
