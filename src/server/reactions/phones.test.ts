// What a phone tells of itself becomes entries, rings that come to nothing end, and a loudhailer closes when nobody says that it is held.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openMemoryStore } from '../../adapters/store/memory/store.ts';
import { phoneOf } from '../../core/incident/phones.ts';
import type { Actor } from '../../core/incident/topic.ts';
import type { Clock } from '../../ports/clock.ts';
import { StreamLog } from '../log.ts';
import { Room } from '../room.ts';
import { LoudhailerLease } from './loudhailer.ts';
import { ASK_MS, alarmsOf, PhoneWatch, RING_MS, type Told, whyNoRing } from './phones.ts';

const anna: Actor = { kind: 'person', personId: 'anna', name: 'Anna' };
const device: Actor = { kind: 'device', lineId: 'line1', deviceId: 'device-one' };
const on = { lineId: 'line1' };
const WELL: Told = { mic: 'none', foreground: true, battery: 0.8, charging: false, ring: 'able' };

let ticks = 0;
const clock: Clock = { bootId: 'test', now: () => ({ at: ++ticks, monoNs: String(ticks) }) };

async function setUp() {
  const { store } = openMemoryStore();
  const room = await Room.load(new StreamLog('incident/one1', store, clock), clock);
  const ask = async (who: Actor, command: { readonly type: string; readonly [field: string]: unknown }) => {
    const outcome = await room.submit(who, command);
    if ('rule' in outcome) throw new Error(`${command.type}: ${outcome.why}`);
  };
  await ask(anna, { type: 'open-incident', incidentId: 'one1', title: 'x', exercise: false });
  const link = { kind: 'field', label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1e15 };
  await ask(anna, { type: 'issue-link', ...on, ...link });
  await ask(device, { type: 'knock', ...on, deviceId: 'device-one', describes: '' });
  await ask(anna, { type: 'admit-device', ...on, deviceId: 'device-one' });
  let nowMs = 0;
  const watch = new PhoneWatch(room, () => nowMs);
  watch.stop();
  /** Goes on second by second; the phone tells this each time, or nothing. */
  const pass = async (seconds: number, told: Told | null) => {
    for (let second = 0; second < seconds; second += 1) {
      nowMs += 1_000;
      if (told !== null) watch.tells('line1', told);
      watch.look();
      // An answer of the room is behind all that was asked before.
      await room.submit({ kind: 'parley' }, { type: 'no-such-command' });
    }
  };
  const phone = () => phoneOf(room.state.phones, 'line1');
  const state = () => room.state.lines.byId['line1']?.state;
  return { room, ask, watch, pass, phone, state };
}

describe('what troubles a phone', () => {
  it('[N87] is out of sight, silence, a battery of 20 % or less, a dead microphone, or no word at all', () => {
    expect(alarmsOf(WELL)).toEqual([]);
    expect(alarmsOf({ ...WELL, battery: 0.2 })).toEqual(['battery']);
    expect(alarmsOf({ ...WELL, battery: 0.21 })).toEqual([]);
    expect(alarmsOf({ ...WELL, battery: 0.05, charging: true })).toEqual([]);
    expect(alarmsOf({ ...WELL, foreground: false, ring: 'unable', mic: 'dead' })).toEqual(['hidden', 'silent', 'microphone']);
    expect(alarmsOf(undefined)).toEqual(['away']);
  });

  it('[N87] is entered when it lasts, and when it is over; a flicker is not', async () => {
    const { pass, phone, room } = await setUp();
    await pass(3, WELL);
    const before = room.state.seq;
    await pass(1, { ...WELL, foreground: false });
    await pass(2, WELL);
    expect(room.state.seq).toBe(before);
    await pass(2, { ...WELL, foreground: false });
    expect(phone().alarms).toEqual(['hidden']);
    await pass(5, { ...WELL, foreground: false });
    expect(room.state.seq).toBe(before + 1);
    await pass(2, WELL);
    expect(phone().alarms).toEqual([]);
    await pass(6, null);
    expect(phone().alarms).toEqual(['away']);
  });
});

describe('a ring', () => {
  it('[N82] that the phone never confirmed ends, with the reason that the phone gives', async () => {
    expect(whyNoRing(undefined)).toBe('away');
    expect(whyNoRing({ ...WELL, foreground: false })).toBe('hidden');
    expect(whyNoRing({ ...WELL, ring: 'unable' })).toBe('silent');
    expect(whyNoRing(WELL)).toBe('no-word');
    const { ask, pass, phone, state } = await setUp();
    await pass(2, WELL);
    await ask(anna, { type: 'ring-phone', ...on });
    await pass(ASK_MS / 1_000, { ...WELL, foreground: false });
    expect(state()).toBe('asking');
    await pass(1, { ...WELL, foreground: false });
    expect(state()).toBe('ended');
    expect(phone().lastRing).toBe('hidden');
  });

  it('[N82] that nobody answers ends after a minute', async () => {
    const { ask, pass, phone, state } = await setUp();
    await ask(anna, { type: 'ring-phone', ...on });
    await ask(device, { type: 'tell-rang', ...on });
    await pass(RING_MS / 1_000, { ...WELL, ring: 'rings' });
    expect(state()).toBe('ringing');
    await pass(1, { ...WELL, ring: 'rings' });
    expect(state()).toBe('ended');
    expect(phone().lastRing).toBe('no-answer');
  });

  it('[N82] that stops at the phone is not shown as ringing for long', async () => {
    const { ask, pass, phone } = await setUp();
    await pass(2, WELL);
    await ask(anna, { type: 'ring-phone', ...on });
    await ask(device, { type: 'tell-rang', ...on });
    await pass(10, { ...WELL, ring: 'rings' });
    await pass(8, null);
    expect(phone().lastRing).toBe('away');
  });
});

describe('the lease of a loudhailer', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  async function held() {
    const all = await setUp();
    const lease = new LoudhailerLease(all.room);
    await all.ask({ kind: 'parley' }, { type: 'report-leg', leg: 'person.anna', state: 'up', cause: '' });
    await all.ask(anna, { type: 'take-floor' });
    await all.ask(anna, { type: 'open-loudhailer', ...on });
    return { ...all, lease };
  }

  it('[A39] lasts as long as its console says so, and a second longer', async () => {
    const { lease, phone } = await held();
    for (let i = 0; i < 20; i += 1) {
      await vi.advanceTimersByTimeAsync(300);
      lease.holding('anna', 'line1');
    }
    expect(phone().loudhailer).not.toBeNull();
    await vi.advanceTimersByTimeAsync(1_100);
    expect(phone().loudhailer).toBeNull();
  });

  it('[A39] is not renewed by anybody else', async () => {
    const { lease, phone } = await held();
    for (let i = 0; i < 5; i += 1) {
      await vi.advanceTimersByTimeAsync(300);
      lease.holding('boris', 'line1');
    }
    expect(phone().loudhailer).toBeNull();
  });

  it('[A39] ends at once when the console goes, and soon after a new start of the server', async () => {
    const { lease, phone, ask, room } = await held();
    lease.left('anna');
    await vi.advanceTimersByTimeAsync(10);
    expect(phone().loudhailer).toBeNull();
    await ask(anna, { type: 'open-loudhailer', ...on });
    new LoudhailerLease(room);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(phone().loudhailer).toBeNull();
  });
});
