// Who stays in the waiting room and who leaves it, with time moved by hand.
import { expect, it } from 'vitest';
import { openMemoryStore } from '../../adapters/store/memory/store.ts';
import { StreamLog } from '../log.ts';
import { Room } from '../room.ts';
import { WAITS_AWAY_MS, WaitingRoom } from './waiting.ts';

const ANNA = { kind: 'person', personId: 'p-anna', name: 'Anna' } as const;
const HEX = 'a'.repeat(63);

it('[N104] who waits and is away for a quarter of a minute leaves; who is there, or comes back in time, stays', async () => {
  const clock = { bootId: 'test', now: () => ({ at: 1_000, monoNs: '1' }) };
  const room = await Room.load(new StreamLog('incident/one', openMemoryStore().store, clock), clock);
  const opened = await room.submit(ANNA, { type: 'open-incident', incidentId: 'i-one', title: 'Bridge', exercise: false });
  expect(opened).toHaveProperty('seq');
  const link = { lineId: 'line-1', tokenHash: `${HEX}0`, expiresAt: 9_000_000, label: '', kind: 'link', reach: 'this-box' };
  expect(await room.submit(ANNA, { type: 'issue-link', ...link })).toHaveProperty('seq');
  const waiting = new WaitingRoom(room);
  const devices = [1, 2, 3].map((n) => `${HEX}${n}`);
  for (const deviceId of devices)
    expect(
      await room.submit({ kind: 'device', lineId: 'line-1', deviceId }, { type: 'knock', lineId: 'line-1', deviceId, describes: 'x' }),
    ).toHaveProperty('seq');
  const [there = '', back = '', dead = ''] = devices;
  const who = () => room.state.lines.byId['line-1']?.waiting.map((d) => d.deviceId);
  waiting.arrive('line-1', there);
  const away = waiting.arrive('line-1', back);
  await waiting.look(0);
  await waiting.look(WAITS_AWAY_MS - 1);
  expect(who()).toEqual([there, back, dead]);
  away();
  await waiting.look(WAITS_AWAY_MS);
  expect(who()).toEqual([there, back]);
  waiting.arrive('line-1', back);
  await waiting.look(WAITS_AWAY_MS * 2);
  await waiting.look(WAITS_AWAY_MS * 4);
  expect(who()).toEqual([there, back]);
  waiting.stop();
});
