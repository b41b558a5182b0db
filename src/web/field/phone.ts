// A paired phone from its start on: standby, ringing, a call, and back. Draws nothing. Sends no sound of its microphone before a
// touch, unless the other side's word opens it.

import type { FromField, ToField } from '../../protocol/field.ts';
import type { DeviceKey } from '../line/key.ts';
import { type MicState, makeMicrophone, soundWishes } from '../line/microphone.ts';
import { makePeer } from '../line/peer.ts';
import { rtcConfig } from '../line/rtc-config.ts';
import { every, realTiming, type Timing } from '../line/timing.ts';
import { makeWire, openSocket, type Socket } from '../line/wire.ts';
import type { Ringer } from './ringer.ts';

/** What the phone shows. `asked`: it should ring and may not (unseen, or silent before a touch). */
export type Stage = 'connecting' | 'waiting' | 'standby' | 'asked' | 'ringing' | 'opening' | 'talking' | 'held' | 'lost' | 'gone';

/** What the phone shows now. */
export interface PhoneView {
  readonly stage: Stage;
  readonly microphone: MicState;
  /** What opened the microphone; null: it is shut. */
  readonly open: 'touch' | 'word' | null;
  /** It could ring now: it may sound. */
  readonly canRing: boolean;
}

export interface PhoneParts {
  /** Of the pairing address; not needed once the phone is paired. */
  readonly token: string | undefined;
  readonly loadKey: () => Promise<DeviceKey>;
  readonly ringer: Ringer;
  readonly isVisible: () => boolean;
  readonly onView: (view: PhoneView) => void;
  readonly onSound: (track: MediaStreamTrack) => void;
  readonly silence: () => MediaStreamTrack | null;
  /** Paired: the address need not be kept. */
  readonly onPaired: () => void;
  readonly timing?: Timing;
  readonly open?: () => Socket;
  readonly createPeer?: (config: RTCConfiguration) => RTCPeerConnection;
  readonly condition?: () => Partial<Extract<FromField, { t: 'beat' }>>;
}

export interface Phone {
  /** A touch on "answer". */
  answer(): void;
  decline(): void;
  /** A touch on "call" in standby. */
  call(): void;
  /** A touch on "talk" in a call: opens the microphone. */
  talk(): void;
  end(): void;
  /** The page came into sight, was touched, or came onto another network. */
  changed(what: 'sight' | 'network'): void;
}

type Admitted = Extract<ToField, { t: 'admitted' }>;

const VERSION = 1;
/** A phone that answers by itself rings for this long first, ms. */
export const ITSELF_AFTER_MS = 4_000;

