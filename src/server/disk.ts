// The room on the data volume: watches it, keeps the reserve for sound and log, and says what has to wait. Appends nothing.
import { type Refusal, refuse } from '../core/incident/topic.ts';
import type { BoxDisk, DiskLook } from '../ports/disk.ts';

const LOOK_EVERY_MS = 250;
/** A volume that does not answer this many looks in a row is an alarm. */
const SILENT_LOOKS = 12;
/** The reserve is given back, and built up again, in this many pieces. */
const PIECES = 24;
/** Well before: the alarm comes when less than this many reserves are free, by default about 1 GiB. */
const LOW_RESERVES = 3;
/** So much is free before any of it goes into the reserve, in pieces. Less than one piece free: a piece is given back. */
const SPARE_PIECES = 3;

/** What two hours take, measured (docs/decisions/0017): bytes a second of one leg with its index, and of the log in a busy hour. */
const LEG_BYTES_PER_S = 5_000;
const LOG_BYTES_PER_S = 4_000;
const RESERVED_S = 2 * 60 * 60;

/** Bytes that two hours of this many voices and of the log take. */
export function reserveFor(legs: number): number {
  return RESERVED_S * (legs * LEG_BYTES_PER_S + LOG_BYTES_PER_S);
}

/** `fine`; `low`: an alarm, nothing changes; `reserve`: sound and log live on the reserve; `full`: that is used up; `silent`: no answer. */
export type DiskState = 'fine' | 'low' | 'reserve' | 'full' | 'silent';

/** What is known of the volume. */
export interface DiskSight extends DiskLook {
  readonly state: DiskState;
}

const REFUSED: Refusal = refuse(
  'R48',
  'The disk is full: what is left is kept for sound and log.',
  'Free space on the disk, then try again. Calls that go on are recorded.',
);

/** How a volume with a reserve of `wanted` bytes does. */
export function stateOf({ freeBytes, reserveBytes }: DiskLook, wanted: number): DiskState {
  const piece = wanted / PIECES;
  if (freeBytes < piece && reserveBytes === 0) return 'full';
  if (freeBytes < (SPARE_PIECES + 1) * piece && reserveBytes < wanted) return 'reserve';
  return freeBytes < LOW_RESERVES * wanted ? 'low' : 'fine';
}

/** Bytes to put into the reserve (above 0) or to give back (below 0). */
export function changeOf({ freeBytes, reserveBytes }: DiskLook, wanted: number): number {
  const piece = Math.ceil(wanted / PIECES);
  if (freeBytes < piece) return -Math.min(piece, reserveBytes);
  return freeBytes >= (SPARE_PIECES + 1) * piece ? Math.min(piece, Math.max(0, wanted - reserveBytes)) : 0;
}

/** Watches the volume from `start` on. */
export class DiskKeeper {
  readonly #disk: BoxDisk;
  readonly #wanted: number;
  readonly #listeners: ((sight: DiskSight) => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #busy = false;
  #silentLooks = 0;
  sight: DiskSight = { state: 'fine', freeBytes: 0, reserveBytes: 0 };

  /** `wanted`: size of the reserve in bytes; 0 keeps none and alarms never. */
  constructor(disk: BoxDisk, wanted: number) {
    this.#disk = disk;
    this.#wanted = wanted;
  }

  /** Called after each look. */
  listen(listener: (sight: DiskSight) => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    if (this.#wanted === 0) return;
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
    void this.look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One look, and what follows from it. One at a time; one that gets no answer counts as silent. */
  async look(): Promise<void> {
    if (this.#busy) {
      this.#silentLooks += 1;
      if (this.#silentLooks >= SILENT_LOOKS) this.#tell({ ...this.sight, state: 'silent' });
      return;
    }
    this.#busy = true;
    try {
      const seen = await this.#disk.look();
      this.#silentLooks = 0;
      this.#tell({ ...seen, state: stateOf(seen, this.#wanted) });
      const change = changeOf(seen, this.#wanted);
      if (change > 0) await this.#disk.reserve(change);
      if (change < 0) await this.#disk.release(-change);
    } catch (cause) {
      process.emitWarning(`the disk could not be looked at: ${String(cause)}`);
    } finally {
      this.#busy = false;
    }
  }

  /** Why something new must wait, or null. A real incident waits only while another one's call needs what is left. */
  refusal(asks: { readonly exercise: boolean; readonly callsGoOn: boolean }): Refusal | null {
    const { state } = this.sight;
    if (state !== 'reserve' && state !== 'full') return null;
    return asks.exercise || asks.callsGoOn ? REFUSED : null;
  }

  #tell(sight: DiskSight): void {
    this.sight = sight;
    for (const listener of this.#listeners) listener(sight);
  }
}
