// Proves the kit itself: a browser's tone is heard where it sounds and nowhere else, trouble is noted, recordings are judged rightly.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchWithTone, type ToneBrowser } from './chromium.ts';
import { assertNotHeard, evaluateQuietly, hears, listen, neverHears, readEar, waitUntilHears, waitUntilSilentAt } from './ear.ts';
import { decodeOgg, loudestTone, opusinfo, probeOgg, tones } from './ogg.ts';
import { startParley } from './parley.ts';
import { isAlive, waitFor } from './process.ts';
import { runOk } from './run.ts';
import { TONES_HZ, toneDb } from './tone.ts';

const sine = (hz: number, peak: number, length = 4096) =>
  Float32Array.from({ length }, (_, i) => peak * Math.sin((2 * Math.PI * hz * i) / 48_000));

describe('tones', () => {
  it('measures a full-scale sine at 0 dBFS and a tenth of it at -20', () => {
    expect(toneDb({ samples: sine(440, 1), start: 0, length: 4096, rateHz: 48_000 }, 440)).toBeCloseTo(0, 1);
    expect(toneDb({ samples: sine(1130, 0.1), start: 0, length: 4096, rateHz: 48_000 }, 1130)).toBeCloseTo(-20, 1);
  });

  it('does not find a tone where another of the set sounds', () => {
    for (const hz of TONES_HZ) {
      const stretch = { samples: sine(hz, 1), start: 0, length: 4096, rateHz: 48_000 };
      for (const other of TONES_HZ) if (other !== hz) expect(toneDb(stretch, other), `${other} in ${hz}`).toBeLessThan(-60);
    }
  });
});

// The page plays its own microphone through two of its own peers, under a policy as strict as the product's. Its element is in no document.
const CSP =
  "default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const HTML = '<!doctype html><title>self test</title><button>start</button><script src="/page.js"></script>';
const PAGE_JS = `
const start = async () => {
  const mic = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
  a.onicecandidate = (e) => b.addIceCandidate(e.candidate);
  b.onicecandidate = (e) => a.addIceCandidate(e.candidate);
  const player = new Audio();
  b.ontrack = (e) => { player.srcObject = e.streams[0]; player.play(); };
  a.addTrack(mic.getTracks()[0], mic);
  await a.setLocalDescription(); await b.setRemoteDescription(a.localDescription);
  await b.setLocalDescription(); await a.setRemoteDescription(b.localDescription);
  window.mic = mic.getTracks()[0];
  window.player = player;
};
document.querySelector('button').onclick = start;
`;