/** Starts a phone; it tries for ever to be reached. */
export function startPhone(parts: PhoneParts): Phone {
  const timing = parts.timing ?? realTiming;
  const { ringer } = parts;
  const keyLoaded = parts.loadKey();
  keyLoaded.catch(() => {});
  let token = parts.token;
  let admitted: Admitted | null = null;
  let stage: Stage = 'connecting';
  let open: 'touch' | 'word' | null = null;
  let isHeld = false;
  let wasUp = false;
  let wantsNew = false;
  /** The person touched "answer" or "call": the microphone opens with the call. */
  let wantsToTalk = false;
  let mayPickUp = false;
  let stopWaiting: () => void = () => {};

  const send = (message: FromField) => wire.send(message);
  const canRing = () => parts.isVisible() && ringer.isAble();
  const show = () => parts.onView({ stage, microphone: microphone.state(), open, canRing: ringer.isAble() });
  const goto = (next: Stage) => {
    stage = next;
    show();
  };

  const microphone = makeMicrophone({
    timing,
    onTrack: (track) => {
      if (open !== null) peer.setMicrophone(track);
      show();
    },
  });

  const peer = makePeer({
    timing,
    create: parts.createPeer ?? ((config) => new RTCPeerConnection(config)),
    config: () => (admitted === null ? {} : rtcConfig(admitted)),
    maxTries: Number.POSITIVE_INFINITY,
    slots: 1,
    microphone: () => (open === null ? null : microphone.track()) ?? parts.silence(),
    offer: (req, sdp) => send({ t: 'offer', req, sdp }),
    onTracks: ([track]) => {
      if (track !== undefined) parts.onSound(track);
    },
    onState: () => restage(),
  });

  function restage(): void {
    if (admitted === null) return;
    const isUp = peer.state() === 'up';
    wasUp ||= isUp;
    goto(isUp ? (isHeld ? 'held' : 'talking') : wasUp ? 'lost' : 'opening');
  }

  const beat = async () => {
    const energy = open === null ? null : await peer.microphoneEnergy().catch(() => null);
    if (open !== null) microphone.check(energy);
    tryToRing();
    show();
    const ring = stage === 'ringing' ? 'rings' : ringer.isAble() ? 'able' : 'unable';
    const told = { ...parts.condition?.(), foreground: parts.isVisible(), ring } as const;
    send({ t: 'beat', mic: open === null ? 'none' : microphone.state(), ...told, ...(open === null ? {} : { open }) });
  };

  const openMicrophone = async (by: 'touch' | 'word') => {
    open = by;
    await microphone.open(soundWishes(admitted?.echo ?? true));
    if (open === null) return;
    peer.setMicrophone(microphone.track() ?? parts.silence());
    await beat();
  };

  const shutMicrophone = () => {
    open = null;
    microphone.close();
    peer.setMicrophone(parts.silence());
  };

  /** Rings as soon as it truly can, and only then says so. */
  function tryToRing(): void {
    if (stage !== 'asked' || !canRing()) {
      // Out of sight it does not count as ringing, though its sound may go on.
      if (stage === 'ringing' && !canRing()) stage = 'asked';
      return;
    }
    ringer.start();
    goto('ringing');
    send({ t: 'rang' });
    stopWaiting();
    stopWaiting = timing.after(ITSELF_AFTER_MS, () => {
      if (mayPickUp && stage === 'ringing') pickUp('itself');
    });
  }

  const hush = () => {
    stopWaiting();
    stopWaiting = () => {};
    ringer.stop();
  };

  const pickUp = (by: 'touch' | 'itself') => {
    if (stage !== 'ringing' && stage !== 'asked') return;
    if (!send({ t: 'pick-up', by })) return;
    hush();
    goto('opening');
  };

  const ring = (itself: boolean) => {
    if (stage === 'ringing') return void send({ t: 'rang' });
    rest('asked');
    mayPickUp = itself;
    tryToRing();
  };

  /** No call: nothing of a sound path stands. */
  function rest(next: Stage): void {
    hush();
    admitted = null;
    isHeld = false;
    wasUp = false;
    mayPickUp = false;
    wantsNew = false;
    // Who called waits to be let in, and goes on wanting to talk.
    if (next !== 'waiting') wantsToTalk = false;
    peer.close();
    open = null;
    microphone.close();
    goto(next);
  }

  const letIn = (message: Admitted) => {
    hush();
    admitted = message;
    isHeld = false;
    if (open === null && wantsToTalk) void openMicrophone('touch');
    else if (open === null && message.microphone === 'now') void openMicrophone('word');
    restage();
    if (peer.state() === 'none' || wantsNew) peer.renew();
    else peer.wayIsBack();
    wantsNew = false;
  };

  const microphoneOpens = (by: 'touch' | 'now') => {
    if (by === 'now' && open === null) void openMicrophone('word');
    // What the other side's word opened, its end shuts; a touch stays.
    if (by === 'touch' && open === 'word') {
      shutMicrophone();
      void beat();
    }
  };

  const knock = async (nonce: string) => {
    const key = await keyLoaded;
    send({ t: 'knock', v: VERSION, ...(token === undefined ? {} : { token }), key: key.jwk, signature: await key.sign(nonce) });
  };

  const paired = () => {
    if (token !== undefined) parts.onPaired();
    token = undefined;
  };

  const gone = () => {
    wire.stop();
    stopBeat();
    rest('gone');
  };

  const onMessage = (message: ToField) => {
    if (message.t === 'standby' || message.t === 'ring' || message.t === 'admitted') paired();
    if (message.t === 'nonce') void knock(message.nonce);
    else if (message.t === 'wait') rest('waiting');
    else if (message.t === 'standby' || message.t === 'ended') rest('standby');
    else if (message.t === 'ring') ring(message.itself);
    else if (message.t === 'admitted') letIn(message);
    else if (message.t === 'microphone') microphoneOpens(message.opens);
    else if (message.t === 'answer') peer.answered(message.req, message.sdp);
    else if (message.t === 'offer-again' && admitted !== null) peer.renew();
    else if (message.t === 'held') {
      isHeld = message.on;
      restage();
    } else if (message.t === 'gone') gone();
  };

  const lost = () => {
    if (admitted !== null) return restage();
    hush();
    if (stage !== 'gone') goto('connecting');
  };

  const wire = makeWire({
    timing,
    open: parts.open ?? (() => openSocket('/api/field')),
    onOpen: () => {},
    onMessage: (message) => onMessage(message as ToField),
    onLost: lost,
  });

  show();
  const stopBeat = every(timing, 1_000, () => void beat());
  wire.start();

  return {
    answer: () => {
      wantsToTalk = true;
      pickUp('touch');
    },
    decline: () => {
      if (send({ t: 'decline' })) rest('standby');
    },
    call: () => {
      wantsToTalk = send({ t: 'call' });
    },
    talk: () => void openMicrophone('touch'),
    end: () => void send({ t: 'bye' }),
    changed: (what) => {
      if (what === 'network' && stage !== 'gone') {
        wantsNew = admitted !== null;
        return wire.renew();
      }
      void beat();
    },
  };
}
