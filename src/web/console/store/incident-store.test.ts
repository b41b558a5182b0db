// What a console knows: the reduced log, swapped whole when roles change, and never called whole before it is.
import { describe, expect, it } from 'vitest';
import { makeIncidentStore } from './incident-store.ts';
import { notes } from './rehearsal.ts';

const texts = (store: ReturnType<typeof makeIncidentStore>) => store.view.get().state.notes.map((note) => note.text);

describe('the store of an incident', () => {
  it('[V7] is not loaded before it holds everything up to the head', () => {
    const store = makeIncidentStore();
    expect(store.view.get().isLoaded).toBe(false);
    store.welcome(3, ['leader']);
    store.take(notes(1, 2));
    expect(store.view.get().isLoaded).toBe(false);
    store.take(notes(3));
    expect(store.view.get().isLoaded).toBe(true);
  });

  it('[V2] counts a stub and lists no entry for it', () => {
    const store = makeIncidentStore();
    store.welcome(3, ['scribe']);
    expect(store.take([...notes(1), { seq: 2, leafHash: 'aa' }, ...notes(3)])).toBe(true);
    expect(store.held().after).toBe(3);
    expect(store.view.get().entries.map((entry) => entry.seq)).toEqual([1, 3]);
  });

  it('[V8] keeps showing the old view while a gained role is read, then swaps it whole', () => {
    const store = makeIncidentStore();
    store.welcome(3, ['coach']);
    store.take([...notes(1), { seq: 2, leafHash: 'aa' }, ...notes(3)]);
    store.reset(['coach', 'leader']);
    store.take(notes(1, 2));
    expect(texts(store)).toEqual(['note 1', 'note 3']);
    expect(store.view.get().isLoaded).toBe(true);
    store.take(notes(3));
    expect(texts(store)).toEqual(['note 1', 'note 2', 'note 3']);
  });

  it('[V8] drops everything at once when a role is lost', () => {
    const store = makeIncidentStore();
    store.welcome(2, ['coach', 'leader']);
    store.take(notes(1, 2));
    store.reset(['coach']);
    expect(texts(store)).toEqual([]);
    expect(store.view.get().entries).toEqual([]);
    expect(store.view.get().isLoaded).toBe(false);
    store.take([...notes(1), { seq: 2, leafHash: 'aa' }]);
    expect(texts(store)).toEqual(['note 1']);
    expect(store.view.get().isLoaded).toBe(true);
  });

  it('[P2] goes on with a swap that a cut interrupted', () => {
    const store = makeIncidentStore();
    store.welcome(3, ['coach']);
    store.take(notes(1, 2, 3));
    store.reset(['coach', 'leader']);
    store.take(notes(1));
    expect(store.held()).toEqual({ after: 1, roles: ['coach', 'leader'] });
    store.welcome(3, ['coach', 'leader']);
    expect(store.take(notes(2, 3))).toBe(true);
    expect(store.view.get().isLoaded).toBe(true);
  });

  it('[P2] refuses to leap over a missing entry', () => {
    const store = makeIncidentStore();
    store.welcome(5, ['leader']);
    expect(store.take(notes(1, 3, 4))).toBe(false);
    expect(store.held().after).toBe(1);
  });

  it('[V7] is not loaded after a greeting that tells of entries it lacks', () => {
    const store = makeIncidentStore();
    store.welcome(1, ['leader']);
    store.take(notes(1));
    store.welcome(2, ['leader']);
    expect(store.view.get().isLoaded).toBe(false);
  });
});
