// Figure: how long until an entry is acknowledged, through the real room and the real store; beside a bare write and sync of as many bytes.
import { fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../src/adapters/store/sqlite/store.ts';
import type { Person } from '../src/core/incident/topic.ts';
import type { Clock } from '../src/ports/clock.ts';
import { StreamLog } from '../src/server/log.ts';
import { Room } from '../src/server/room.ts';
import { type Figure, runFigure } from './kit/figure.ts';
import { p50p99 } from './kit/numbers.ts';
import { evenly, newFolder } from './kit/system.ts';

const BLOCKS = 4;
const PER_BLOCK = 500;
const PER_SECOND = 100;
const STEADY_MS = 4_000;
/** The blocks end early on a slow disk. */
const BLOCKS_LIMIT_MS = 20_000;

const clock: Clock = { bootId: 'bench', now: () => ({ at: Date.now(), monoNs: process.hrtime.bigint().toString() }) };
const anna: Person = { kind: 'person', personId: 'p-bench', name: 'Anna' };
const text = 'He says that his sister may come to the door, and asks what happens to the dog. '.repeat(3).trim();

async function openRoom(folder: string) {
  const { store } = await openSqliteStore({ path: join(folder, 'parley.db') });
  const room = await Room.load(new StreamLog('incident/i-bench', store, clock), clock);
  await room.submit(anna, { type: 'open-incident', incidentId: 'i-bench', title: 'Bench', exercise: true });
  const write = async () => {
    const outcome = await room.submit(anna, { type: 'write-note', text });
    if ('rule' in outcome) throw new Error(`a note was refused: ${outcome.why}`);
  };
  await write();
  const kept = (await store.read('incident/i-bench', 0, 100)).at(-1);
  return { store, write, bytes: Buffer.byteLength(`${kept?.line}${kept?.salt}${kept?.payload}`) };
}

async function timed(into: number[], act: () => Promise<void> | void): Promise<void> {
  const start = performance.now();
  await act();
  into.push(performance.now() - start);
}

async function steadily(act: () => Promise<void> | void): Promise<number[]> {
  const samples: number[] = [];
  const open: Promise<void>[] = [];
  await evenly(PER_SECOND, STEADY_MS, () => void open.push(timed(samples, act)));
  await Promise.all(open);
  return samples;
}

async function measure(): Promise<Figure> {
  const folder = newFolder();
  try {
    const { store, write, bytes } = await openRoom(folder);
    const file = openSync(join(folder, 'bare'), 'a');
    const block = Buffer.alloc(bytes, 'x');
    const bare = () => {
      writeSync(file, block);
      fdatasyncSync(file);
    };
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let i = 0; i < 100; i++) await write(); // warm
    // In turns, so that a slow minute of the disk hits both.
    const endMs = performance.now() + BLOCKS_LIMIT_MS;
    for (let turn = 0; turn < BLOCKS && performance.now() < endMs; turn++) {
      for (let i = 0; i < PER_BLOCK; i++) await timed(theirs, bare);
      for (let i = 0; i < PER_BLOCK; i++) await timed(ours, write);
    }
    const [bareSteady, oursSteady]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < 2; turn++) {
      bareSteady.push(...(await steadily(bare)));
      oursSteady.push(...(await steadily(write)));
    }
    await store.close();
    const what = `write + fdatasync of ${bytes} bytes, same folder`;
    return {
      figure: 'log',
      rows: [
        { what: 'entry acknowledged, one at a time', unit: 'ms', ours: p50p99(ours), baseline: { what, values: p50p99(theirs) } },
        {
          what: `entry acknowledged, ${PER_SECOND}/s`,
          unit: 'ms',
          ours: p50p99(oursSteady),
          baseline: { what, values: p50p99(bareSteady) },
          target: 'p99 <= 10 ms',
        },
      ],
      facts: { entryBytes: bytes, entriesOneAtATime: ours.length, entriesSteady: oursSteady.length },
      leftOut: [],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runFigure(measure);
