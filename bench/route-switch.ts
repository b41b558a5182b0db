// Figure: how long a voice stays in the ear after its edge was closed, in Chromium through the real worker; beside a track switched off in the browser itself.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkerMedia } from '../src/adapters/media/worker/media.ts';
import type { MediaRoom } from '../src/ports/media.ts';
import { endWorkersOf } from '../test/e2e/kit/parley.ts';
import { startChromium } from './kit/browser.ts';
import { type EarPage, earPage } from './kit/ear.ts';
import { type Figure, runFigure } from './kit/figure.ts';
import { p50p95max } from './kit/numbers.ts';
import { distFolder, newFolder, sleep, wallMs } from './kit/system.ts';

const SWITCHES = 20;
const TONE = { a: 500, b: 1_250, loop: 2_100 };
/** Time in a steady state before each switch, so that the next one does not meet the last one's echo. */
const STEADY_MS = 200;
/** Fewer switches on a slow machine. */
const LIMIT_MS = 45_000;

class Bench {
  readonly #room: MediaRoom;
  readonly #page: EarPage;
  #epoch = 0;

  constructor(room: MediaRoom, page: EarPage) {
    this.#room = room;
    this.#page = page;
  }

  async connect(name: string, toneHz: number, slots: number): Promise<void> {
    const sdp = await this.#page.offer(name, toneHz, slots);
    await this.#page.accept(name, await this.#room.answer(name, sdp, { hearSlots: slots, warm: true }));
  }

  /** Lets the listener hear these. Gives the wall clock of the wish, ms. */
  async hear(...from: readonly string[]): Promise<number> {
    this.#epoch += 1;
    const at = wallMs();
    await this.#room.setEdges(
      this.#epoch,
      from.map((leg) => ({ from: leg, to: 'leg-l', leased: false })),
    );
    return at;
  }

  /** Sets a steady state, then changes to another; ms until the tone came (`present`) or went. */
  async switched(before: readonly string[], after: readonly string[], of: { hz: number; present: boolean }): Promise<number> {
    await this.#page.watch('leg-l', of.hz, !of.present);
    await this.hear(...before);
    await this.#page.caught();
    await sleep(STEADY_MS);
    await this.#page.watch('leg-l', of.hz, of.present);
    const at = await this.hear(...after);
    return (await this.#page.caught()) - at;
  }

  /** The same, with no server: a track of the browser's own connection to itself is switched off. */
  async disabled(): Promise<number> {
    await this.#page.watch('loop', TONE.loop, true);
    await this.#page.enable('loop', true);
    await this.#page.caught();
    await sleep(STEADY_MS);
    await this.#page.watch('loop', TONE.loop, false);
    const at = await this.#page.enable('loop', false);
    return (await this.#page.caught()) - at;
  }
}

async function run(bench: Bench) {
  const samples = { toNothing: [] as number[], toAnother: [] as number[], heard: [] as number[], loop: [] as number[] };
  const endMs = performance.now() + LIMIT_MS;
  for (let turn = 0; turn < SWITCHES && performance.now() < endMs; turn++) {
    samples.toNothing.push(await bench.switched(['leg-a'], [], { hz: TONE.a, present: false }));
    samples.toAnother.push(await bench.switched(['leg-a'], ['leg-b'], { hz: TONE.a, present: false }));
    samples.heard.push(await bench.switched([], ['leg-a'], { hz: TONE.a, present: true }));
    samples.loop.push(await bench.disabled());
  }
  return samples;
}

async function measure(): Promise<Figure> {
  const dataDir = newFolder();
  const media = openWorkerMedia({ dataDir, workerEntry: join(distFolder, 'media.js'), announceIps: [], ports: [42_000, 42_099] });
  const room: MediaRoom = await media.open('bench', (event) => event.t === 'report' && room.acknowledge(event.n));
  const browser = await startChromium();
  try {
    const page = await earPage(await browser.newPage());
    const bench = new Bench(room, page);
    await bench.connect('leg-a', TONE.a, 1);
    await bench.connect('leg-b', TONE.b, 1);
    await bench.connect('leg-l', 0, 2);
    await page.loopback('loop', TONE.loop);
    const { toNothing, toAnother, heard, loop } = await run(bench);
    const baseline = { what: "the browser's own loopback connection, track disabled", values: p50p95max(loop) };
    const target = 'p95 <= 150 ms';
    return {
      figure: 'route-switch',
      rows: [
        { what: 'A to nothing: A gone at the ear', unit: 'ms', ours: p50p95max(toNothing), baseline, target },
        { what: 'A to B: A gone at the ear', unit: 'ms', ours: p50p95max(toAnother), baseline, target },
        { what: 'nothing to A: A heard', unit: 'ms', ours: p50p95max(heard), baseline },
      ],
      facts: { switches: toNothing.length, windowSamples: 1024 },
      leftOut: ['the way from the key to the worker: from the call of the media port to the ear is measured here'],
    };
  } finally {
    await browser.close();
    await room.close().catch(() => undefined);
    await endWorkersOf(dataDir);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

await runFigure(measure);
