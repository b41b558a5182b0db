// The camera of a page and its own connection, apart from the sound: opened only on the person's word, front or back, and stopped at once.
// Draws nothing and asks nobody.
import { makePeer, type Peer } from './peer.ts';
import type { Timing } from './timing.ts';

/** Towards the person, or away from him. */
export type Facing = 'user' | 'environment';
/** off: nothing is open. starting: the browser is asked for the camera. on: pictures are sent. denied: the browser or the person said no. */
export type CameraState = 'off' | 'starting' | 'on' | 'denied';

export interface CameraParts {
  readonly timing: Timing;
  readonly config: () => RTCConfiguration;
  readonly create: (config: RTCConfiguration) => RTCPeerConnection;
  /** Sends an offer; false when there is no way to send it now. */
  readonly offer: (req: number, sdp: string) => boolean;
  readonly onChange: () => void;
}

/** A page's camera with its own connection. */
export interface Camera {
  /** Opens the camera and its connection. Never throws: the state tells. */
  start(facing: Facing): Promise<void>;
  /** Another camera of the device, on the same connection. */
  turn(): Promise<void>;
  /** The camera's light goes out and nothing more is sent. */
  stop(): void;
  state(): CameraState;
  facing(): Facing;
  /** What is shown to others, so that the person sees it too; null when off. */
  track(): MediaStreamTrack | null;
  readonly peer: Peer;
}

/** Enough to know a face and a room by; little enough for a phone's uplink. */
const WISHES = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 20, max: 24 } };
/** Most that is sent, in bits a second: sound needs its share of a thin line. */
const MAX_BITRATE = 900_000;

/** Makes a camera; nothing is opened before `start`. */
export function makeCamera(parts: CameraParts): Camera {
  let state: CameraState = 'off';
  let facing: Facing = 'user';
  let track: MediaStreamTrack | null = null;
  let run = 0;

  const become = (next: CameraState) => {
    state = next;
    parts.onChange();
  };

  const peer = makePeer({
    timing: parts.timing,
    create: parts.create,
    config: parts.config,
    maxTries: Number.POSITIVE_INFINITY,
    kind: 'video',
    maxBitrate: MAX_BITRATE,
    slots: 0,
    microphone: () => track,
    offer: parts.offer,
    onTracks: () => {},
    onState: () => {},
  });

  const close = () => {
    run += 1;
    track?.stop();
    track = null;
  };

  /** Opens one; a phone opens no second camera while the first is open. */
  const open = async (wanted: Facing): Promise<boolean> => {
    close();
    const mine = run;
    facing = wanted;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { ...WISHES, facingMode: { ideal: wanted } } });
      const [opened] = stream.getVideoTracks();
      if (mine !== run || opened === undefined) {
        for (const late of stream.getTracks()) late.stop();
        return false;
      }
      track = opened;
      return true;
    } catch {
      if (mine === run) {
        peer.close();
        become('denied');
      }
      return false;
    }
  };

  return {
    start: async (wanted) => {
      become('starting');
      if (!(await open(wanted))) return;
      peer.renew();
      become('on');
    },
    turn: async () => {
      if (state !== 'on' || !(await open(facing === 'user' ? 'environment' : 'user'))) return;
      peer.setMicrophone(track);
      become('on');
    },
    stop: () => {
      close();
      peer.close();
      if (state !== 'off') become('off');
    },
    state: () => state,
    facing: () => facing,
    track: () => track,
    peer,
  };
}
