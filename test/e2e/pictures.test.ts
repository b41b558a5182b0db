// Pictures end to end in real Chromium: asked for, agreed to, seen by the team and by nobody else, recorded, and gone at once.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePart } from '../parts.ts';
import { invite, joinCall, letIn, makeLink, signIn, startIncident, type Teller } from './crew.ts';
import { launchWithTone } from './kit/chromium.ts';
import { assertHeardThroughout, listen, waitUntilHears } from './kit/ear.ts';
import { type Parley, startParley } from './kit/parley.ts';
import { waitFor } from './kit/process.ts';
import { run } from './kit/run.ts';

const SUBJECT_HZ = 440;
const SOON = { withinMs: 15_000 };

requirePart('chromium');
requirePart('ffmpeg');

/** Notes every connection and every wish for a camera of a page. */
const NOTE = `(() => {
  window.__connections = [];
  window.__cameraWishes = 0;
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native { constructor(c) { super(c); window.__connections.push(this); } };
  const media = navigator.mediaDevices;
  const ask = media.getUserMedia.bind(media);
  media.getUserMedia = (wishes) => { if (wishes.video) window.__cameraWishes += 1; return ask(wishes); };
})()`;

interface PictureFacts {
  readonly received: number;
  readonly sent: number;
  readonly wishes: number;
}

/** Picture packets that went into and out of a page so far, and how often it asked for the camera. */
const factsOf = (page: Page): Promise<PictureFacts> =>
  page.evaluate(`(async () => {
    let received = 0, sent = 0;
    for (const connection of window.__connections) for (const stat of (await connection.getStats()).values()) {
      if (stat.kind === 'video' && stat.type === 'inbound-rtp') received += stat.packetsReceived;
      if (stat.kind === 'video' && stat.type === 'outbound-rtp') sent += stat.packetsSent;
    }
    return { received, sent, wishes: window.__cameraWishes };
  })()`) as Promise<PictureFacts>;

/** Width of the tile's picture and frames so far; undefined while there is no such tile. */
const tileOf = (page: Page, prefix: string): Promise<{ width: number; frames: number; state: string } | undefined> =>
  page.evaluate(`(() => {
    const tile = document.querySelector('.tile[data-camera^="${prefix}"]');
    const video = tile?.querySelector('video');
    return video ? { width: video.videoWidth, frames: video.getVideoPlaybackQuality().totalVideoFrames, state: tile.dataset.state } : undefined;
  })()`) as Promise<{ width: number; frames: number; state: string } | undefined>;

async function plays(page: Page, prefix: string, within = SOON): Promise<void> {
  await waitFor(`a picture of ${prefix}`, async () => ((await tileOf(page, prefix))?.width ?? 0) > 0, within);
  const before = (await tileOf(page, prefix))?.frames ?? 0;
  await waitFor(`moving pictures of ${prefix}`, async () => ((await tileOf(page, prefix))?.frames ?? 0) > before + 10, within);
  expect((await tileOf(page, prefix))?.state).toBe('moving');
}

/** Seconds from the first to the last picture of a file, how many there are, and what the program complained of. */
async function probe(path: string): Promise<{ lastS: number; frames: number; codec: string; complaints: string }> {
  const args = [
    '-v',
    'warning',
    '-select_streams',
    'v',
    '-count_frames',
    '-show_entries',
    'stream=codec_name,nb_read_frames:packet=pts_time',
  ];
  const { stdout, stderr } = await run('ffprobe', [...args, '-of', 'json', path]);
  const facts = JSON.parse(String(stdout)) as {
    packets: { pts_time: string }[];
    streams: { codec_name: string; nb_read_frames: string }[];
  };
  const stream = facts.streams[0];
  return {
    lastS: Number(facts.packets.at(-1)?.pts_time),
    frames: Number(stream?.nb_read_frames),
    codec: stream?.codec_name ?? '',
    complaints: String(stderr).trim(),
  };
}

