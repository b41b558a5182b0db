// The log of a server that has ended, read from its data folder as it lies on the disk, and what each person may know of it. Changes nothing.
import { join } from 'node:path';
import { openSqliteStore } from '../../../src/adapters/store/sqlite/store.ts';
import { EMPTY, reduce, sees } from '../../../src/core/incident/log.ts';
import type { Entry, Role, Stub } from '../../../src/core/incident/topic.ts';
import type { IncidentState } from '../../../src/core/incident/topics.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { type Logged, StreamLog } from '../../../src/server/log.ts';

/** Reading stamps nothing. */
const NO_CLOCK: Clock = { bootId: 'a reader', now: () => ({ at: 0, monoNs: '0' }) };

/** What one person may know, by the log and the roles that he has at its end. */
export interface Share {
  readonly entries: readonly (Entry | Stub)[];
  readonly state: IncidentState;
}

/** An incident's whole log, its chain verified, and its custody stream. */
export interface Ledger {
  readonly logged: readonly Logged[];
  readonly custody: readonly Entry[];
  /** With nothing hidden. */
  readonly state: IncidentState;
  shareOf(personId: string): Share;
  /** Lists of roles that this person had at some time, each as text. */
  rolesEver(personId: string): ReadonlySet<string>;
}

/** Roles as text, whatever their order. */
export function rolesText(roles: readonly Role[]): string {
  return [...roles].sort().join(' ');
}

/** Reads it. The server must have ended. @throws StoreFault `corrupt` when a line does not chain. */
export async function readLedger(data: string, incidentId: string): Promise<Ledger> {
  const { store } = await openSqliteStore({ path: join(data, 'parley.db') });
  try {
    const read = async (stream: string) => {
      const all: Logged[] = [];
      await new StreamLog(stream, store, NO_CLOCK).load((one) => all.push(one));
      return all;
    };
    const logged = await read(`incident/${incidentId}`);
    const custody = (await read(`custody/${incidentId}`)).map(({ entry }) => entry);
    return ledgerOf(logged, custody);
  } finally {
    await store.close();
  }
}

function ledgerOf(logged: readonly Logged[], custody: readonly Entry[]): Ledger {
  const state = logged.reduce((s, { entry }) => reduce(s, entry), EMPTY);
  return {
    logged,
    custody,
    state,
    shareOf: (personId) => {
      const viewer = { personId, roles: state.people[personId]?.roles ?? [] };
      const entries = logged.map(({ entry, leafHash }) => (sees(viewer, entry) ? entry : { seq: entry.seq, leafHash }));
      return { entries, state: entries.reduce(reduce, EMPTY) };
    },
    rolesEver: (personId) => {
      const had = new Set<string>(['']);
      let at = EMPTY;
      for (const { entry } of logged) {
        at = reduce(at, entry);
        had.add(rolesText(at.people[personId]?.roles ?? []));
      }
      return had;
    },
  };
}
