// Figure: opening an incident of 20,000 entries, at the server (read, verify, reduce) and at a console (parse, reduce); beside JSON.parse alone.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../src/adapters/store/sqlite/store.ts';
import { EMPTY, isWellFormed, reduce } from '../src/core/incident/log.ts';
import type { Actor, Draft, Entry } from '../src/core/incident/topic.ts';
import type { Clock } from '../src/ports/clock.ts';
import { StreamLog } from '../src/server/log.ts';
import { Room } from '../src/server/room.ts';
import { startRole, tell } from './kit/child.ts';
import { type Figure, runFigure } from './kit/figure.ts';
import { median, rounded } from './kit/numbers.ts';
import { newFolder } from './kit/system.ts';

const ENTRIES = 20_000;
const AT_ONCE = 1_000;
const RUNS = 5;
const LIMIT_MS = 60_000;
const STREAM = 'incident/i-bench';
const VIEWER = 'p-0001';

const clock: Clock = { bootId: 'bench', now: () => ({ at: Date.now(), monoNs: process.hrtime.bigint().toString() }) };
const anna: Actor = { kind: 'person', personId: VIEWER, name: 'Anna' };
const hex = (n: number) => n.toString(16).padStart(64, '0');

/** Twelve hours of work, shortened to its kinds: of ten entries six are notes, three come from the sound, one is a microphone. */
function draftAt(n: number): Draft {
  if (n === 0) return { type: 'incident-opened', payload: { incidentId: 'i-bench', title: 'Bench', exercise: true } };
  if (n === 1) return { type: 'role-assigned', payload: { personId: VIEWER, name: 'Anna', role: 'leader' } };
  const leg = `person.p-000${n % 9}`;
  const kind = n % 10;
  if (kind < 6)
    return { type: 'note-written', payload: { text: `${n} He asks again what happens to the dog. `.repeat(1 + (n % 5)).trim() } };
  if (kind === 6) return { type: 'mic-opened', payload: { personId: VIEWER, channel: 'table' } };
  if (kind === 7) return { type: 'mic-closed', payload: { personId: VIEWER, cause: 'released' } };
  if (kind === 8) return { type: 'digest-taken', payload: { atMs: n, segments: [{ leg, file: '00001.opus', bytes: n, sha256: hex(n) }] } };
  return {
    type: 'segment-closed',
    payload: {
      leg,
      file: `${String(n).padStart(5, '0')}.opus`,
      sha256: hex(n),
      bytes: 180_000,
      startedAtMs: n,
      durationMs: 60_000,
      packets: 3_000,
      lostPackets: 0,
      cause: 'full',
    },
  };
}

async function fill(path: string): Promise<void> {
  const { store } = await openSqliteStore({ path });
  const log = new StreamLog(STREAM, store, clock);
  for (let from = 0; from < ENTRIES; from += AT_ONCE) {
    const drafts = Array.from({ length: AT_ONCE }, (_, i) => draftAt(from + i));
    const bad = drafts.find((draft) => !isWellFormed(draft.type, draft.payload));
    if (bad !== undefined) throw new Error(`not well formed: ${JSON.stringify(bad)}`);
    await log.append(
      drafts.map((draft) => ({ draft, who: anna, cmd: undefined })),
      Date.now(),
    );
  }
  await store.close();
}

interface Opened {
  readonly serverMs: number;
  readonly consoleMs: number;
  readonly parseStoredMs: number;
  readonly parseMs: number;
  readonly bytes: number;
  readonly seq: number;
}

const since = (start: number) => performance.now() - start;

/** Role: opens once in a fresh process, as the first opening after a start is. Each baseline comes before what it stands beside. */
async function openOnce({ path }: { path: string }): Promise<void> {
  const { store } = await openSqliteStore({ path });
  const parseStoredMs = await parseStored(store);
  let start = performance.now();
  const room = await Room.load(new StreamLog(STREAM, store, clock), clock);
  const serverMs = since(start);
  let message = '';
  room.watch(
    { personId: VIEWER, send: (texts) => (message = `{"t":"entries","entries":[${texts.join(',')}]}`), reset: () => undefined },
    { after: 0, roles: [] },
  );
  start = performance.now();
  const { entries } = JSON.parse(message) as { entries: Entry[] };
  const parseMs = since(start);
  let state = EMPTY;
  for (const entry of entries) state = reduce(state, entry);
  const consoleMs = since(start);
  await store.close();
  tell({ t: 'opened', serverMs, consoleMs, parseStoredMs, parseMs, bytes: Buffer.byteLength(message), seq: state.seq });
  process.disconnect?.();
}

/** JSON.parse of each stored line's JSON and payload, already in memory. */
async function parseStored(store: Awaited<ReturnType<typeof openSqliteStore>>['store']): Promise<number> {
  const texts: string[] = [];
  for (let after = 0; after < ENTRIES; after += 5_000) {
    for (const { line, payload } of await store.read(STREAM, after, 5_000)) texts.push(line.slice(line.indexOf(' ') + 1), payload);
  }
  const start = performance.now();
  for (const text of texts) JSON.parse(text);
  return since(start);
}

async function measure(): Promise<Figure> {
  const folder = newFolder();
  try {
    const path = join(folder, 'parley.db');
    await fill(path);
    const runs: Opened[] = [];
    for (let run = 0; run < RUNS; run++) {
      const child = startRole('open', { path });
      runs.push(await child.next<Opened>('opened', LIMIT_MS));
      await child.end();
    }
    const p50 = (of: (run: Opened) => number) => ({ p50: rounded(median(runs.map(of))), max: rounded(Math.max(...runs.map(of))) });
    return {
      figure: 'open',
      rows: [
        {
          what: `server: read, verify and reduce ${ENTRIES} entries`,
          unit: 'ms',
          ours: p50((run) => run.serverMs),
          baseline: { what: 'JSON.parse of the same stored text, in memory', values: p50((run) => run.parseStoredMs) },
        },
        {
          what: 'console: parse and reduce them, no drawing, in Node',
          unit: 'ms',
          ours: p50((run) => run.consoleMs),
          baseline: { what: 'JSON.parse of the same message', values: p50((run) => run.parseMs) },
          target: '<= 500 ms to open',
        },
      ],
      facts: { runs: RUNS, entries: runs[0]?.seq ?? 0, messageBytes: runs[0]?.bytes ?? 0 },
      leftOut: ['search of 1,000,000 lines: there is no search yet'],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await runFigure(measure, { open: openOnce });
