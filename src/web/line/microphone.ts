// The microphone of a page: asked for once, watched, asked for again when it dies. Sound goes out exactly as it came in.
import type { Timing } from './timing.ts';

/** What the microphone is at this moment. */
export type MicState = 'none' | 'ok' | 'dead' | 'denied';

/** No noise suppression and no gain control: what is quiet or sudden must pass as it is. */
export function soundWishes(echoCancellation: boolean, deviceId?: string): MediaTrackConstraints {
  return {
    echoCancellation,
    noiseSuppression: false,
    autoGainControl: false,
    channelCount: 1,
    ...(deviceId === undefined || deviceId === '' ? {} : { deviceId: { exact: deviceId } }),
  };
}

/** Whether echo cancellation is on, as the browser says; undefined where it does not tell. */
export function echoOf(track: MediaStreamTrack | null): boolean | undefined {
  if (track === null || typeof track.getSettings !== 'function') return undefined;
  const { echoCancellation } = track.getSettings();
  return typeof echoCancellation === 'boolean' ? echoCancellation : undefined;
}

export interface Microphone {
  track(): MediaStreamTrack | null;
  state(): MicState;
  /** Asks the person's permission if need be. Never throws: the state tells. */
  open(wishes: MediaTrackConstraints): Promise<void>;
  /** Looks whether it lives, given the energy it brought so far (null: not known), and opens it anew if not. */
  check(energy: number | null): void;
  close(): void;
}

export interface MicrophoneParts {
  readonly timing: Timing;
  /** A new track is there, or null. */
  readonly onTrack: (track: MediaStreamTrack | null) => void;
}

/** A microphone without a trace of noise for this long is off. */
const DEAD_MS = 3_000;
/** One that the system says is muted, for this long. */
const MUTED_MS = 2_000;
/** A dead one is asked for again at once, then after pauses that grow to this; each is spread by a quarter to both sides. */
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 8_000;

/** How long to wait before asking for a dead microphone once more, ms. It goes on for ever: somebody's voice hangs on it. */
export function againMs(tries: number, dice: () => number): number {
  return Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 1.6 ** Math.min(tries, 20)) * (0.75 + dice() / 2);
}

function isDenial(fault: unknown): boolean {
  return fault instanceof DOMException && (fault.name === 'NotAllowedError' || fault.name === 'SecurityError');
}

/** Makes the microphone of a page; asks for nothing yet. */
export function makeMicrophone({ timing, onTrack }: MicrophoneParts): Microphone {
  let track: MediaStreamTrack | null = null;
  let state: MicState = 'none';
  let wishes = soundWishes(true);
  let lastEnergy: number | null = null;
  let aliveAt = 0;
  let mutedAt: number | null = null;
  let nextAskAt = Number.NEGATIVE_INFINITY;
  let tries = 0;
  let opening: Promise<void> | null = null;
  /** Counts closings, so that what is granted after one is given back at once. */
  let closings = 0;

  /** Something changed under it: it is looked at without waiting for the next beat. */
  const again = () => {
    nextAskAt = Number.NEGATIVE_INFINITY;
    if (state !== 'none') check(null);
  };

  const follow = (fresh: MediaStreamTrack) => {
    fresh.onended = () => {
      if (fresh === track) again();
    };
    navigator.mediaDevices.ondevicechange = () => {
      if (state === 'dead' || track?.readyState !== 'live') again();
    };
  };

  const ask = async () => {
    const asked = closings;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: wishes, video: false });
      const fresh = stream.getAudioTracks()[0] ?? null;
      if (asked !== closings) return fresh?.stop();
      const old = track;
      track = fresh;
      state = fresh === null ? 'dead' : 'ok';
      aliveAt = timing.now();
      mutedAt = null;
      lastEnergy = null;
      if (fresh !== null) follow(fresh);
      onTrack(track);
      if (old !== null) old.onended = null;
      old?.stop();
    } catch (fault) {
      if (asked === closings) state = isDenial(fault) ? 'denied' : 'dead';
    }
  };

  /** What is wished for may change while the browser still asks. */
  const askUntilMet = async () => {
    const began = closings;
    let asked: MediaTrackConstraints;
    do {
      asked = wishes;
      await ask();
    } while (asked !== wishes && state !== 'denied' && began === closings);
  };

  const open = (wanted: MediaTrackConstraints) => {
    wishes = wanted;
    if (opening !== null) return opening;
    const mine = askUntilMet().finally(() => {
      if (opening !== mine) return;
      opening = null;
      nextAskAt = timing.now() + againMs(tries, timing.dice);
      tries += 1;
    });
    opening = mine;
    return mine;
  };

  const breathes = (energy: number | null): boolean => {
    if (track === null || track.readyState !== 'live') return false;
    mutedAt = track.muted ? (mutedAt ?? timing.now()) : null;
    if (mutedAt !== null && timing.now() - mutedAt >= MUTED_MS) return false;
    const moved = energy === null || energy !== lastEnergy;
    lastEnergy = energy;
    if (moved && !track.muted) aliveAt = timing.now();
    return timing.now() - aliveAt < DEAD_MS;
  };

  const check = (energy: number | null) => {
    if (state === 'none' || state === 'denied' || opening !== null) return;
    state = breathes(energy) ? 'ok' : 'dead';
    // Only one that brought sound for a while counts as well again: one that dies at once must not be hammered.
    if (state === 'ok' && timing.now() > nextAskAt) tries = 0;
    if (state === 'dead' && timing.now() >= nextAskAt) void open(wishes);
  };

  return {
    track: () => track,
    state: () => state,
    open,
    check,
    close: () => {
      closings += 1;
      opening = null;
      if (track !== null) track.onended = null;
      track?.stop();
      track = null;
      tries = 0;
      state = 'none';
    },
  };
}
