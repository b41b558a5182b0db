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
/** A dead one is asked for again at most this often. */
const AGAIN_MS = 8_000;

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
  let askedAt = Number.NEGATIVE_INFINITY;
  let opening: Promise<void> | null = null;

  const ask = async () => {
    askedAt = timing.now();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: wishes, video: false });
      const old = track;
      track = stream.getAudioTracks()[0] ?? null;
      state = track === null ? 'dead' : 'ok';
      aliveAt = timing.now();
      lastEnergy = null;
      onTrack(track);
      old?.stop();
    } catch (fault) {
      state = isDenial(fault) ? 'denied' : 'dead';
    }
  };

  const open = (wanted: MediaTrackConstraints) => {
    wishes = wanted;
    opening ??= ask().finally(() => {
      opening = null;
    });
    return opening;
  };

  const breathes = (energy: number | null): boolean => {
    if (track === null || track.readyState !== 'live') return false;
    const moved = energy === null || energy !== lastEnergy;
    lastEnergy = energy;
    if (moved && !track.muted) aliveAt = timing.now();
    return timing.now() - aliveAt < DEAD_MS;
  };

  return {
    track: () => track,
    state: () => state,
    open,
    check: (energy) => {
      if (state === 'none' || state === 'denied' || opening !== null) return;
      state = breathes(energy) ? 'ok' : 'dead';
      if (state === 'dead' && timing.now() - askedAt > AGAIN_MS) void open(wishes);
    },
    close: () => {
      track?.stop();
      track = null;
      state = 'none';
    },
  };
}
