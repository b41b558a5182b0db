// Entry of the media worker: one process for the sound of one room. It outlives the server that started it. Wiring only.
import { mkdir } from 'node:fs/promises';
import { AloneWatch } from './alone.ts';
import { readArgs } from './args.ts';
import { systemClock } from './clock.ts';
import { encodeComfort } from './comfort.ts';
import { Desk } from './control/desk.ts';
import { listenLocal } from './control/listen.ts';
import { createLog, textOf } from './log.ts';
import { systemDisk } from './recorder/disk.ts';
import { repairRecordings } from './recorder/repair.ts';
import { releaseFrom, withReserve } from './recorder/reserve.ts';
import { ReportJournal } from './reports/journal.ts';
import { Room } from './room.ts';
import { createPortAllocator } from './transports/werift/ports.ts';
import { weriftTransports } from './transports/werift/transport.ts';

const TICK_MS = 10;
/** Longest time for an orderly end before the process ends anyway, in milliseconds. */
const END_LIMIT_MS = 15_000;

const log = createLog((line) => process.stderr.write(line), systemClock.wallMs);

// A fault in one packet handler or in the engine must never end the call of everybody.
process.on('uncaughtException', (thrown) => log('uncaught', { error: textOf(thrown) }));
process.on('unhandledRejection', (thrown) => log('unhandled', { error: textOf(thrown) }));
// The terminal that started the server may go away; the call may not.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

async function run(): Promise<void> {
  const args = readArgs(process.argv.slice(2));
  const secret = process.env['PARLEY_WORKER_SECRET'] ?? '';
  delete process.env['PARLEY_WORKER_SECRET'];
  if (secret.length < 16) throw new Error('PARLEY_WORKER_SECRET needs at least 16 characters');
  process.umask(0o077);
  await mkdir(args.dir, { recursive: true, mode: 0o700 });

  // The socket comes first: it is the lock that keeps two workers out of one folder.
  let desk: Desk | undefined;
  const server = await listenLocal(args.socket, (socket) => (desk === undefined ? socket.destroy() : desk.accept(socket)));

  const disk = args.reserve === '' ? systemDisk : withReserve(systemDisk, releaseFrom(args.reserve));
  const journal = new ReportJournal(args.dir, disk, log);
  await journal.load();
  for (const report of await repairRecordings(args.dir, disk, log, systemClock.wallMs())) journal.add(report);

  const room = new Room({
    dir: args.dir,
    segmentS: args.segmentS,
    clock: systemClock,
    disk,
    log,
    random: Math.random,
    transports: weriftTransports({
      clock: systemClock,
      log,
      withPorts: createPortAllocator(args.ports, Math.random),
      announceIps: args.announceIps,
    }),
    comfort: encodeComfort(),
    signal: (signal) => desk?.signal(signal),
    report: (report) => journal.add(report),
  });

  let ending = false;
  const exit = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), END_LIMIT_MS).unref();
    await desk?.disconnect();
    server.close();
    process.exit(0);
  };
  desk = new Desk({ secret, pid: process.pid, room, journal, log, onClosed: () => void exit() });
  const openDesk = desk;
  let finishing = false;
  const endInOrder = (reason: string): void => {
    if (finishing) return;
    finishing = true;
    log('ending', { reason });
    setTimeout(() => process.exit(1), END_LIMIT_MS).unref();
    void openDesk.finish(reason).then(exit);
  };
  process.on('SIGTERM', () => endInOrder('stopped by the system'));

  const alone = new AloneWatch(systemClock.monoMs());
  setInterval(() => {
    room.tick();
    if (alone.isOver(openDesk.isAttended || room.hasLiveLegs, systemClock.monoMs())) endInOrder('nobody was left');
  }, TICK_MS);
  log('started', { pid: process.pid, ports: `${args.ports.first}-${args.ports.last}` });
}

run().catch((thrown: unknown) => {
  log('start-failed', { error: textOf(thrown) });
  process.exit(3);
});
