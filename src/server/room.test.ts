// The room as a writer: what it refuses, what it keeps, what happens when the disk says no.
import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../adapters/store/memory/store.ts';
import { COMMAND_TYPES } from '../core/incident/log.ts';
import type { Actor } from '../core/incident/topic.ts';
import type { Clock } from '../ports/clock.ts';
import { type Store, StoreFault } from '../ports/store.ts';
import { StreamLog, whoOf, whoText } from './log.ts';
import { Room } from './room.ts';

const anna: Actor = { kind: 'person', personId: 'anna', name: 'Anna: the "first"' };
const boris: Actor = { kind: 'person', personId: 'boris', name: 'Boris' };
let ms = 0;
const clock: Clock = { bootId: 'test', now: () => ({ at: ++ms, monoNs: String(ms) }) };

async function openRoom() {
  const disk = openMemoryStore();
  const load = () => Room.load(new StreamLog('incident/one', disk.store, clock), clock);
  const room = await load();
  return { room, load, ...disk };
}

async function openIncident() {
  const all = await openRoom();
  await all.room.submit(anna, { type: 'open-incident', incidentId: 'one1', title: 'x', exercise: false });
  return all;
}

const parley: Actor = { kind: 'parley' };

/** Anna has the floor on a live line, Boris coaches and is in the call. */
async function inCall() {
  const all = await openIncident();
  const asks: readonly [Actor, Record<string, unknown>][] = [
    [anna, { type: 'assign-role', personId: 'boris', name: 'Boris', role: 'coach' }],
    [anna, { type: 'issue-link', lineId: 'line1', kind: 'link', label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1e15 }],
    [
      { kind: 'device', lineId: 'line1', deviceId: 'device-one' },
      { type: 'knock', lineId: 'line1', deviceId: 'device-one', describes: '' },
    ],
    [anna, { type: 'admit-device', lineId: 'line1', deviceId: 'device-one' }],
    ...['line.line1', 'person.anna', 'person.boris'].map((leg): [Actor, Record<string, unknown>] => [
      parley,
      { type: 'report-leg', leg, state: 'up', cause: '' },
    ]),
    [anna, { type: 'take-floor' }],
  ];
  for (const [who, raw] of asks) expect(await all.room.submit(who, raw), JSON.stringify(raw)).toHaveProperty('seq');
  return all;
}

