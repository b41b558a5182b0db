// A store that takes from the reserve when the disk is full: the write that was refused for it is tried once more. Knows no SQL.
import type { BoxDisk } from '../../ports/disk.ts';
import { type Store, StoreFault, type Vault } from '../../ports/store.ts';
import { RESERVE_RELEASE_BYTES } from '../../protocol/limits.ts';

/** Gives a store and a vault whose writes may use the reserve. Faults are the store's own, when there is no reserve left either. */
export function withReserve(parts: { readonly store: Store; readonly vault: Vault }, disk: BoxDisk): { store: Store; vault: Vault } {
  const { store, vault } = parts;
  const twice = async <T>(write: () => Promise<T>): Promise<T> => {
    try {
      return await write();
    } catch (cause) {
      if (!(cause instanceof StoreFault) || cause.code !== 'not-writable' || !(await gaveRoom(disk))) throw cause;
      return write();
    }
  };
  return {
    store: {
      append: (stream, after, lines) => twice(() => store.append(stream, after, lines)),
      read: (stream, after, limit) => store.read(stream, after, limit),
      streams: (prefix) => store.streams(prefix),
      close: () => store.close(),
    },
    vault: {
      get: (kind, key) => vault.get(kind, key),
      put: (kind, key, value) => twice(() => vault.put(kind, key, value)),
      delete: (kind, key) => twice(() => vault.delete(kind, key)),
      list: (kind) => vault.list(kind),
    },
  };
}

/** True when the disk was full and now has some room. */
async function gaveRoom(disk: BoxDisk): Promise<boolean> {
  try {
    const { freeBytes, reserveBytes } = await disk.look();
    if (freeBytes >= RESERVE_RELEASE_BYTES || reserveBytes === 0) return false;
    await disk.release(RESERVE_RELEASE_BYTES);
    return true;
  } catch {
    return false; // the store's fault is the one to tell
  }
}
