// Seals entries into the chain and hands them to the store. One writer per stream; no meaning of entries here.
import { createHash, randomBytes } from 'node:crypto';
import { FIRST_PREV_HASH, leafHash, lineHash, parseLine, sealLine, verifyLines } from '../core/evidence/chain.ts';
import { type Actor, actor, type Draft, type Entry } from '../core/incident/topic.ts';
import type { Clock } from '../ports/clock.ts';
import { type Store, type StoredLine, StoreFault, type StreamId } from '../ports/store.ts';

const READ_AT_ONCE = 5_000;

/** SHA-256 of UTF-8 text, hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** An entry with what the wire needs of it. `cmd`: id of the command that caused it. */
export interface Logged {
  readonly entry: Entry;
  readonly leafHash: string;
  readonly cmd: string | undefined;
}

/** What a room wants written. */
export interface Wanted {
  readonly draft: Draft;
  readonly who: Actor;
  readonly cmd: string | undefined;
}

/** The `who` of a line as text: `person:<id>:<name>`, `device:<line>:<device>` or `parley`. */
export function whoText(who: Actor): string {
  if (who.kind === 'person') return `person:${who.personId}:${who.name}`;
  return who.kind === 'device' ? `device:${who.lineId}:${who.deviceId}` : 'parley';
}

/** The actor behind a line's `who`. @throws StoreFault `corrupt` when it is none. */
export function whoOf(text: string): Actor {
  const [kind = '', first = '', ...rest] = text.split(':');
  const second = rest.join(':');
  const made =
    kind === 'person' ? { kind, personId: first, name: second } : kind === 'device' ? { kind, lineId: first, deviceId: second } : { kind };
  const parsed = actor.safeParse(made);
  if (!parsed.success) throw new StoreFault('corrupt', `unknown author in the log: ${text.slice(0, 100)}`);
  return parsed.data;
}

/** The text to hash: of what is to be written. */
interface Sealed {
  readonly lines: readonly StoredLine[];
  readonly logged: readonly Logged[];
  readonly lastHash: string;
}

/** One stream: its head and the way to append to it. */
export class StreamLog {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly stream: StreamId;
  #seq = 0;
  #lastHash = FIRST_PREV_HASH;

  constructor(stream: StreamId, store: Store, clock: Clock) {
    this.stream = stream;
    this.#store = store;
    this.#clock = clock;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Reads and verifies the whole stream, handing each entry over in order. @throws StoreFault `corrupt` */
  async load(each: (logged: Logged) => void): Promise<void> {
    for (;;) {
      const lines = await this.#store.read(this.stream, this.#seq, READ_AT_ONCE);
      if (lines.length === 0) return;
      const check = verifyLines(lines, sha256, { stream: this.stream, after: this.#seq, lastHash: this.#lastHash });
      if (!check.ok) throw new StoreFault('corrupt', `${this.stream}: entry ${check.seq}: ${check.why}`);
      for (const line of lines) each(read(line));
      this.#seq += lines.length;
      this.#lastHash = check.lastHash;
    }
  }

  /** The hash of one line, as the next line carries it; undefined when there is none. @throws StoreFault */
  async hashOf(seq: number): Promise<string | undefined> {
    const [stored] = seq < 1 ? [] : await this.#store.read(this.stream, seq - 1, 1);
    return stored === undefined ? undefined : lineHash(stored.line, sha256);
  }

  /** Writes all or nothing; resolved when on disk. @throws StoreFault */
  async append(wanted: readonly Wanted[], at: number): Promise<readonly Logged[]> {
    const { lines, logged, lastHash } = this.#seal(wanted, at);
    await this.#store.append(this.stream, this.#seq, lines);
    this.#seq += lines.length;
    this.#lastHash = lastHash;
    return logged;
  }

  #seal(wanted: readonly Wanted[], at: number): Sealed {
    const { monoNs } = this.#clock.now();
    let prev = this.#lastHash;
    const lines: StoredLine[] = [];
    const logged: Logged[] = [];
    for (const [i, { draft, who, cmd }] of wanted.entries()) {
      const seq = this.#seq + i + 1;
      const facts = { stream: this.stream, seq, at, monoNs, boot: this.#clock.bootId, who: whoText(who), type: draft.type };
      const sealed = sealLine(
        prev,
        cmd === undefined ? facts : { ...facts, cmd },
        { salt: randomBytes(16).toString('hex'), payload: JSON.stringify(draft.payload) },
        sha256,
      );
      lines.push(sealed);
      logged.push({ entry: { seq, at, who, type: draft.type, payload: draft.payload }, leafHash: leafHash(sealed.line, sha256), cmd });
      prev = lineHash(sealed.line, sha256);
    }
    return { lines, logged, lastHash: prev };
  }
}

/** A stored line read back. An erased payload reads as an entry of no known type, so that `reduce` passes over it. */
function read(stored: StoredLine): Logged {
  const parsed = parseLine(stored.line);
  if (parsed === undefined) throw new StoreFault('corrupt', 'not a log line');
  const { head } = parsed;
  const erased = stored.payload === '' && stored.salt === '';
  const entry: Entry = {
    seq: head.seq,
    at: Date.parse(head.at),
    who: whoOf(head.who),
    type: erased ? 'erased' : head.type,
    payload: erased ? null : JSON.parse(stored.payload),
  };
  return { entry, leafHash: leafHash(stored.line, sha256), cmd: head.cmd };
}