describe('pictures', () => {
  let parley: Parley;
  let primary: Teller;
  let coach: Teller;
  let subject: Teller;
  let incidentId: string;
  let camera: string;
  let lineId: string;

  const agree = async (): Promise<void> => {
    await primary.page.getByRole('button', { name: 'Ask for a picture' }).click({ timeout: 10_000 });
    await subject.page.getByRole('button', { name: 'Yes, show me (front camera)' }).click({ timeout: 10_000 });
  };

  beforeAll(async () => {
    parley = await startParley();
    primary = await signIn(await parley.ownerLink(), { name: 'Anna', hz: 930 });
    incidentId = await startIncident(primary);
    coach = await signIn(await invite(primary, incidentId, 'coach'), { name: 'Boris', hz: 1_580 });
    await joinCall(primary, parley, incidentId);
    await joinCall(coach, parley, incidentId);
    const browser = await launchWithTone({ name: 'subject', hz: SUBJECT_HZ });
    for (const { context } of [browser, primary.browser, coach.browser]) await context.grantPermissions(['microphone', 'camera']);
    await browser.context.addInitScript({ content: NOTE });
    await browser.page.goto(await makeLink(primary));
    await browser.page.getByRole('button').first().click();
    subject = { browser, page: browser.page, hz: SUBJECT_HZ };
    await letIn(primary);
    await waitUntilHears(primary.page, SUBJECT_HZ, SOON);
    lineId = (await primary.page.locator('[data-line]').first().getAttribute('data-line')) ?? '';
    camera = `cam.${lineId}`;
  }, 120_000);

  afterAll(async () => {
    await Promise.all([primary, coach, subject].map((t) => t?.browser.close()));
    await parley?.stop();
  }, 30_000);

  it('[A23] no camera is opened and nothing is sent before the person says yes; no is an answer', { timeout: 60_000 }, async () => {
    await primary.page.getByRole('button', { name: 'Ask for a picture' }).click({ timeout: 10_000 });
    await subject.page.getByText('May you be seen?', { exact: false }).waitFor({ timeout: 10_000 });
    expect(await factsOf(subject.page)).toEqual({ received: 0, sent: 0, wishes: 0 });
    await subject.page.getByRole('button', { name: 'No', exact: true }).click();
    await primary.page.getByRole('button', { name: 'Ask for a picture' }).waitFor({ timeout: 10_000 });
    expect(await factsOf(subject.page)).toEqual({ received: 0, sent: 0, wishes: 0 });
  });

  it("[A24] after a yes the team's tiles play while the sound goes on, and the person sees that he is seen", {
    timeout: 90_000,
  }, async () => {
    const atPrimary = await listen(primary.page, [SUBJECT_HZ]);
    await agree();
    await plays(primary.page, camera);
    await plays(coach.page, camera);
    assertHeardThroughout(await atPrimary.stop(), SUBJECT_HZ, { maxGapMs: 300 });
    await subject.page.getByText('YOUR CAMERA IS ON', { exact: false }).waitFor({ timeout: 5_000 });
    // Another camera, same connection: the picture goes on.
    await subject.page.getByRole('button', { name: 'Other camera' }).click();
    await plays(primary.page, camera);
  });

  it("[A25] a team member's scene camera is seen by the team; the subject's page gets no picture at all", { timeout: 90_000 }, async () => {
    await coach.page.getByRole('button', { name: 'Use this device as a scene camera' }).click({ timeout: 10_000 });
    await plays(primary.page, 'cam.p');
    await plays(primary.page, camera);
    const { received, sent } = await factsOf(subject.page);
    expect({ received, sends: sent > 0 }).toEqual({ received: 0, sends: true });
    await coach.page.getByRole('button', { name: 'Stop my scene camera' }).click({ timeout: 10_000 });
    await waitFor('no scene any more', async () => (await tileOf(primary.page, 'cam.p')) === undefined, SOON);
  });

  it('[A24] the person stops it himself, at once; [R24] the file is as long as the picture was', { timeout: 60_000 }, async () => {
    await subject.page.getByRole('button', { name: 'Stop the camera' }).click();
    await waitFor('no tile', async () => (await tileOf(primary.page, camera)) === undefined, SOON);
    const folder = join(parley.data, 'media', incidentId, camera);
    const closed = await waitFor(
      'the closed file in the index',
      async () => /"at":"closed".*"wallMs":(\d+)/.exec(await readFile(join(folder, 'leg.idx.jsonl'), 'utf8'))?.[1],
      SOON,
    );
    const opened = /"at":"opened".*"wallMs":(\d+)/.exec(await readFile(join(folder, 'leg.idx.jsonl'), 'utf8'))?.[1];
    const facts = await probe(join(folder, '00001.webm'));
    expect(facts).toMatchObject({ codec: 'vp8', complaints: '' });
    expect(Math.abs(facts.lastS - (Number(closed) - Number(opened)) / 1000)).toBeLessThan(0.5);
    expect(facts.frames).toBeGreaterThan(facts.lastS * 8);
  });

  it('[R23] after a kill of the worker the file is readable up to the kill; the sound and the picture come back', {
    timeout: 120_000,
  }, async () => {
    await agree();
    await plays(primary.page, camera);
    await primary.page.waitForTimeout(3_000);
    const folder = join(parley.data, 'media', incidentId, camera);
    const [pid] = await parley.workers();
    const killedAt = Date.now();
    process.kill(Number(pid), 'SIGKILL');
    await waitFor('the standstill', async () => (await tileOf(primary.page, camera))?.state !== 'moving', SOON);
    await plays(primary.page, camera, { withinMs: 45_000 });
    const index = await readFile(join(folder, 'leg.idx.jsonl'), 'utf8');
    const opened = index.split('\n').find((line) => line.includes('"opened"') && line.includes('00002.webm'));
    const facts = await probe(join(folder, '00002.webm'));
    expect(facts).toMatchObject({ codec: 'vp8', complaints: '' });
    expect(Math.abs(facts.lastS - (killedAt - Number(/"wallMs":(\d+)/.exec(opened ?? '')?.[1])) / 1000)).toBeLessThan(1);
    expect((await readdir(folder)).filter((name) => name.endsWith('.webm')).length).toBeGreaterThanOrEqual(2);
  });

  it('[T4] made no page error and broke no policy', () => {
    for (const { browser } of [primary, coach, subject]) {
      expect({ page: browser.pageErrors, policy: browser.cspViolations }).toEqual({ page: [], policy: [] });
    }
  });
});
