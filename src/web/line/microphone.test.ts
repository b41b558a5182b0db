// The microphone of a page: taken back when it ends, is muted or changes its device; asked for again without end.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeHandClock, settle } from './hand-clock.ts';
import { againMs, makeMicrophone, soundWishes } from './microphone.ts';

interface FakeTrack {
  readyState: 'live' | 'ended';
  muted: boolean;
  onended: (() => void) | null;
  stop(): void;
}

const given: FakeTrack[] = [];
let works = true;
const devices: { getUserMedia: () => Promise<unknown>; ondevicechange: (() => void) | null } = {
  getUserMedia: () => {
    if (!works) return Promise.reject(new DOMException('busy', 'NotReadableError'));
    const track: FakeTrack = {
      readyState: 'live',
      muted: false,
      onended: null,
      stop: () => {
        track.readyState = 'ended';
      },
    };
    given.push(track);
    return Promise.resolve({ getAudioTracks: () => [track] });
  },
  ondevicechange: null,
};

beforeEach(() => {
  given.length = 0;
  works = true;
  vi.stubGlobal('navigator', { mediaDevices: devices });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function opened() {
  const timing = makeHandClock();
  const tracks: (MediaStreamTrack | null)[] = [];
  const microphone = makeMicrophone({ timing, onTrack: (track) => tracks.push(track) });
  await microphone.open(soundWishes(true));
  let energy = 0;
  /** Goes on second by second; `isAlive`: with a trace of noise. */
  const pass = async (seconds: number, isAlive = true) => {
    for (let second = 0; second < seconds; second += 1) {
      timing.pass(1_000);
      energy += isAlive ? 1 : 0;
      microphone.check(energy);
      await settle();
    }
  };
  return { timing, microphone, tracks, pass };
}

const last = () => given.at(-1) as FakeTrack;

describe('a microphone that dies', () => {
  it('[N90] is taken back at once when its track ends', async () => {
    const { microphone, pass, tracks } = await opened();
    await pass(10);
    expect(given).toHaveLength(1);
    last().readyState = 'ended';
    last().onended?.();
    await settle();
    expect(given).toHaveLength(2);
    expect(microphone.state()).toBe('ok');
    expect(tracks.at(-1)).toBe(last());
  });

  it('[N90] is taken back after two seconds of being muted, and not before', async () => {
    const { pass } = await opened();
    await pass(10);
    last().muted = true;
    await pass(2);
    expect(given).toHaveLength(1);
    await pass(1);
    expect(given).toHaveLength(2);
  });

  it('[N90] is taken back when it brings no trace of noise', async () => {
    const { microphone, pass } = await opened();
    await pass(10);
    await pass(4, false);
    expect(given.length).toBeGreaterThan(1);
    await pass(2);
    expect(microphone.state()).toBe('ok');
  });

  it('[N90] is asked for without end, with pauses that stay below ten seconds', async () => {
    const { microphone, pass } = await opened();
    await pass(10);
    let asked = 0;
    const { getUserMedia } = devices;
    devices.getUserMedia = () => {
      asked += 1;
      return getUserMedia();
    };
    works = false;
    last().readyState = 'ended';
    last().onended?.();
    await pass(1_000, false);
    expect(microphone.state()).toBe('dead');
    expect(asked).toBeGreaterThan(100);
    expect(asked).toBeLessThan(300);
    works = true;
    await pass(10);
    devices.getUserMedia = getUserMedia;
    expect(microphone.state()).toBe('ok');
  });

  it('[N90] is asked for at once when a device comes or goes', async () => {
    const { microphone, pass } = await opened();
    await pass(10);
    works = false;
    last().readyState = 'ended';
    last().onended?.();
    await settle();
    await pass(60, false);
    works = true;
    devices.ondevicechange?.();
    await settle();
    expect(microphone.state()).toBe('ok');
  });

  it('[N90] stays closed when it was granted after it was closed', async () => {
    const { microphone } = await opened();
    const opening = microphone.open(soundWishes(true));
    microphone.close();
    await opening;
    expect(microphone.track()).toBeNull();
    expect(last().readyState).toBe('ended');
  });

  it('[N90] spreads its tries', () => {
    expect(againMs(0, () => 0)).toBe(750);
    expect(againMs(50, () => 0.999_999)).toBeLessThanOrEqual(10_000);
    expect(againMs(5, () => 0)).not.toBe(againMs(5, () => 0.9));
  });
});