const serve = () =>
  new Promise<{ url: string; server: Server }>((resolve) => {
    const server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html', 'content-security-policy': CSP });
      response.end(isScript ? PAGE_JS : HTML);
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ url: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`, server });
    });
  });

describe.skipIf(findChromium() === undefined)('the ear in a real Chromium', () => {
  let browser: ToneBrowser;
  let site: { url: string; server: Server };

  beforeAll(async () => {
    site = await serve();
    browser = await launchWithTone({ hz: 440, name: 'self' });
    await browser.page.goto(site.url);
    await browser.page.click('button');
    await waitUntilHears(browser.page, 440, { withinMs: 10_000 });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    site?.server.close();
  });

  it('hears 440 Hz at about -12 dBFS without a break, and nothing at 880', async () => {
    const heard = await neverHears(browser.page, [880, 600], { forMs: 4_000, whileHearing: 440 });
    expect(heard.windows).toBeGreaterThan(60);
    const { sources } = await readEar(browser.page, [440]);
    expect(sources).toHaveLength(1);
    expect(sources[0]?.db[0]).toBeGreaterThan(-16);
    expect(sources[0]?.db[0]).toBeLessThan(-9);
    expect(await hears(browser.page, 440)).toBe(true);
    expect(await hears(browser.page, 880)).toBe(false);
  }, 30_000);

  it('says when and how loud a forbidden tone was', async () => {
    await expect(neverHears(browser.page, 440, { forMs: 300 })).rejects.toThrow(
      /440 Hz was heard .* ms after listening began, .* at up to -1\d\.\d dBFS/,
    );
    await expect(neverHears(browser.page, 880, { forMs: 300, whileHearing: 600 })).rejects.toThrow(
      '600 Hz was not heard all the time, but: never',
    );
    await expect(waitUntilHears(browser.page, 880, { withinMs: 200 })).rejects.toThrow(/did not hear 880 Hz within 200 ms; now: audio#/);
  });

  it('does not call a time silent in which the page stalled', async () => {
    const listening = await listen(browser.page, [880]);
    await evaluateQuietly(browser.page, '(() => { const from = performance.now(); while (performance.now() - from < 1500); })()');
    const heard = await listening.stop();
    expect(() => assertNotHeard(heard, [880])).toThrow(/the page stalled: \d+ ms could not be listened to/);
  });

  it('finds silence within 1 s of a disabled track, and the very burst that breaks it', async () => {
    const disabledAtMs = await evaluateQuietly<number>(browser.page, 'mic.enabled = false, performance.timeOrigin + performance.now()');
    const silentAtMs = await waitUntilSilentAt(browser.page, 440, { withinMs: 1_000 });
    expect(silentAtMs - disabledAtMs).toBeLessThan(1_000);
    await neverHears(browser.page, 440, { forMs: 500 });

    const listening = await listen(browser.page, [440]);
    await evaluateQuietly(
      browser.page,
      'new Promise((done) => { mic.enabled = true; setTimeout(() => { mic.enabled = false; done(); }, 60); })',
    );
    await waitUntilSilentAt(browser.page, 440, { withinMs: 2_000 });
    await evaluateQuietly(browser.page, 'new Promise((done) => setTimeout(done, 300))');
    const heard = await listening.stop();
    expect(() => assertNotHeard(heard, [440])).toThrow(/440 Hz was heard/);
    expect(heard.spans).toHaveLength(1);
    await evaluateQuietly(browser.page, 'mic.enabled = true');
    await waitUntilHears(browser.page, 440, { withinMs: 2_000 });
  }, 20_000);

  it('takes a muted, a paused and a turned-down element for silent', async () => {
    for (const [off, on] of [
      ['player.muted = true', 'player.muted = false'],
      ['player.volume = 0', 'player.volume = 1'],
      ['player.pause()', 'player.play()'],
    ] as const) {
      await evaluateQuietly(browser.page, off);
      await waitUntilSilentAt(browser.page, 440, { withinMs: 1_000 });
      await evaluateQuietly(browser.page, on);
      await waitUntilHears(browser.page, 440, { withinMs: 2_000 });
    }
  }, 20_000);

  it('hears what the page makes itself with an AudioContext, until it is disconnected', async () => {
    await evaluateQuietly(
      browser.page,
      'window.o = new OscillatorNode(new AudioContext(), { frequency: 930 }), o.connect(o.context.destination), o.start()',
    );
    await waitUntilHears(browser.page, 930, { withinMs: 2_000 });
    await evaluateQuietly(browser.page, 'o.disconnect(o.context.destination)');
    await waitUntilSilentAt(browser.page, 930, { withinMs: 2_000 });
  });

  it('finds a single packet of 20 ms of one tone beside another that is as loud', async () => {
    await evaluateQuietly(
      browser.page,
      `window.c = new AudioContext(), window.g = new GainNode(c, { gain: 0.25 }), g.connect(c.destination),
       window.o = new OscillatorNode(c, { frequency: 930 }), o.connect(g), o.start()`,
    );
    await waitUntilHears(browser.page, 930, { withinMs: 2_000 });
    const listening = await listen(browser.page, [930, 1090, 1250]);
    const packet =
      'window.p = new OscillatorNode(c, { frequency: 1250 }), p.connect(g), p.start(c.currentTime + 0.1), p.stop(c.currentTime + 0.12)';
    await evaluateQuietly(browser.page, `${packet}, new Promise((done) => setTimeout(done, 500))`);
    const { spans } = await listening.stop();
    expect(spans.map(({ hz }) => hz).toSorted((a, b) => a - b)).toEqual([930, 1250]);
    await evaluateQuietly(browser.page, 'c.close()');
    await waitUntilSilentAt(browser.page, 930, { withinMs: 2_000 });
  });

  it('notes uncaught errors, console errors and breaches of the policy', async () => {
    expect(browser).toMatchObject({ pageErrors: [], consoleErrors: [], cspViolations: [] });
    await evaluateQuietly(browser.page, 'setTimeout(() => { throw new Error("planted"); }), console.error("also planted")');
    await evaluateQuietly(
      browser.page,
      'document.body.append(Object.assign(document.createElement("img"), { src: "http://127.0.0.1:9/x.png" }))',
    );
    await waitFor(
      'all three',
      () => browser.pageErrors.length > 0 && browser.consoleErrors.length > 0 && browser.cspViolations.length > 0,
      { withinMs: 3_000 },
    );
    expect(browser.pageErrors[0]).toContain('planted');
    expect(browser.consoleErrors[0]).toContain('also planted');
    expect(browser.cspViolations[0]).toContain('img-src http://127.0.0.1:9/x.png');
  });

  it('refuses the microphone when asked to', async () => {
    const refused = await launchWithTone({ hz: 600, name: 'refused', microphone: 'denied' });
    try {
      await refused.page.goto(site.url);
      const name = await evaluateQuietly(
        refused.page,
        'navigator.mediaDevices.getUserMedia({ audio: true }).then(() => "granted", (e) => e.name)',
      );
      expect(name).toBe('NotAllowedError');
    } finally {
      await refused.close();
    }
  }, 30_000);
});

describe('recordings', () => {
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-ogg-'));
    file = join(folder, 'leg.opus');
    // Two seconds of 440 Hz, then two of 950 Hz.
    const source = 'sine=440:d=2,volume=2[a];sine=950:d=2,volume=2[b];[a][b]concat=v=0:a=1';
    await runOk('ffmpeg', ['-v', 'error', '-filter_complex', source, '-c:a', 'libopus', '-b:a', '32k', '-ar', '48000', file]);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('finds codec, duration, no complaint, and each tone in its second', async () => {
    const facts = await probeOgg(file);
    expect(facts).toMatchObject({ codec: 'opus', channels: 1 });
    expect(facts.durationS).toBeCloseTo(4, 1);
    expect(await opusinfo(file)).toMatchObject({ ok: true, complaints: [], endMissing: false });
    expect((await decodeOgg(file)).complaints).toEqual([]);
    const levels = await tones(file, [440, 950]);
    expect(levels.get(440)?.map((db) => db > -30)).toEqual([true, true, false, false]);
    expect(levels.get(950)?.map((db) => db > -30)).toEqual([false, false, true, true]);
    expect((await loudestTone(file, 0.5)).hz).toBe(440);
    expect((await loudestTone(file, 3)).hz).toBe(950);
  });

  it('complains of a file with a hole in it, and notes a missing end without complaint', async () => {
    const whole = await readFile(file);
    const pages = [...whole.toString('latin1').matchAll(/OggS/g)].map((match) => match.index);
    const cut = join(folder, 'cut.opus');
    await writeFile(cut, whole.subarray(0, pages.at(-1)));
    expect(await opusinfo(cut)).toMatchObject({ ok: true, endMissing: true });
    const holed = join(folder, 'holed.opus');
    await writeFile(holed, Buffer.concat([whole.subarray(0, pages[3]), whole.subarray(pages[4])]));
    expect((await opusinfo(holed)).ok).toBe(false);
    const damaged = join(folder, 'damaged.opus');
    const bytes = Buffer.from(whole);
    bytes.fill(0x55, (pages[3] ?? 0) + 40, (pages[3] ?? 0) + 60);
    await writeFile(damaged, bytes);
    expect((await opusinfo(damaged)).ok).toBe(false);
  });
});

// A stand-in for the product: says it is well, prints an owner link at its first start, leaves a worker behind.
const STAND_IN = `
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
const { PARLEY_PORT, PARLEY_HOST, PARLEY_DATA, WORKER } = process.env;
if (WORKER) setInterval(() => {}, 1000);
else createServer((q, r) => r.end(JSON.stringify({ ok: q.url === '/healthz' }))).listen(PARLEY_PORT, PARLEY_HOST, () => {
  if (existsSync(PARLEY_DATA + '/run')) return console.log('second start');
  mkdirSync(PARLEY_DATA + '/run');
  const worker = spawn(process.execPath, [import.meta.filename], { env: { ...process.env, WORKER: '1' }, detached: true, stdio: 'ignore' });
  worker.unref();
  writeFileSync(PARLEY_DATA + '/run/room.json', JSON.stringify({ pid: worker.pid }));
  console.log('Owner: http://' + PARLEY_HOST + ':' + PARLEY_PORT + '/console#owner=abc123');
});
`;

describe('running the product', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-stand-in-'));
    await writeFile(join(folder, 'main.mjs'), STAND_IN);
    await writeFile(join(folder, 'broken.mjs'), 'console.error("no disk"); process.exit(3);');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('starts it, reads its link, kills and restarts it on the same data and port, and leaves nothing behind', async () => {
    const parley = await startParley({ entry: join(folder, 'main.mjs') });
    try {
      expect(await parley.ownerLink()).toBe(`${parley.url}/console#owner=abc123`);
      const [worker] = await parley.workers();
      const first = parley.pid;
      await parley.kill9();
      expect(await isAlive(first)).toBe(false);
      expect(await parley.workers()).toEqual([worker]);
      await parley.restart();
      expect(parley.pid).not.toBe(first);
      expect(parley.output()).toContain('second start');
      await parley.stop();
      expect(await isAlive(worker ?? -1)).toBe(false);
      expect(await isAlive(parley.pid)).toBe(false);
    } finally {
      await parley.stop();
    }
  }, 20_000);

  it('says what it wrote when it does not start', async () => {
    await expect(startParley({ entry: join(folder, 'broken.mjs') })).rejects.toThrow(/it ended with 3[\s\S]*no disk/);
  });
});
