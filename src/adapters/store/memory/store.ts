// Store and vault in memory: for tests, demonstrations and drills that leave nothing behind. Nothing here outlives the process.
import { type Store, type StoredLine, StoreFault, type Vault } from '../../../ports/store.ts';
import { assertPlain, assertReadable, refuseAppend } from '../check.ts';

/** A store in memory, and a switch that makes it refuse writes as a full disk does. */
export interface MemoryStore {
  readonly store: Store;
  readonly vault: Vault;
  /** false: every append, put and delete answers `not-writable` until switched on again. */
  setWritable(writable: boolean): void;
}

interface Disk {
  writable: boolean;
  open: boolean;
  readonly streams: Map<string, StoredLine[]>;
  readonly secrets: Map<string, Map<string, string>>;
}

/** Opens an empty store and vault that live as long as this process. */
export function openMemoryStore(): MemoryStore {
  const disk: Disk = { writable: true, open: true, streams: new Map(), secrets: new Map() };
  return {
    store: storeOn(disk),
    vault: vaultOn(disk),
    setWritable: (writable) => {
      disk.writable = writable;
    },
  };
}

function storeOn(disk: Disk): Store {
  return {
    async append(stream, after, lines) {
      assertPlain(stream);
      mustBe(disk, 'writable');
      const kept = disk.streams.get(stream) ?? [];
      const fault = refuseAppend(stream, after, lines, kept.at(-1));
      if (fault !== undefined) throw fault;
      if (lines.length > 0) disk.streams.set(stream, [...kept, ...lines.map(copyOf)]);
    },
    async read(stream, after, limit) {
      assertPlain(stream);
      assertReadable(after, limit);
      mustBe(disk, 'open');
      return (disk.streams.get(stream) ?? []).slice(after, after + limit).map(copyOf);
    },
    async streams(prefix) {
      mustBe(disk, 'open');
      return [...disk.streams.keys()].filter((name) => name.startsWith(prefix)).sort();
    },
    async close() {
      disk.open = false;
    },
  };
}

function vaultOn(disk: Disk): Vault {
  return {
    async get(kind, key) {
      mustBe(disk, 'open');
      return disk.secrets.get(kind)?.get(key);
    },
    async put(kind, key, value) {
      assertPlain(kind, key, value);
      mustBe(disk, 'writable');
      const ofKind = disk.secrets.get(kind) ?? new Map<string, string>();
      disk.secrets.set(kind, ofKind.set(key, value));
    },
    async delete(kind, key) {
      mustBe(disk, 'writable');
      disk.secrets.get(kind)?.delete(key);
    },
    async list(kind) {
      mustBe(disk, 'open');
      const ofKind = [...(disk.secrets.get(kind) ?? [])];
      return ofKind.map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
    },
  };
}

function mustBe(disk: Disk, state: 'open' | 'writable'): void {
  if (!disk.open) throw new StoreFault('closed', 'the store is closed');
  if (state === 'writable' && !disk.writable) throw new StoreFault('not-writable', 'the store refuses to write');
}

function copyOf({ seq, line, salt, payload }: StoredLine): StoredLine {
  return { seq, line, salt, payload };
}
