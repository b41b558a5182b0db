// A newcomer alone at one laptop: one press to a call with a simulated person, a machine coach in his ear, the coach's seat for
// himself, and the recordings. What goes where is read from what the worker applied; that it sounds, from the pages and the files.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Entry } from '../../src/core/incident/topic.ts';
import type { ToTeam } from '../../src/protocol/team.ts';
import { requirePart } from '../parts.ts';
import { hold, pressDown, signIn, type Teller } from './crew.ts';
import { decodeOgg } from './kit/ogg.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';

requirePart('chromium');
requirePart('ffmpeg');

const SOON = { withinMs: 40_000 };
/** The simulated person says a line, nobody answers, the coach waits some seconds. */
const A_WHILE = { withinMs: 60_000 };

/** Loudest 100 ms of a file, dBFS. */
function loudestDb(samples: Float32Array): number {
  const window = 4_800;
  let loudest = 0;
  for (let at = 0; at + window <= samples.length; at += window) {
    let sum = 0;
    for (let i = at; i < at + window; i += 1) sum += (samples[i] ?? 0) ** 2;
    loudest = Math.max(loudest, sum / window);
  }
  return 10 * Math.log10(loudest + 1e-12);
}

/** Loudest level that one voice reached in the page within `forMs`, dBFS. `leg`: whose slot. */
function loudestIn(page: Page, leg: string, forMs: number): Promise<number> {
  return page.evaluate(
    async ([source, ms]) => {
      const context = new AudioContext();
      const samples = new Float32Array(2_048);
      const ears = new Map<MediaProvider, AnalyserNode>();
      let loudest = 0;
      for (const until = performance.now() + Number(ms); performance.now() < until; ) {
        for (const { dataset, srcObject } of document.querySelectorAll('audio')) {
          if (dataset['source'] !== source || !(srcObject instanceof MediaStream)) continue;
          const known = ears.get(srcObject);
          const ear = known ?? context.createAnalyser();
          if (known === undefined) context.createMediaStreamSource(srcObject).connect(ear);
          ears.set(srcObject, ear);
          ear.getFloatTimeDomainData(samples);
          loudest = Math.max(loudest, samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
        }
        await new Promise((done) => setTimeout(done, 20));
      }
      await context.close();
      return 10 * Math.log10(loudest + 1e-12);
    },
    [leg, forMs] as const,
  );
}

/** Everything that a console is told, kept: entries in order, and every way of sound that the worker ever applied. */
interface Watch {
  readonly entries: Entry[];
  /** Each as `from>to:why`, with the floor's holder of that moment before it. */
  readonly edges: Set<string>;
  now(): readonly string[];
  until(what: string, is: (entry: Entry) => boolean, within?: { readonly withinMs: number }): Promise<Entry>;
  close(): void;
}

async function watch(parley: Parley, { page }: Teller): Promise<Watch> {
  const incident = /#incident=([a-z0-9_-]+)/.exec(page.url())?.[1] ?? '';
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/team?incident=${incident}`, {
    origin: parley.url,
    headers: { cookie },
  });
  let entries: Entry[] = [];
  let now: readonly string[] = [];
  const edges = new Set<string>();
  socket.on('message', (data) => {
    const told = JSON.parse(String(data)) as ToTeam;
    if (told.t === 'reset') entries.length = 0;
    if (told.t === 'entries') entries.push(...told.entries.filter((one): one is Entry => 'type' in one));
    if (told.t !== 'signals') return;
    now = told.signals.edges.map(({ from, to, why }) => `${from}>${to}:${why}`);
    for (const edge of now) edges.add(edge);
  });
  await new Promise<void>((done, fail) => socket.once('open', done).once('error', fail));
  socket.send(JSON.stringify({ t: 'hello', v: 1, after: 0, roles: [] }));
  const beat = setInterval(() => socket.send('{"t":"beat"}'), 1_000);
  return {
    get entries() {
      return entries;
    },
    edges,
    now: () => now,
    until: (what, is, within = SOON) => waitFor(what, () => entries.find(is), within),
    close: () => {
      clearInterval(beat);
      entries = [...entries];
      socket.close();
    },
  };
}

const personIn = ({ payload }: Entry): string => String((payload as { readonly personId?: unknown }).personId ?? '');
const authorOf = ({ who }: Entry): string => (who.kind === 'person' ? who.personId : '');
const textOf = ({ payload }: Entry): string => String((payload as { readonly text?: unknown }).text ?? '');

describe('the practice call', () => {
  let parley: Parley;
  let newcomer: Teller;
  let log: Watch;
  let [me, machine, line] = ['', '', ''];

  const recordingOf = async (leg: string): Promise<number> => {
    const [incident = ''] = await readdir(join(parley.data, 'media'));
    const folder = join(parley.data, 'media', incident, leg);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.opus'));
    const all = await Promise.all(files.map((file) => decodeOgg(join(folder, file))));
    return Math.max(...all.map(({ samples }) => loudestDb(samples)));
  };

  beforeAll(async () => {
    parley = await startParley();
    newcomer = await signIn(await parley.ownerLink(), { name: 'Nora', hz: 930 });
  }, 60_000);

  afterAll(async () => {
    log?.close();
    await newcomer?.browser.close();
    await parley?.stop();
  }, 30_000);

  it('[S6] [S8] is one press away, with a coach that says it is a machine and a person who waits to be let in', {
    timeout: 90_000,
  }, async () => {
    const { page } = newcomer;
    await page.getByRole('button', { name: 'Practice call' }).click({ timeout: 15_000 });
    await page.getByRole('button', { name: 'Join the call' }).click({ timeout: 15_000 });
    log = await watch(parley, newcomer);
    machine = personIn(await log.until('the machine', (e) => e.type === 'role-assigned' && personIn(e).startsWith('machine-')));
    me = authorOf(await log.until('the opening', (e) => e.type === 'incident-opened'));
    await page.getByText('I am a machine, not a person').first().waitFor({ timeout: 45_000 });
    await page.getByText('Take the floor first').waitFor({ timeout: 15_000 });
    await page.getByRole('button', { name: 'Let in' }).first().click({ timeout: 20_000 });
    await page.getByText('NOT SAFE').first().waitFor({ timeout: 45_000 });
    const { payload } = await log.until('the line', (e) => e.type === 'link-issued');
    line = `line.${String((payload as { readonly lineId?: unknown }).lineId)}`;
    await hold(newcomer, 'Take the floor');
    await page.getByText('The subject hears you').first().waitFor({ timeout: 10_000 });
  });

  it('[S7] whispers into his ear and nowhere else when nobody answers the person', { timeout: 150_000 }, async () => {
    const opened = await log.until('the ear', (e) => e.type === 'mic-opened' && authorOf(e) === machine, A_WHILE);
    expect(opened.payload).toMatchObject({ channel: 'ear' });
    expect(await loudestIn(newcomer.page, `person.${machine}`, 3_000)).toBeGreaterThan(-35);
    await newcomer.page.getByText('Machine whispers:').first().waitFor({ timeout: 10_000 });
    await log.until('the ear closed', (e) => e.type === 'mic-closed' && e.seq > opened.seq && personIn(e) === machine);
    expect(textOf(await log.until('its basis', (e) => textOf(e).startsWith('Machine whispers')))).toMatch(/Basis: he spoke for \d+ s/);
    const ways = [...log.edges].filter((edge) => edge.startsWith(`person.${machine}>`));
    expect(ways).toEqual([`person.${machine}>person.${me}:ear`]);
  });

  it('[S9] gives him the coach’s seat: the floor is closed first, then the machine talks to the person', { timeout: 150_000 }, async () => {
    await hold(newcomer, 'Take the coach’s seat');
    const passed = await log.until('the handover', (e) => e.type === 'floor-passed');
    expect(passed.payload).toEqual({ from: me, to: machine });
    await waitFor('the machine is heard', () => log.now().includes(`person.${machine}>${line}:floor`), SOON);
    expect(log.now().filter((edge) => edge.includes(`>${line}:`))).toEqual([`person.${machine}>${line}:floor`]);
    await newcomer.page.getByRole('button', { name: 'Take the primary’s seat' }).waitFor({ timeout: 15_000 });
    const loudest = await waitFor(
      'words of the machine',
      async () => {
        const db = await loudestIn(newcomer.page, `person.${machine}`, 1_500);
        return db > -35 ? db : undefined;
      },
      A_WHILE,
    );
    expect(loudest).toBeGreaterThan(-35);
  });

  it('[S9] [S10] lets him whisper: he is heard by the machine alone, and it says its next line', { timeout: 150_000 }, async () => {
    const { page } = newcomer;
    await pressDown(newcomer, 'Speak in the ear');
    await waitFor('the way into its ear', () => log.now().includes(`person.${me}>person.${machine}:ear`), SOON);
    expect(log.now().filter((edge) => edge.startsWith(`person.${me}>`))).toEqual([`person.${me}>person.${machine}:ear`]);
    await page.waitForTimeout(1_500);
    await page.mouse.up();
    await log.until('the ear closed', (e) => e.type === 'mic-closed' && personIn(e) === me);
    const answer = await waitFor(
      'its next line',
      async () => ((await loudestIn(page, `person.${machine}`, 1_000)) > -35 ? true : undefined),
      A_WHILE,
    );
    expect(answer).toBe(true);
  });

  it('[S11] gives the primary’s seat back: he asks, it offers, he accepts', { timeout: 150_000 }, async () => {
    await hold(newcomer, 'Take the primary’s seat');
    await log.until('the offer', (e) => e.type === 'floor-offered' && personIn(e) === me);
    await hold(newcomer, 'Accept the floor');
    await log.until('the handover back', (e) => e.type === 'floor-passed' && (e.payload as { readonly to?: unknown }).to === me);
    await waitFor('he is heard', () => log.now().includes(`person.${me}>${line}:floor`), SOON);
  });

  it('[S12] [S13] says at the end where the recordings are, and plays them; each playing is an entry', { timeout: 150_000 }, async () => {
    const { page } = newcomer;
    await hold(newcomer, 'End the call');
    await waitFor('the safe light', async () => (await page.getByText('NOT SAFE').count()) === 0, SOON);
    await page.getByText('The machine leaves').first().waitFor({ timeout: 20_000 });
    await log.until(
      'its sound ended',
      (e) => e.type === 'leg-changed' && JSON.stringify(e.payload).includes(`"person.${machine}","state":"ended"`),
    );
    await page.getByText('The practice call is over').waitFor({ timeout: 15_000 });
    await page.getByRole('button', { name: 'Recordings' }).first().click();
    await page.getByRole('button', { name: /^Play Practice, part 1/ }).click({ timeout: 15_000 });
    await page.getByText(/^Plays: [1-9]\d* s of/).waitFor({ timeout: 40_000 });
    const read = await log.until('the reading', (e) => e.type === 'recording-read');
    expect(read.payload).toMatchObject({ how: 'file', leg: line });
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    expect(log.entries.filter((e) => e.type === 'recording-read')).toHaveLength(1);
  });

  it('[S6] [S7] [S9] leaves a recording of every voice, with no page error', { timeout: 60_000 }, async () => {
    await parley.term();
    expect(await recordingOf(line)).toBeGreaterThan(-35);
    expect(await recordingOf(`person.${machine}`)).toBeGreaterThan(-35);
    expect(newcomer.browser).toMatchObject({ pageErrors: [], cspViolations: [] });
  });
});
