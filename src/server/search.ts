// Finding words in the logs of this box: feeds the index from the rooms, and shows nobody what he may not see. Appends nothing.
import { sees } from '../core/incident/log.ts';
import { searched } from '../core/incident/searched.ts';
import type { Actor, Viewer } from '../core/incident/topic.ts';
import type { Author, Cursor, IndexedEntry, SearchIndex } from '../ports/search.ts';
import type { Found, Search } from '../protocol/search.ts';
import type { Logged } from './log.ts';
import type { House, Rooms } from './rooms.ts';

/** Lines that are taken in one commit of the index. */
const TAKE_AT_ONCE = 1_000;
/** Results of one answer, and hits looked at in one step. */
const SHOWN = 50;
const STEP = 64;
/** Longest wait for lines that are on their way into the index, ms; after it the answer says that it is not whole. */
const WAIT_MS = 1_000;
/** Pause after the index failed, and how often in a row it is tried again; the next entry begins anew. */
const AGAIN_MS = 200;
const MOST_TRIES = 10;

const streamOf = (house: House) => `incident/${house.id}`;

/** Who wrote it, as filters name it. */
export function authorOf(who: Actor): Author {
  return who.kind === 'person' ? who.personId : who.kind;
}

function indexed({ entry }: Logged): readonly IndexedEntry[] {
  const words = searched(entry);
  return words === null ? [] : [{ seq: entry.seq, at: entry.at, by: authorOf(entry.who), ...words }];
}

/** Keeps one incident's part of the index in step with its log. */
class Feed {
  readonly #house: House;
  readonly #index: SearchIndex;
  #cursor: Cursor | undefined;
  #running: Promise<void> | null = null;
  #isStopped = false;
  readonly #stopListening: () => void;

  constructor(house: House, index: SearchIndex, cursor: Cursor | undefined) {
    this.#house = house;
    this.#index = index;
    this.#cursor = cursor;
    this.#stopListening = house.room.listen((_, entries) => void (entries.length > 0 && this.#run()));
    void this.#run();
  }

  get isWhole(): boolean {
    return (this.#cursor?.seq ?? 0) >= this.#house.room.seq;
  }

  /** Resolved when all that is in the log now was tried. */
  settled(): Promise<void> {
    return this.isWhole ? Promise.resolve() : this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopListening();
    await this.#running;
  }

  #run(): Promise<void> {
    this.#running ??= this.#catchUp().then((isDone) => {
      this.#running = null;
      // An entry may have come between the last look and here.
      if (isDone && !this.isWhole && !this.#isStopped) return this.#run();
    });
    return this.#running;
  }

  /** False when the index went on failing. */
  async #catchUp(): Promise<boolean> {
    for (let tries = 0; tries < MOST_TRIES && !this.#isStopped; tries += 1) {
      try {
        await this.#fit();
        while (!this.isWhole && !this.#isStopped) await this.#step();
        return true;
      } catch {
        // The index failed, or was made anew: where it stands is asked again. Nothing of the log depends on it.
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
        this.#cursor = await this.#index.cursors().then(
          (all) => all.get(streamOf(this.#house)),
          () => this.#cursor,
        );
      }
    }
    return false;
  }

  /** An index that is ahead of the log, or of another log, is of no use: the log was put back from an older copy. */
  async #fit(): Promise<void> {
    if (this.#cursor === undefined) return;
    const there = this.#house.room.logged(this.#cursor.seq - 1, 1)[0];
    if (this.#cursor.seq === 0 || there?.leafHash === this.#cursor.leafHash) return;
    await this.#index.forget(streamOf(this.#house));
    this.#cursor = undefined;
  }

  async #step(): Promise<void> {
    const after = this.#cursor?.seq ?? 0;
    const lines = this.#house.room.logged(after, TAKE_AT_ONCE);
    const last = lines.at(-1);
    if (last === undefined) return;
    const upTo = { seq: last.entry.seq, leafHash: last.leafHash };
    if (!(await this.#index.take(streamOf(this.#house), { after, upTo, entries: lines.flatMap(indexed) })))
      throw new Error('the index stands elsewhere');
    this.#cursor = upTo;
  }
}

/** Words of all incidents of this box. */
export class Finder {
  readonly #index: SearchIndex;
  readonly #rooms: Rooms;
  readonly #feeds = new Map<string, Feed>();
  #cursors: ReadonlyMap<string, Cursor>;

  private constructor(index: SearchIndex, rooms: Rooms, cursors: ReadonlyMap<string, Cursor>) {
    this.#index = index;
    this.#rooms = rooms;
    this.#cursors = cursors;
  }

  /** Begins to bring the index up to the logs; it goes on in the background. What the index holds of incidents that are gone is dropped. */
  static async open(index: SearchIndex, rooms: Rooms): Promise<Finder> {
    const cursors = await index.cursors().catch(() => new Map<string, Cursor>());
    const finder = new Finder(index, rooms, cursors);
    const held = new Set(rooms.all().map(streamOf));
    for (const stream of cursors.keys()) if (!held.has(stream)) await index.forget(stream).catch(() => undefined);
    finder.#follow();
    return finder;
  }

  /** Every incident has its feed; those opened since get theirs. */
  #follow(): void {
    for (const house of this.#rooms.all()) {
      if (this.#feeds.has(house.id)) continue;
      this.#feeds.set(house.id, new Feed(house, this.#index, this.#cursors.get(streamOf(house))));
    }
    this.#cursors = new Map();
  }

  /** What this person may see of what was found in these incidents. Not a number of anything else is told. */
  async find(personId: string, houses: readonly House[], asks: Search): Promise<Found> {
    this.#follow();
    const feeds = houses.flatMap(({ id }) => this.#feeds.get(id) ?? []);
    await withinMs(Promise.all(feeds.map((feed) => feed.settled())), WAIT_MS);
    const byStream = new Map(houses.map((house) => [streamOf(house), house]));
    const hits: Found['hits'][number][] = [];
    let after = asks.after;
    // One more than is shown, to know whether there is more: counted after what is hidden was taken out.
    while (hits.length <= SHOWN) {
      const step = await this.#index.find({
        ...asks,
        streams: [...byStream.keys()],
        ...(after === undefined ? {} : { after }),
        limit: STEP,
      });
      for (const { stream, seq, place } of step) {
        const house = byStream.get(stream);
        const entry = house?.room.logged(seq - 1, 1)[0]?.entry;
        const words = entry === undefined ? null : searched(entry);
        // Asked of the roles of this moment: one may have been lost while the index was looked through.
        if (house === undefined || entry === undefined || words === null || !sees(viewerIn(house, personId), entry)) continue;
        hits.push({ incidentId: house.id, title: house.room.state.incident.title, place, seq, at: entry.at, who: entry.who, ...words });
      }
      if (step.length < STEP) break;
      after = step.at(-1)?.place;
    }
    const shown = hits.slice(0, SHOWN);
    return { hits: shown, more: hits.length > SHOWN ? (shown.at(-1)?.place ?? null) : null, isWhole: feeds.every((feed) => feed.isWhole) };
  }

  /** Stops feeding and closes the index. */
  async close(): Promise<void> {
    await Promise.all([...this.#feeds.values()].map((feed) => feed.stop()));
    await this.#index.close().catch(() => undefined);
  }
}

function viewerIn(house: House, personId: string): Viewer {
  return { personId, roles: house.room.state.people[personId]?.roles ?? [] };
}

async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work.catch(() => undefined), new Promise((resolve) => (timer = setTimeout(resolve, ms).unref()))]);
  clearTimeout(timer);
}
