// A page with ears: notes when a tone in a track is gone or there, in windows of 1,024 samples. Knows nothing of who sends it.
import type { Page } from 'playwright-core';

export interface EarPage {
  /** A connection that sends a tone (0: none) and listens in `slots` sections. Gives its offer. */
  offer(name: string, toneHz: number, slots: number): Promise<string>;
  accept(name: string, answerSdp: string): Promise<void>;
  /** Two connections within the page, no server: `name` hears the tone in slot 0. */
  loopback(name: string, toneHz: number): Promise<void>;
  /** Stops or starts the loopback's track. Gives the wall clock of the call, ms. */
  enable(name: string, on: boolean): Promise<number>;
  /** Begins to look for the tone's coming (or going). Look up the answer with `caught`. */
  watch(name: string, toneHz: number, present: boolean): Promise<void>;
  /** Wall clock at which the watched thing was first so, ms. @throws Error after 5 s */
  caught(): Promise<number>;
}

/** Plain script for the page. Looks every 4 ms; a tone counts as there above -45 dBFS, that is 35 dB below what is sent. */
const INSTALL = `(() => {
  const context = new AudioContext({ sampleRate: 48000 });
  const legs = {};
  const wall = () => performance.timeOrigin + performance.now();
  const listen = (track) => {
    const stream = new MediaStream([track]);
    const element = new Audio(); // without it the page does not pull the sound
    element.muted = true;
    element.srcObject = stream;
    void element.play();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(stream).connect(analyser);
    return analyser;
  };
  const bins = new Float32Array(512);
  const level = (analyser, hz) => {
    analyser.getFloatFrequencyData(bins);
    const centre = Math.round((hz * 1024) / 48000);
    return Math.max(...bins.slice(centre - 1, centre + 2));
  };
  const isHeard = (name, hz) => legs[name].ears.some((ear) => level(ear, hz) > -45);
  const tone = (hz) => {
    const source = context.createOscillator();
    source.frequency.value = hz;
    const gain = context.createGain();
    gain.gain.value = 0.3;
    const out = context.createMediaStreamDestination();
    source.connect(gain).connect(out);
    source.start();
    return out.stream.getAudioTracks()[0];
  };
  let watching = Promise.reject(new Error('nothing is watched'));
  watching.catch(() => {});
  window.benchEar = {
    async offer(name, hz, slots) {
      const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
      if (hz > 0) pc.addTransceiver(tone(hz), { direction: 'sendonly' });
      const ears = Array.from({ length: slots }, () => listen(pc.addTransceiver('audio', { direction: 'recvonly' }).receiver.track));
      legs[name] = { pc, ears };
      await pc.setLocalDescription();
      return pc.localDescription.sdp;
    },
    accept: (name, sdp) => legs[name].pc.setRemoteDescription({ type: 'answer', sdp }),
    async loopback(name, hz) {
      const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
      a.onicecandidate = ({ candidate }) => candidate && b.addIceCandidate(candidate);
      b.onicecandidate = ({ candidate }) => candidate && a.addIceCandidate(candidate);
      const track = tone(hz);
      a.addTransceiver(track, { direction: 'sendonly' });
      const ears = [];
      b.ontrack = (event) => ears.push(listen(event.track));
      await a.setLocalDescription();
      await b.setRemoteDescription(a.localDescription);
      await b.setLocalDescription();
      await a.setRemoteDescription(b.localDescription);
      legs[name] = { pc: a, other: b, track, ears };
    },
    enable(name, on) {
      const at = wall();
      legs[name].track.enabled = on;
      return at;
    },
    watch(name, hz, present) {
      const start = wall();
      watching = new Promise((resolve, reject) => {
        const timer = setInterval(() => {
          const now = wall();
          if (isHeard(name, hz) === present) {
            clearInterval(timer);
            resolve(now);
          } else if (now - start > 5000) {
            clearInterval(timer);
            reject(new Error(hz + ' Hz is ' + (present ? 'not heard' : 'still heard') + ' after 5 s'));
          }
        }, 4);
      });
      watching.catch(() => {});
    },
    caught: () => watching,
  };
})()`;

/** Puts the ears into a page. */
export async function earPage(page: Page): Promise<EarPage> {
  await page.evaluate(INSTALL);
  const call = <T>(method: keyof EarPage, ...args: readonly (string | number | boolean)[]): Promise<T> =>
    page.evaluate(`window.benchEar.${method}(...${JSON.stringify(args)})`) as Promise<T>;
  return {
    offer: (name, toneHz, slots) => call('offer', name, toneHz, slots),
    accept: (name, sdp) => call('accept', name, sdp),
    loopback: (name, toneHz) => call('loopback', name, toneHz),
    enable: (name, on) => call('enable', name, on),
    watch: (name, toneHz, present) => call('watch', name, toneHz, present),
    caught: () => call('caught'),
  };
}
