// What this console knows of an incident: `reduce` over the entries it was sent, and nothing else. No socket, no clock.
import { asEntry, type UnloggedEntry } from '../../../core/incident/late.ts';
import { EMPTY, type IncidentState, reduce } from '../../../core/incident/log.ts';
import type { Entry, Role, Stub } from '../../../core/incident/topic.ts';
import { type Cell, source } from './cell.ts';

/** What a console knows of its incident now. */
export interface IncidentView {
  /** By the log, and by what took effect while it could not be written. */
  readonly state: IncidentState;
  /** What of it is not in the log, oldest first. Shown in red. */
  readonly unlogged: readonly UnloggedEntry[];
  /** The entries that may be seen, in order. Grows in place: compare the view, not the list. */
  readonly entries: readonly Entry[];
  /** False until everything up to the head is here: until then nothing may be called safe. */
  readonly isLoaded: boolean;
}

export interface IncidentStore {
  readonly view: Cell<IncidentView>;
  /** Where to go on: seq of the last entry held, 0 for none, and the roles with which it was seen. */
  held(): { readonly after: number; readonly roles: Role[] };
  /** The server's greeting. When what is held does not fit, a `reset` follows it. */
  welcome(head: number, roles: readonly Role[]): void;
  /** Takes entries in order; those held already are passed over. False: some are missing; ask again from `held()`. */
  take(entries: readonly (Entry | Stub)[]): boolean;
  /** What took effect and waits for the log, as the server tells five times a second. */
  setUnlogged(unlogged: readonly UnloggedEntry[]): void;
  /** Roles changed: all entries follow again. A lost role's view goes at once; a gained one's stays until the new one is whole. */
  reset(roles: readonly Role[]): void;
}

interface Book {
  state: IncidentState;
  readonly entries: Entry[];
}

const emptyBook = (): Book => ({ state: EMPTY, entries: [] });

/** Makes an empty store. */
export function makeIncidentStore(): IncidentStore {
  let book = emptyBook();
  /** False while a book is being built beside an older one that is still shown. */
  let isShown = true;
  let head = Number.POSITIVE_INFINITY;
  let roles: readonly Role[] = [];
  let unlogged: readonly UnloggedEntry[] = [];
  const view = source<IncidentView>({ ...book, unlogged, isLoaded: false });

  const show = () => {
    const isWhole = book.state.seq >= head;
    if (isWhole) isShown = true;
    const { seq } = book.state;
    const state = unlogged.reduce((lived, one) => reduce(lived, asEntry(one, seq)), book.state);
    if (isShown) view.set({ entries: book.entries, state, unlogged, isLoaded: isWhole });
  };

  const begin = (keepShowing: boolean) => {
    book = emptyBook();
    isShown = !keepShowing;
  };

  return {
    view,
    held: () => ({ after: book.state.seq, roles: [...roles] }),
    welcome: (newHead, newRoles) => {
      if (book.state.seq === 0) roles = newRoles;
      head = newHead;
      show();
    },
    take: (entries) => {
      let isWhole = true;
      for (const entry of entries) {
        if (entry.seq <= book.state.seq) continue;
        if (entry.seq !== book.state.seq + 1) {
          isWhole = false;
          break;
        }
        book.state = reduce(book.state, entry);
        if ('type' in entry) book.entries.push(entry);
      }
      head = Math.max(head, book.state.seq);
      show();
      return isWhole;
    },
    setUnlogged: (now) => {
      const isSame = now.length === unlogged.length && now.every((one, i) => one.id === unlogged[i]?.id);
      if (isSame) return;
      unlogged = now;
      show();
    },
    reset: (newRoles) => {
      const losesRole = roles.some((role) => !newRoles.includes(role));
      roles = newRoles;
      begin(!losesRole && view.get().isLoaded);
      show();
    },
  };
}