describe('the room', () => {
  it('[E1] takes nothing before the incident is open, and makes the opener leader and primary', async () => {
    const { room } = await openRoom();
    expect(await room.submit(anna, { type: 'write-note', text: 'too early' })).toMatchObject({ rule: expect.any(String) });
    expect(room.state.seq).toBe(0);
    expect(await room.submit(anna, { type: 'open-incident', incidentId: 'one1', title: 'x', exercise: true })).toEqual({ seq: 3 });
    expect(room.state.people['anna']?.roles).toEqual(['leader', 'primary']);
    expect(room.state.incident.exercise).toBe(true);
    expect(await room.submit(anna, { type: 'open-incident', incidentId: 'two2', title: 'y', exercise: false })).toMatchObject({
      rule: 'E1',
    });
  });

  it('[P1] refuses what it does not know, with the next step', async () => {
    const { room } = await openIncident();
    for (const raw of [{ type: 'no-such' }, { type: '__proto__' }, { type: 7 }, {}, null, 'text', [], undefined]) {
      expect(await room.submit(anna, raw)).toMatchObject({ rule: 'P1', next: expect.stringMatching(/./) });
    }
    expect(room.state.seq).toBe(3);
  });

  it('[P2] refuses missing, wrong and unknown fields of every command and changes nothing', async () => {
    const { room } = await openIncident();
    for (const type of COMMAND_TYPES) {
      for (const who of [anna, { kind: 'parley' } as const, { kind: 'device', lineId: 'line1', deviceId: 'device-one' } as const]) {
        const outcome = await room.submit(who, { type, surprise: 1 });
        expect('rule' in outcome, `${type} by ${who.kind}`).toBe(true);
      }
    }
    expect(await room.submit(anna, { type: 'write-note', text: 7 })).toMatchObject({ rule: 'P2' });
    expect(await room.submit(anna, { type: 'write-note', text: 'x'.repeat(10_001) })).toMatchObject({ rule: 'P2' });
    expect(room.state.seq).toBe(3);
  });

  it('[P60] takes no id that every object has as a key, and goes on', async () => {
    const { room } = await openIncident();
    for (const raw of [
      { type: 'assign-role', personId: 'constructor', name: 'x', role: 'leader' },
      { type: 'withdraw-hook', rowId: 'constructor', note: 'x' },
      { type: 'hold-line', lineId: 'constructor' },
    ])
      expect(await room.submit(anna, raw), raw.type).toMatchObject({ rule: 'P2' });
    expect(await room.submit(anna, { type: 'write-note', text: 'still here' })).toHaveProperty('seq');
  });

  it('[P60] goes on when one who is told makes a mistake, and tells the others', async () => {
    const { room } = await openIncident();
    let told = 0;
    room.listen(() => {
      throw new Error('planted');
    });
    room.listen(() => {
      told += 1;
    });
    expect(await room.submit(anna, { type: 'write-note', text: 'one' })).toHaveProperty('seq');
    expect(await room.submit(anna, { type: 'write-note', text: 'two' })).toHaveProperty('seq');
    expect(told).toBe(2);
  });

  it('[T5] refuses a stranger and a role that may not', async () => {
    const { room } = await openIncident();
    expect(await room.submit(boris, { type: 'write-note', text: 'x' })).toMatchObject({ rule: 'T5' });
    await room.submit(anna, { type: 'assign-role', personId: 'boris', name: 'Boris', role: 'scribe' });
    expect(await room.submit(boris, { type: 'assign-role', personId: 'boris', name: 'Boris', role: 'leader' })).toMatchObject({
      rule: 'T5',
    });
    expect(await room.submit(boris, { type: 'write-note', text: 'x' })).toEqual({ seq: 5 });
  });

  it('[E5] does a command once, in one batch, in two and after a restart', async () => {
    const { room, load } = await openIncident();
    const note = { type: 'write-note', text: 'once' };
    const [a, b] = await Promise.all([room.submit(anna, note, 'same-id-000000000001'), room.submit(anna, note, 'same-id-000000000001')]);
    expect(a).toEqual({ seq: 4 });
    expect(b).toEqual(a);
    expect(await room.submit(anna, note, 'same-id-000000000001')).toEqual(a);
    const again = await load();
    expect(await again.submit(anna, note, 'same-id-000000000001')).toEqual(a);
    expect(again.state.seq).toBe(4);
  });

  it('[E9] refuses while the disk does, loses nothing, and goes on when it can', async () => {
    const { room, setWritable, load } = await openIncident();
    setWritable(false);
    expect(await room.submit(anna, { type: 'write-note', text: 'lost?' }, 'id-of-a-lost-note-1')).toMatchObject({
      rule: 'E9',
      next: expect.stringMatching(/./),
    });
    expect(room.writable).toBe(false);
    expect([...room.state.notes]).toEqual([]);
    setWritable(true);
    expect(await room.submit(anna, { type: 'write-note', text: 'kept' }, 'id-of-a-lost-note-1')).toEqual({ seq: 4 });
    expect(room.writable).toBe(true);
    expect((await load()).state).toEqual(room.state);
  });

  it('[E20] lets the coach take an emptied floor while the log cannot be written, and enters it when it can', async () => {
    const { room, setWritable, load } = await inCall();
    setWritable(false);
    expect(await room.submit(parley, { type: 'report-leg', leg: 'person.anna', state: 'lost', cause: 'x' })).toEqual({ unlogged: true });
    expect(await room.submit(boris, { type: 'take-floor' }, 'id-of-an-early-take-1')).toEqual({ unlogged: true });
    expect(room.state.floor.holder).toBe('boris');
    expect(room.unlogged.map((one) => one.what)).toEqual(['leg-changed', 'floor-emptied', 'floor-taken']);
    expect(room.state.seq).toBe((await load()).state.seq);
    const tookAt = room.unlogged[2]?.at;
    setWritable(true);
    await room.enterUnlogged();
    expect(room.unlogged).toEqual([]);
    const again = await load();
    expect(again.state).toEqual(room.state);
    expect(again.state.floor.holder).toBe('boris');
    expect(again.state.late).toBe(3);
    expect(again.state.legs['person.anna']?.since).toBeLessThan(tookAt ?? 0);
  });

  it('[E20] opens nothing else meanwhile: no microphone, no device, no new leg, no note', async () => {
    const { room, setWritable } = await inCall();
    setWritable(false);
    const asks: readonly [Actor, Record<string, unknown>][] = [
      [boris, { type: 'open-mic', channel: 'ear' }],
      [anna, { type: 'offer-floor', personId: 'boris' }],
      [
        anna,
        { type: 'issue-link', lineId: 'line2', kind: 'link', label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1e15 },
      ],
      [
        { kind: 'device', lineId: 'line1', deviceId: 'device-two' },
        { type: 'knock', lineId: 'line1', deviceId: 'device-two', describes: '' },
      ],
      [anna, { type: 'assign-role', personId: 'boris', name: 'Boris', role: 'scribe' }],
      [anna, { type: 'write-note', text: 'x' }],
      [parley, { type: 'report-leg', leg: 'person.stranger', state: 'up', cause: '' }],
    ];
    for (const [who, raw] of asks) expect(await room.submit(who, raw), JSON.stringify(raw)).toMatchObject({ rule: 'E9' });
    expect(room.unlogged).toEqual([]);
    // What closes goes through: a held key is let go, the line is put on hold.
    expect(await room.submit(anna, { type: 'hold-line', lineId: 'line1' })).toEqual({ unlogged: true });
    expect(room.state.lines.byId['line1']?.state).toBe('held');
  });

  it('[E20] enters what waits before anything new, in one commit, and once, however often it is told', async () => {
    const { room, setWritable, load } = await inCall();
    setWritable(false);
    await room.submit(anna, { type: 'give-up-floor' });
    const [waits] = room.unlogged;
    if (waits === undefined) throw new Error('nothing waits');
    expect(await room.submit(parley, { type: 'enter-late', ...waits }, waits.id)).toMatchObject({ rule: 'E9' });
    setWritable(true);
    const [late, note] = await Promise.all([
      room.submit(parley, { type: 'enter-late', ...waits }, waits.id),
      room.submit(anna, { type: 'write-note', text: 'after it' }),
    ]);
    expect(note).toMatchObject({ seq: 'seq' in late ? late.seq + 1 : -1 });
    expect(await room.submit(parley, { type: 'enter-late', ...waits }, waits.id)).toEqual(late);
    const again = await load();
    expect(again.state.late).toBe(1);
    expect(again.state).toEqual(room.state);
  });

  it('[E20] gives the next server what the sound worker kept when this one died before the log was back', async () => {
    const { room, setWritable, load } = await inCall();
    setWritable(false);
    await room.submit(anna, { type: 'give-up-floor' });
    const [kept] = room.unlogged;
    setWritable(true);
    const next = await load();
    expect(next.state.floor.holder).toBe('anna');
    expect(await next.submit(parley, { type: 'enter-late', ...kept }, kept?.id)).toMatchObject({ seq: expect.any(Number) });
    expect(next.state.floor.holder).toBeNull();
    expect(await next.submit(parley, { type: 'enter-late', ...kept, what: 'entered-late' }, 'another-id-00000001')).toMatchObject({
      rule: 'E8',
    });
  });

  it('[E5] takes up what a write that was given up had left on the disk after all', async () => {
    const { store } = openMemoryStore();
    let late = false;
    const slow: Store = {
      ...store,
      append: async (...asked) => {
        await store.append(...asked);
        if (late) throw new StoreFault('not-writable', 'took too long');
      },
    };
    const room = await Room.load(new StreamLog('incident/one', slow, clock), clock);
    await room.submit(anna, { type: 'open-incident', incidentId: 'one1', title: 'x', exercise: false });
    late = true;
    expect(await room.submit(anna, { type: 'write-note', text: 'landed' }, 'id-of-a-late-note-01')).toMatchObject({ rule: 'E9' });
    late = false;
    expect(await room.submit(anna, { type: 'write-note', text: 'next' }, 'id-of-the-next-note-1')).toMatchObject({ rule: 'E9' });
    expect(await room.submit(anna, { type: 'write-note', text: 'landed' }, 'id-of-a-late-note-01')).toEqual({ seq: 4 });
    expect(await room.submit(anna, { type: 'write-note', text: 'next' }, 'id-of-the-next-note-1')).toEqual({ seq: 5 });
    expect(room.state.notes.map((n) => n.text)).toEqual(['landed', 'next']);
  });

  it('[X1] [X2] takes nothing after the close, and does not close while a line is not safe', async () => {
    const { room } = await openIncident();
    const parley = { kind: 'parley' } as const;
    const device = { kind: 'device', lineId: 'line1', deviceId: 'device-one' } as const;
    await room.submit(anna, {
      type: 'issue-link',
      lineId: 'line1',
      kind: 'link',
      label: '',
      tokenHash: 'a'.repeat(64),
      reach: 'anywhere',
      expiresAt: 1e15,
    });
    await room.submit(device, { type: 'knock', lineId: 'line1', deviceId: 'device-one', describes: '' });
    await room.submit(anna, { type: 'admit-device', lineId: 'line1', deviceId: 'device-one' });
    expect(await room.submit(anna, { type: 'close-incident', outcome: 'came out' })).toMatchObject({ rule: 'X1' });
    await room.submit(anna, { type: 'end-line', lineId: 'line1', reason: 'over' });
    expect(await room.submit(anna, { type: 'close-incident', outcome: 'came out' })).toMatchObject({ rule: 'X1' });
    await room.submit(parley, { type: 'report-leg', leg: 'line.line1', state: 'ended', cause: 'x' });
    const closed = await room.submit(anna, { type: 'close-incident', outcome: 'came out' });
    expect(closed).toMatchObject({ seq: room.state.seq });
    expect(await room.submit(anna, { type: 'write-note', text: 'late' })).toMatchObject({ rule: 'X2' });
    // The box still enters how the recordings ended, and says when that is done.
    expect(await room.submit(parley, { type: 'report-leg', leg: 'person.anna', state: 'ended', cause: 'closed' })).toHaveProperty('seq');
    expect(await room.submit(parley, { type: 'finish-closing', recordings: 'finished', why: '' })).toHaveProperty('seq');
    expect(room.state.incident.closedAt).not.toBeNull();
    expect(await room.submit(parley, { type: 'report-leg', leg: 'person.anna', state: 'up', cause: 'x' })).toMatchObject({ rule: 'X2' });
  });

  it('[X3] finishes no closing that nobody began', async () => {
    const { room } = await openIncident();
    expect(await room.submit({ kind: 'parley' }, { type: 'finish-closing', recordings: 'finished', why: '' })).toMatchObject({
      rule: 'X3',
    });
    expect(await room.submit(anna, { type: 'finish-closing', recordings: 'finished', why: '' })).toMatchObject({ rule: 'T5' });
  });

  it('[E3] keeps authors whose names hold any character', () => {
    for (const who of [anna, boris, { kind: 'parley' } as const, { kind: 'device', lineId: 'line1', deviceId: 'a:b' } as const])
      expect(whoOf(whoText(who))).toEqual(who);
  });
});
