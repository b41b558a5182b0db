// The console's own sound: one microphone out, eight voices in, over a path that stands by itself when the socket is gone.
// Shuts the microphone at the console as well as the server does at the worker. Plays nothing: the view owns the elements.
import type { Output } from '../../../core/incident/gear.ts';
import type { FromTeam, ToTeam } from '../../../protocol/team.ts';
import { echoOf, type MicState, makeMicrophone, soundWishes } from '../../line/microphone.ts';
import { makePeer, type PeerState } from '../../line/peer.ts';
import { every, type Timing } from '../../line/timing.ts';
import { type Cell, source } from './cell.ts';
import type { Link } from './connection.ts';

/** What a person hears and speaks with. */
export interface Gear {
  readonly kind: Output;
  /** Name of the output of which the person said so; null: nobody said, it is a guess. */
  readonly saidOf: string | null;
  /** '' for the browser's choice. */
  readonly microphoneId: string;
}

/** The state of this console's own sound. */
export interface SoundView {
  readonly isJoined: boolean;
  readonly path: PeerState;
  readonly microphone: MicState;
  readonly isMuted: boolean;
  /** The log gives this person a voice now. */
  readonly mayBeHeard: boolean;
  readonly gear: Gear;
  readonly refused: { readonly why: string; readonly next: string } | null;
}

export interface Sound {
  readonly view: Cell<SoundView>;
  /** Receiving tracks by slot. */
  readonly tracks: Cell<readonly MediaStreamTrack[]>;
  /** Which leg feeds each slot. */
  readonly slots: Cell<readonly (string | null)[]>;
  /** To be called inside a press: the browser asks for the microphone. */
  join(gear: Gear): void;
  leave(): void;
  /** Other gear from now on. The path stays; the microphone is opened anew only when its echo cancellation or its device changes. */
  wear(gear: Gear): void;
  /** Echo cancellation of the own microphone, as the browser has it. */
  echoIsOn(): boolean;
  /** Tries since the path last stood. */
  tries(): number;
  /** Shuts or opens the own microphone, at once and here. */
  mute(on: boolean): void;
  /** What the log says: the floor or an open channel. */
  setMayBeHeard(on: boolean): void;
  wayIsOpen(): void;
  receive(message: Extract<ToTeam, { t: 'answer' | 'no-sound' | 'offer-again' | 'slots' }>): void;
}

export interface SoundParts {
  readonly timing: Timing;
  readonly send: (message: FromTeam) => boolean;
  readonly link: Cell<Link>;
  readonly create?: (config: RTCConfiguration) => RTCPeerConnection;
}

/** Voices that can be heard at once. */
export const HEAR_SLOTS = 8;
/** About eight hours of trying in a row; then the person presses "Join the call" again. */
const MAX_TRIES = 10_000;

/** What is known before anything was looked at. */
export const FIRST_GEAR: Gear = { kind: 'unknown', saidOf: null, microphoneId: '' };

/** A loudspeaker needs echo cancellation, and so does what is not known; a headset or handset is truer without. */
export function echoFor(kind: Output): boolean {
  return kind === 'loudspeaker' || kind === 'unknown';
}

const wishesFor = ({ kind, microphoneId }: Gear) => soundWishes(echoFor(kind), microphoneId);

/** What a connection of this console is made with. */
export function rtcConfig({ ice, relayOnly }: Link): RTCConfiguration {
  return {
    iceServers: ice.map((server) => ({ ...server })) as RTCIceServer[],
    iceTransportPolicy: relayOnly ? 'relay' : 'all',
    bundlePolicy: 'max-bundle',
  };
}

export function makeSound(parts: SoundParts): Sound {
  const { timing, send } = parts;
  const view = source<SoundView>({
    isJoined: false,
    path: 'none',
    microphone: 'none',
    isMuted: false,
    mayBeHeard: false,
    gear: FIRST_GEAR,
    refused: null,
  });
  const tracks = source<readonly MediaStreamTrack[]>([]);
  const slots = source<readonly (string | null)[]>([]);
  let stopWatch: () => void = () => {};

  const become = (change: Partial<SoundView>) => {
    view.set({ ...view.get(), ...change });
    const track = microphone.track();
    if (track !== null) track.enabled = view.get().mayBeHeard && !view.get().isMuted;
  };

  const microphone = makeMicrophone({
    timing,
    onTrack: (track) => {
      become({ microphone: microphone.state() });
      peer.setMicrophone(track);
    },
  });

  const peer = makePeer({
    timing,
    create: parts.create ?? ((config) => new RTCPeerConnection(config)),
    config: () => rtcConfig(parts.link.get()),
    maxTries: MAX_TRIES,
    slots: HEAR_SLOTS,
    microphone: () => microphone.track(),
    offer: (req, sdp) => send({ t: 'offer', req, sdp }),
    onTracks: tracks.set,
    onState: (path) => become(path === 'up' ? { path, refused: null } : { path }),
  });

  const watch = async () => {
    // A microphone that we shut ourselves brings no energy and is not dead.
    const isShut = microphone.track()?.enabled === false;
    microphone.check(isShut ? null : await peer.microphoneEnergy().catch(() => null));
    if (microphone.state() !== view.get().microphone) become({ microphone: microphone.state() });
  };

  const join = async (gear: Gear) => {
    become({ gear, refused: null, isJoined: true });
    await microphone.open(wishesFor(gear));
    become({ microphone: microphone.state() });
    if (!view.get().isJoined) return microphone.close();
    stopWatch();
    stopWatch = every(timing, 1_000, () => void watch());
    if (peer.state() === 'none') peer.renew();
  };

  const wear = async (gear: Gear) => {
    const before = view.get();
    become({ gear });
    const isSame = echoFor(before.gear.kind) === echoFor(gear.kind) && before.gear.microphoneId === gear.microphoneId;
    if (!before.isJoined || isSame) return;
    await microphone.open(wishesFor(gear));
    if (view.get().isJoined) become({ microphone: microphone.state() });
    else microphone.close();
  };

  const receive: Sound['receive'] = (message) => {
    if (message.t === 'answer') peer.answered(message.req, message.sdp);
    else if (message.t === 'slots') slots.set(message.slots);
    else if (message.t === 'offer-again') {
      if (view.get().isJoined && peer.state() !== 'none') peer.renew();
    } else {
      become({ refused: { why: message.why, next: message.next } });
      peer.refused(message.req);
    }
  };

  return {
    view,
    tracks,
    slots,
    join: (gear) => void join(gear),
    leave: () => {
      stopWatch();
      send({ t: 'leave-sound' });
      peer.close();
      microphone.close();
      tracks.set([]);
      slots.set([]);
      become({ isJoined: false, microphone: 'none', refused: null });
    },
    wear: (gear) => void wear(gear),
    echoIsOn: () => echoOf(microphone.track()) ?? echoFor(view.get().gear.kind),
    tries: () => peer.tries(),
    mute: (on) => {
      become({ isMuted: on });
      send({ t: 'muted', on });
    },
    setMayBeHeard: (on) => {
      if (on !== view.get().mayBeHeard) become({ mayBeHeard: on });
    },
    wayIsOpen: () => {
      send({ t: 'muted', on: view.get().isMuted });
      peer.wayIsBack();
    },
    receive,
  };
}
