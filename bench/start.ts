// Figure: a second start of the built server, and its memory when nothing happens; beside a bare HTTP server of the same Node.
import { rmSync } from 'node:fs';
import { freePort } from '../test/e2e/kit/parley.ts';
import { type Figure, runFigure } from './kit/figure.ts';
import { median, p50p95max, rounded } from './kit/numbers.ts';
import { startParleyOn, startProgram } from './kit/program.ts';
import { newFolder, rssMbOf, sleep } from './kit/system.ts';

const RUNS = 7;
const IDLE_MS = 1_000;
/** Fewer runs on a slow machine. */
const LIMIT_MS = 45_000;
const BARE = "require('node:http').createServer((_, a) => a.end('{}')).listen(+process.env.PORT, '127.0.0.1')";

async function oneRun(start: () => Promise<{ startMs: number; pid: number; end(): Promise<void> }>, idleMs: number) {
  const program = await start();
  await sleep(idleMs);
  const rssMb = rssMbOf(program.pid);
  await program.end();
  return { startMs: program.startMs, rssMb };
}

async function measure(): Promise<Figure> {
  const data = newFolder();
  try {
    const port = await freePort();
    const first = await oneRun(() => startParleyOn(data, { port }), 0);
    const ours: Awaited<ReturnType<typeof oneRun>>[] = [];
    const bare: typeof ours = [];
    const endMs = performance.now() + LIMIT_MS;
    for (let run = 0; run < RUNS && performance.now() < endMs; run++) {
      bare.push(await oneRun(async () => startProgram({ args: ['-e', BARE], env: { PORT: String(port) }, port }), IDLE_MS));
      ours.push(await oneRun(() => startParleyOn(data, { port }), IDLE_MS));
    }
    const what = 'node -e, an HTTP server of one line';
    const ms = (runs: typeof ours) => p50p95max(runs.map((run) => run.startMs));
    const mb = (runs: typeof ours) => ({ p50: rounded(median(runs.map((run) => run.rssMb))) });
    return {
      figure: 'start',
      rows: [
        {
          what: 'second start, process to first 200 of /healthz',
          unit: 'ms',
          ours: ms(ours),
          baseline: { what, values: ms(bare) },
          target: '<= 1000 ms',
        },
        { what: 'server idle, resident memory', unit: 'MB', ours: mb(ours), baseline: { what, values: mb(bare) }, target: '<= 120 MB' },
      ],
      facts: { runs: ours.length, firstStartOnAnEmptyFolderMs: rounded(first.startMs) },
      leftOut: ['fresh clone to the console being served: see the check of a clean clone'],
    };
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

await runFigure(measure);
