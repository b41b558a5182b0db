// The people stream as pure decisions: names to sign in with, the lockout's arithmetic, the last owner, and that reading is total.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, isRefusal } from '../incident/topic.ts';
import {
  accountOf,
  decidePeople,
  isPeopleEntry,
  LOCKOUT_WINDOW_MS,
  loginOf,
  NO_PEOPLE,
  PEOPLE_ENTRIES,
  type PeopleCommand,
  type PeopleState,
  reducePeople,
} from './people.ts';

const from = { address: '10.0.0.1', agent: 'test' };

/** A log in memory: what is decided is reduced. */
class Log {
  state: PeopleState = NO_PEOPLE;
  readonly drafts: Draft[] = [];
  at = 1_000;

  do(command: PeopleCommand): string | null {
    const decision = decidePeople(this.state, command, { at: this.at, from });
    if (isRefusal(decision)) return decision.rule;
    for (const draft of decision) {
      expect(isPeopleEntry(draft.type, draft.payload), draft.type).toBe(true);
      this.drafts.push(draft);
      this.state = reducePeople(this.state, { ...draft, seq: this.state.seq + 1, at: this.at, who: { kind: 'parley' } });
    }
    return null;
  }
  add(personId: string, name: string, rights: readonly 'owner'[] = []): string | undefined {
    this.do({ do: 'add', personId, name, kind: 'staff', rights, expiresAt: null });
    return this.state.byId[personId]?.login;
  }
  fail(personId: string | null, door: 'sign-in' | 'again' = 'sign-in'): void {
    this.do({ do: 'fail', personId, door, why: 'password' });
  }
}

describe('people', () => {
  it('[T9] gives everybody a name to sign in with that nobody else has or had', () => {
    const log = new Log();
    expect(log.add('anna1', 'Anna  Berg')).toBe('anna.berg');
    expect(log.add('anna2', 'anna berg')).toBe('anna.berg.2');
    expect(log.add('signs', '!!! ???')).toBe('person');
    expect(log.add('anna4', 'Élodie Müller-Ünal')).toBe('élodie.müller.ünal');
    log.do({ do: 'remove', personId: 'anna1', why: 'left' });
    expect(log.add('anna3', 'Anna Berg')).toBe('anna.berg.3');
    expect(accountOf(log.state, ' ANNA berg.3 ')?.personId).toBe('anna3');
    for (const typed of ['', 'nobody', '__proto__', 'constructor', 'anna.berg']) expect(accountOf(log.state, typed)).toBeUndefined();
  });

  it('[T9] makes a login that reads back as itself from any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (text) => loginOf(loginOf(text)) === loginOf(text) && [...loginOf(text)].length <= 40,
      ),
    );
  });

  it('[T11] locks exactly when five failures lie within 15 minutes since the last success', () => {
    const step = fc.record({
      ms: fc.integer({ min: 0, max: LOCKOUT_WINDOW_MS / 2 }),
      does: fc.constantFrom('fail', 'fail', 'fail', 'again', 'in'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const log = new Log();
        log.add('anna1', 'Anna');
        let times: number[] = [];
        let due = false;
        for (const { ms, does } of steps) {
          log.at += ms;
          if (does === 'in') {
            log.do({ do: 'note', notes: [{ type: 'signed-in', payload: { personId: 'anna1', session: 's123', by: 'password' } }] });
            if (!due) times = [];
          } else log.fail('anna1', does === 'again' ? 'again' : 'sign-in');
          if (does === 'fail') times = [...times.filter((t) => log.at - t < LOCKOUT_WINDOW_MS), log.at];
          due ||= times.length >= 5;
          expect(log.state.byId['anna1']?.lockedAt !== null).toBe(due);
        }
        expect(log.drafts.filter((d) => d.type === 'locked').length).toBe(due ? 1 : 0);
      }),
    );
  });

  it('[T11] starts to count anew after a release', () => {
    const log = new Log();
    log.add('anna1', 'Anna');
    for (let i = 0; i < 5; i += 1) log.fail('anna1');
    expect(log.do({ do: 'unlock', personId: 'anna1' })).toBeNull();
    for (let i = 0; i < 4; i += 1) log.fail('anna1');
    expect(log.state.byId['anna1']?.lockedAt).toBeNull();
    log.fail('anna1');
    expect(log.state.byId['anna1']?.lockedAt).toBe(log.at);
  });

  it('[T21] records a failure of an unknown name and locks nobody', () => {
    const log = new Log();
    for (let i = 0; i < 9; i += 1) log.fail(null);
    expect(log.drafts.map((d) => d.type)).toEqual(Array(9).fill('sign-in-failed'));
  });

  it('[T18] never leaves the box without an owner', () => {
    const act = fc.record({
      do: fc.constantFrom('remove', 'take-right', 'give-right', 'add'),
      who: fc.constantFrom('anna1', 'boris', 'clara'),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const log = new Log();
        log.add('anna1', 'Anna', ['owner']);
        for (const { do: what, who } of acts) {
          if (what === 'add') log.add(who, who);
          else if (what === 'remove') log.do({ do: 'remove', personId: who, why: 'x' });
          else log.do({ do: what as 'give-right', personId: who, right: 'owner' });
          expect(Object.values(log.state.byId).some((a) => a.rights.includes('owner'))).toBe(true);
        }
      }),
    );
  });

  it('[T8] knows nobody by the name of something that every object has', () => {
    const log = new Log();
    for (const personId of ['constructor', '__proto__', 'valueof'])
      expect(log.do({ do: 'give-right', personId, right: 'owner' })).toBe('T8');
  });

  it('[E1] reads stubs, erased entries, entries of a later version and entries about nobody without stumbling', () => {
    let state = NO_PEOPLE;
    state = reducePeople(state, { seq: 1, leafHash: 'x' });
    const head = { at: 1, who: { kind: 'parley' } } as const;
    for (const [i, type] of ['erased', 'from-the-future', 'constructor'].entries())
      state = reducePeople(state, { ...head, seq: i + 2, type, payload: null });
    for (const type of PEOPLE_ENTRIES.filter((t) => t !== 'person-added'))
      state = reducePeople(state, { ...head, seq: 9, type, payload: { personId: 'nobody', right: 'owner', from } });
    expect(state).toEqual({ byId: {}, logins: [], seq: 9 });
  });
});
