// A Chromium page for media tests: legs that send a tone and measure which tones they hear. Knows nothing of the worker.
import { type Browser, chromium, type Page } from 'playwright-core';

/** Starts Chromium without a window; sound may start by itself. */
export function launchChromium(path: string): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
}

/** One leg in the page. */
export interface PageLeg {
  /** Makes a connection that offers a tone (0: no microphone) and `slots` listening sections; with `more`, a video and a data section too. */
  offer(toneHz: number, slots: number, more?: boolean): Promise<string>;
  accept(answerSdp: string): Promise<void>;
  /** Level of a tone in a slot, in dBFS of the analyser, about -100 when it is not there. */
  level(slot: number, toneHz: number): Promise<number>;
  /** Resolves when the tone is heard (or no longer heard); returns the milliseconds that it took. */
  waitFor(slot: number, toneHz: number, heard: boolean, limitMs?: number): Promise<number>;
  /** Forgets the connection before the newest one without telling the far end. */
  dropOld(): Promise<void>;
  connectionState(): Promise<string>;
  /** Ends the connection as a page that is closed does. */
  leave(): Promise<void>;
  /** What the browser counted of a slot. */
  slotStats(slot: number): Promise<{ packetsReceived: number; packetsLost: number; concealedSamples: number; totalSamples: number }>;
}

/** Puts a leg into the page. */
export async function pageLeg(page: Page, name: string): Promise<PageLeg> {
  await page.evaluate(`(${INSTALL_LEG})(${JSON.stringify(name)})`);
  const call = <T>(method: string, ...args: unknown[]): Promise<T> =>
    page.evaluate(
      ([legName, legMethod, legArgs]) => {
        const legs = (globalThis as unknown as { legs: Record<string, Record<string, (...a: unknown[]) => unknown>> }).legs;
        return legs[legName as string]?.[legMethod as string]?.(...(legArgs as unknown[]));
      },
      [name, method, args] as const,
    ) as Promise<T>;
  return {
    offer: (toneHz, slots, more = false) => call('offer', toneHz, slots, more),
    accept: (sdp) => call('accept', sdp),
    level: (slot, toneHz) => call('level', slot, toneHz),
    waitFor: (slot, toneHz, heard, limitMs = 5_000) => call('waitFor', slot, toneHz, heard, limitMs),
    dropOld: () => call('dropOld'),
    connectionState: () => call('connectionState'),
    leave: () => call('leave'),
    slotStats: (slot) => call('slotStats', slot),
  };
}

/** Runs inside the page; plain script, for the tests have no types of the DOM. */
const INSTALL_LEG = `(name) => {
  const world = globalThis;
  world.legs ??= {};
  world.context ??= new AudioContext({ sampleRate: 48000 });
  const context = world.context;
  const heardAtDb = -45;
  let pc;
  let old;
  let analysers = [];
  let receivers = [];

  const listen = (track) => {
    const stream = new MediaStream([track]);
    const element = new Audio(); // without it the page does not pull the sound
    element.muted = true;
    element.srcObject = stream;
    void element.play();
    const analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(stream).connect(analyser);
    return analyser;
  };

  const level = (slot, toneHz) => {
    const analyser = analysers[slot];
    if (analyser === undefined) return -100;
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const centre = Math.round((toneHz * analyser.fftSize) / context.sampleRate);
    return Math.max(-100, ...bins.slice(centre - 1, centre + 2));
  };

  const sendTone = (connection, toneHz) => {
    const tone = context.createOscillator();
    tone.frequency.value = toneHz;
    const gain = context.createGain();
    gain.gain.value = 0.3;
    const out = context.createMediaStreamDestination();
    tone.connect(gain).connect(out);
    tone.start();
    connection.addTransceiver(out.stream.getAudioTracks()[0], { direction: 'sendonly' });
  };

  world.legs[name] = {
    async offer(toneHz, slots, more) {
      old = pc;
      pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
      if (toneHz > 0) sendTone(pc, toneHz);
      if (more) pc.addTransceiver('video', { direction: 'sendrecv' });
      if (more) pc.createDataChannel('x');
      receivers = Array.from({ length: slots }, () => pc.addTransceiver('audio', { direction: 'recvonly' }).receiver);
      analysers = receivers.map((receiver) => listen(receiver.track));
      await pc.setLocalDescription();
      return pc.localDescription.sdp;
    },
    accept: (sdp) => pc.setRemoteDescription({ type: 'answer', sdp }),
    level,
    async waitFor(slot, toneHz, heard, limitMs) {
      const start = performance.now();
      while (level(slot, toneHz) > heardAtDb !== heard) {
        if (performance.now() - start > limitMs) {
          throw new Error('slot ' + slot + ': ' + toneHz + ' Hz at ' + level(slot, toneHz).toFixed(0) + ' dB after ' + limitMs + ' ms');
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return performance.now() - start;
    },
    dropOld: () => old?.close(),
    leave: () => pc?.close(),
    async slotStats(slot) {
      const report = await receivers[slot].getStats();
      const inbound = [...report.values()].find((entry) => entry.type === 'inbound-rtp') ?? {};
      return {
        packetsReceived: inbound.packetsReceived ?? 0,
        packetsLost: inbound.packetsLost ?? 0,
        concealedSamples: inbound.concealedSamples ?? 0,
        totalSamples: inbound.totalSamplesReceived ?? 0,
      };
    },
    connectionState: () => pc?.connectionState ?? 'none',
  };
}`;
