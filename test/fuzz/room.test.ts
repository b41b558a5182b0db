// Random consoles on one room, over wires that can be held and cut, with the server killed and started anew in between:
// in the end every console holds exactly what its person may see of the log, in order, without gaps.
import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../src/adapters/store/memory/store.ts';
import { EMPTY, reduce, sees } from '../../src/core/incident/log.ts';
import type { Actor, Entry, Role, Stub } from '../../src/core/incident/topic.ts';
import { role } from '../../src/core/incident/topic.ts';
import type { IncidentState } from '../../src/core/incident/topics.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Store } from '../../src/ports/store.ts';
import { type Logged, StreamLog } from '../../src/server/log.ts';
import { Room } from '../../src/server/room.ts';
import { Luck, seeds } from './luck.ts';

const STEPS = 600;
const FAILED_BEFORE: readonly number[] = [1];
const STREAM = 'incident/fuzz';
const PEOPLE = ['anna', 'boris', 'clara', 'dmitri', 'elif'];

let ticks = 0;
const clock: Clock = { bootId: 'test', now: () => ({ at: ++ticks, monoNs: String(ticks) }) };
const person = (id: string): Actor => ({ kind: 'person', personId: id, name: id });

/** A console with a wire: what the server sent waits in `inFlight` until it is let through, or is lost when the wire is cut. */
class Console {
  readonly personId: string;
  held: (Entry | Stub)[] = [];
  #roles: readonly Role[] = [];
  #inFlight: (() => void)[] = [];
  #stop: (() => void) | null = null;

  constructor(personId: string) {
    this.personId = personId;
  }

  get connected(): boolean {
    return this.#stop !== null;
  }

  connect(room: Room): void {
    // As `welcome` does: with nothing held, the roles of now are those of the first entries.
    if (this.held.length === 0) this.#roles = room.state.people[this.personId]?.roles ?? [];
    this.#stop = room.watch(
      {
        personId: this.personId,
        send: (texts) => {
          const entries = texts.map((t) => JSON.parse(t) as Entry | Stub);
          this.#inFlight.push(() => this.held.push(...entries));
        },
        reset: (roles) =>
          this.#inFlight.push(() => {
            this.held = [];
            this.#roles = roles;
          }),
      },
      { after: this.held.length, roles: this.#roles },
    );
  }

  /** Lets the first `n` messages through. */
  flush(n = Number.POSITIVE_INFINITY): void {
    for (const arrive of this.#inFlight.splice(0, n)) arrive();
  }

  /** The wire breaks: what was under way is lost. */
  cut(): void {
    this.#stop?.();
    this.#stop = null;
    this.#inFlight = [];
  }
}

async function load(store: Store): Promise<{ room: Room; all: Logged[] }> {
  const all: Logged[] = [];
  await new StreamLog(STREAM, store, clock).load((l) => all.push(l));
  return { room: await Room.load(new StreamLog(STREAM, store, clock), clock), all };
}

function randomCommand(luck: Luck): Record<string, unknown> {
  const personId = luck.pick(PEOPLE);
  return luck.pick([
    () => ({ type: 'write-note', text: `note ${luck.below(1e6)}` }),
    () => ({ type: 'assign-role', personId, name: personId, role: luck.pick(role.options) }),
    () => ({ type: 'drop-role', personId, role: luck.pick(role.options) }),
    () => ({
      type: 'issue-link',
      lineId: `line-${luck.below(50)}`,
      kind: 'link',
      label: '',
      tokenHash: 'b'.repeat(64),
      reach: 'anywhere',
      expiresAt: 9e15,
    }),
    () => ({ type: 'no-such-command' }),
    () => ({ type: 'write-note', text: 7 }),
  ])();
}

function asSeen(all: readonly Logged[], personId: string, roles: readonly Role[]): IncidentState {
  return all.reduce((s, l) => reduce(s, sees({ personId, roles }, l.entry) ? l.entry : { seq: l.entry.seq, leafHash: l.leafHash }), EMPTY);
}

describe('consoles on one room', () => {
  it.each(seeds(FAILED_BEFORE, 5))(
    '[E5] [P4] [V1] [V3] [V4] end equal to the log as their role sees it, whatever the wires did, seed %i',
    async (seed) => {
      const luck = new Luck(seed);
      const { store } = openMemoryStore();
      let { room } = await load(store);
      await room.submit(person('anna'), { type: 'open-incident', incidentId: 'fuzz', title: 'x', exercise: false });
      const consoles = PEOPLE.map((id) => new Console(id));
      const acknowledged = new Map<string, number>();
      const sent: { who: Actor; raw: unknown; id: string }[] = [];
      for (let n = 0; n < STEPS; n += 1) {
        const one = luck.pick(consoles);
        const what = luck.next();
        if (what < 0.45) {
          // Sometimes an old command again: a console that never got the answer.
          const again = luck.chance(0.2) && sent.length > 0;
          const ask = again
            ? luck.pick(sent)
            : { who: person(luck.chance(0.6) ? 'anna' : one.personId), raw: randomCommand(luck), id: `command-${seed}-${n}-0000` };
          sent.push(ask);
          const outcome = await room.submit(ask.who, ask.raw, ask.id);
          if ('seq' in outcome) {
            const before = acknowledged.get(ask.id);
            if (before !== undefined) expect(outcome.seq).toBe(before);
            else if (outcome.seq > 0) acknowledged.set(ask.id, outcome.seq);
          }
        } else if (what < 0.6) one.cut();
        else if (what < 0.75 && !one.connected) one.connect(room);
        else if (what < 0.97) one.flush(luck.below(4));
        else {
          for (const c of consoles) c.cut();
          ({ room } = await load(store));
        }
      }
      const { all } = await load(store);
      for (const one of consoles) {
        if (!one.connected) one.connect(room);
        one.flush();
        expect(
          one.held.map((e) => e.seq),
          `seed ${seed}: ${one.personId} has gaps`,
        ).toEqual(all.map((_, i) => i + 1));
        const roles = room.state.people[one.personId]?.roles ?? [];
        expect(one.held.reduce(reduce, EMPTY), `seed ${seed}: ${one.personId}`).toEqual(asSeen(all, one.personId, roles));
      }
      const withId = all.filter((l) => l.cmd !== undefined).map((l) => l.cmd);
      for (const [id, seq] of acknowledged) if (withId.includes(id)) expect(all[seq - 1]?.cmd, `seed ${seed}: ${id}`).toBe(id);
      expect(all.length).toBeGreaterThan(25);
    },
  );
});
