// The disk hangs in the middle of a call: the recorder alarms, and everybody goes on hearing everybody.
import { expect, it } from 'vitest';
import type { WorkerReport } from '../protocol/worker.ts';
import { ManualClock } from './memory/clock.ts';
import { MemoryDisk } from './memory/disk.ts';
import { packetOf } from './memory/packets.ts';
import { Room } from './room.ts';
import { MemoryTransport, memoryOffer } from './transports/memory/transport.ts';

const profile = { hearSlots: 1, warm: true };
const FRAME_MS = 20;
const VOICE = Uint8Array.of(0x78, 0x42);

/** Answers until told to hang; from then on no call ever comes back. */
function hangingDisk() {
  const disk = new MemoryDisk();
  let hangs = false;
  const mayHang = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
    return (...args: A): Promise<R> => (hangs ? new Promise(() => undefined) : work(...args));
  };
  const create = disk.create;
  disk.create = mayHang(async (path) => {
    const { write, read, sync, close } = await create(path);
    return { write: mayHang(write), read: mayHang(read), sync: mayHang(sync), close: mayHang(close) };
  });
  for (const name of ['size', 'append', 'freeBytes', 'list', 'makeFolder'] as const) disk[name] = mayHang(disk[name] as never) as never;
  const hang = () => {
    hangs = true;
  };
  return { disk, hang };
}

it('[R49] a disk that hangs is an alarm within five seconds, and takes no packet from the call', async () => {
  const clock = new ManualClock();
  const reports: WorkerReport[] = [];
  const transports: MemoryTransport[] = [];
  const { disk, hang } = hangingDisk();
  const room = new Room({
    dir: '/rec',
    segmentS: 60,
    clock,
    disk,
    log: () => undefined,
    random: () => 0.25,
    transports: (allowed) => {
      const transport = new MemoryTransport(allowed);
      transports.push(transport);
      return transport;
    },
    comfort: [],
    signal: () => undefined,
    report: (report) => void reports.push(report),
  });
  for (const leg of ['subject', 'primary']) await room.offer(leg, memoryOffer(1, true), profile);
  const [subject, primary] = transports as [MemoryTransport, MemoryTransport];
  for (const one of transports) one.connect();
  room.setEdges(1, [{ from: 'subject', to: 'primary', leased: false }]);
  let seq = 0;
  /** Gives how many packets of the voice the primary got. */
  const speak = async (seconds: number) => {
    const before = primary.sent.length;
    for (let ms = 0; ms < seconds * 1_000; ms += FRAME_MS) {
      seq += 1;
      const arrival = { arrivalMonoMs: clock.monoMs(), arrivalWallMs: clock.wallMs() };
      subject.receive(packetOf({ seq, ts: seq * 960, payload: VOICE, ...arrival }));
      clock.advance(FRAME_MS);
      room.tick();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return primary.sent.slice(before).filter(({ payload }) => payload.at(-1) === VOICE[1]).length;
  };
  await speak(2);
  expect(reports.filter(({ kind }) => kind === 'recorder-alarm')).toEqual([]);
  hang();
  expect(await speak(5)).toBe(250);
  expect(reports.find((one) => one.kind === 'recorder-alarm')).toMatchObject({ leg: 'subject', alarm: 'not-growing' });
});
