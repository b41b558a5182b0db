// The console's pictures: four views in and, on a device that shows the scene, one camera out; each on a connection of its own, apart
// from sound. Plays nothing: the view owns the elements.
import type { FromTeam, ToTeam } from '../../../protocol/team.ts';
import { type Camera, type CameraState, makeCamera } from '../../line/camera.ts';
import { makePeer } from '../../line/peer.ts';
import type { Timing } from '../../line/timing.ts';
import { type Cell, source } from './cell.ts';
import type { Link } from './connection.ts';
import { rtcConfig } from './sound.ts';

/** Views that can be shown at once. */
export const VIEW_SLOTS = 4;

/** Messages that are for pictures. */
export type PictureMessage = Extract<ToTeam, { t: 'picture-answer' | 'no-picture' | 'picture-offer-again' | 'views' }>;

export interface Pictures {
  readonly tracks: Cell<readonly MediaStreamTrack[]>;
  /** Which camera feeds each view. */
  readonly slots: Cell<readonly (string | null)[]>;
  readonly camera: Cell<CameraState>;
  /** Why the server made no connection; null when the last one stood. */
  readonly refused: Cell<{ readonly why: string; readonly next: string } | null>;
  /** Sees what there is to see, or nothing. */
  watch(on: boolean): void;
  /** This device's camera, for the scene: to be called inside a press. Sent only while `setMayShow(true)`. */
  openCamera(): void;
  closeCamera(): void;
  /** Whether the log says that this person's camera is on. */
  setMayShow(on: boolean): void;
  ownPicture(): MediaStreamTrack | null;
  wayIsOpen(): void;
  receive(message: PictureMessage): void;
}

export interface PicturesParts {
  readonly timing: Timing;
  readonly send: (message: FromTeam) => boolean;
  readonly link: Cell<Link>;
}

/** Makes the pictures of a console; nothing is opened before it is asked for. */
export function makePictures({ timing, send, link }: PicturesParts): Pictures {
  const tracks = source<readonly MediaStreamTrack[]>([]);
  const slots = source<readonly (string | null)[]>([]);
  const cameraState = source<CameraState>('off');
  const refused = source<{ readonly why: string; readonly next: string } | null>(null);
  const config = () => rtcConfig(link.get());
  const create = (with_: RTCConfiguration) => new RTCPeerConnection(with_);
  let mayShow = false;

  const watcher = makePeer({
    timing,
    create,
    config,
    maxTries: Number.POSITIVE_INFINITY,
    kind: 'video',
    sends: false,
    slots: VIEW_SLOTS,
    microphone: () => null,
    offer: (req, sdp) => send({ t: 'picture-offer', of: 'watch', req, sdp }),
    onTracks: tracks.set,
    onState: (state) => state === 'up' && refused.set(null),
  });

  const camera: Camera = makeCamera({
    timing,
    create,
    config,
    offer: (req, sdp) => mayShow && send({ t: 'picture-offer', of: 'camera', req, sdp }),
    onChange: () => cameraState.set(camera.state()),
  });
  const peerOf = (of: 'watch' | 'camera') => (of === 'watch' ? watcher : camera.peer);

  return {
    tracks,
    slots,
    camera: cameraState,
    refused,
    watch: (on) => {
      if (on === (watcher.state() !== 'none')) return;
      if (on) return watcher.renew();
      watcher.close();
      send({ t: 'leave-pictures', of: 'watch' });
      tracks.set([]);
      slots.set([]);
    },
    openCamera: () => void camera.start('environment'),
    closeCamera: () => camera.stop(),
    setMayShow: (on) => {
      const was = mayShow;
      mayShow = on;
      if (on && !was && camera.state() === 'on') camera.peer.wayIsBack();
      if (!on && was) camera.stop();
    },
    ownPicture: () => camera.track(),
    wayIsOpen: () => {
      watcher.wayIsBack();
      if (mayShow && camera.state() === 'on') camera.peer.wayIsBack();
    },
    receive: (message) => {
      if (message.t === 'views') slots.set(message.slots);
      else if (message.t === 'picture-answer') peerOf(message.of).answered(message.req, message.sdp);
      else if (message.t === 'picture-offer-again') {
        if (peerOf(message.of).state() !== 'none') peerOf(message.of).renew();
      } else {
        refused.set({ why: message.why, next: message.next });
        peerOf(message.of).refused(message.req);
      }
    },
  };
}
