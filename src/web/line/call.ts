// One call from the tap to its end: messages in, messages out, the sound path, the microphone. Draws nothing.

import type { FromField, ToField } from '../../protocol/field.ts';
import { type CameraState, type Facing, makeCamera } from './camera.ts';
import type { DeviceKey } from './key.ts';
import { echoOf, type MicState, makeMicrophone, soundWishes } from './microphone.ts';
import { makePeer, type PeerState } from './peer.ts';
import { rtcConfig } from './rtc-config.ts';
import { makeTexts, newTextId, type TextLine } from './texts.ts';
import { every, realTiming, type Timing } from './timing.ts';
import { makeWire, openSocket, type Socket } from './wire.ts';

/** What the page shows. */
export type Stage = 'microphone' | 'connecting' | 'waiting' | 'talking' | 'held' | 'lost' | 'ended' | 'gone';

/** Everything that the page shows of the call now. */
export interface CallView {
  readonly stage: Stage;
  readonly microphone: MicState;
  /** Whether the microphone is listened to, as far as is known: in doubt it is. */
  readonly isHeard: boolean;
  /** asked: the person is to say yes or no; the rest is what the camera is. */
  readonly camera: 'asked' | CameraState;
  /** From the other side: only ever shown as text. */
  readonly notice: string;
  /** What was written either way; null while this device is not let in. */
  readonly texts: readonly TextLine[] | null;
}

export interface CallParts {
  readonly token: string | undefined;
  /** Language of the page, two small letters. */
  readonly language?: string;
  readonly loadKey: () => Promise<DeviceKey>;
  readonly onView: (view: CallView) => void;
  readonly onSound: (track: MediaStreamTrack) => void;
  /** Sent where no microphone is allowed, so that the person can hear at least. */
  readonly silence: () => MediaStreamTrack | null;
  readonly timing?: Timing;
  readonly open?: () => Socket;
  readonly createPeer?: (config: RTCConfiguration) => RTCPeerConnection;
  /** What the device tells of itself. */
  readonly condition?: () => Partial<Extract<FromField, { t: 'beat' }>>;
  /** Ids for what the person writes. */
  readonly newId?: () => string;
}

export interface Call {
  /** The person wrote something. It is kept until it was taken. */
  write(text: string): void;
  /** The person agrees to be seen, by the camera towards him or the one away from him. Called inside his tap. */
  allowCamera(facing: Facing): void;
  /** He does not agree, or wants to be seen no more. */
  stopCamera(): void;
  turnCamera(): void;
  /** What others see of him, so that he sees it too. */
  ownPicture(): MediaStreamTrack | null;
  /** The person wants to be heard: asks for the microphone again. */
  retryMicrophone(): void;
  /** The network changed: everything is made anew beside what there is. */
  networkChanged(): void;
  end(): void;
  /** Nothing more is sent, not even the word that it is over: a new call begins. */
  drop(): void;
}

type Admitted = Extract<ToField, { t: 'admitted' }>;

/** Version of the messages, as in protocol/limits. */
const VERSION = 1;
/** The word "it is over" is tried to be said for this long when the path is gone. */
const FAREWELL_MS = 60_000;

/** Starts a call. To be made inside the person's tap: the microphone and the sound need it. */
export function startCall(parts: CallParts): Call {
  const timing = parts.timing ?? realTiming;
  // Begun at once: making a key takes its time, as the person's answer about the microphone does.
  const keyLoaded = parts.loadKey();
  keyLoaded.catch(() => {});
  let admitted: Admitted | null = null;
  let isAnswered = false;
  let isHeld = false;
  let isHeard = true;
  let stage: Stage = 'microphone';
  let isLeaving = false;
  let wantsNew = false;
  /** What the other side says of the camera, and whether the person agreed on this page. */
  let wanted: 'off' | 'asked' | 'on' = 'off';
  let agreed: Facing | null = null;
  let stops: (() => void)[] = [];

  const show = () =>
    parts.onView({
      stage,
      microphone: microphone.state(),
      isHeard,
      camera: wanted === 'asked' && agreed === null ? 'asked' : camera.state(),
      notice: admitted?.notice ?? '',
      texts: admitted === null ? null : texts.lines(),
    });

  const goto = (next: Stage) => {
    stage = next;
    show();
  };

  const send = (message: FromField) => wire.send(message);

  const texts = makeTexts({
    timing,
    send,
    isSeen: () => parts.condition?.().foreground !== false,
    newId: parts.newId ?? newTextId,
    onChange: () => show(),
  });

  const microphone = makeMicrophone({
    timing,
    onTrack: (track) => {
      peer.setMicrophone(track);
      show();
    },
  });

  const restage = () => {
    if (stage === 'ended' || stage === 'gone') return;
    const sound = peer.state();
    if (sound === 'up') goto(isHeld ? 'held' : 'talking');
    else if (isAnswered) goto('lost');
    else if (admitted !== null) goto('connecting');
  };

  const onPeer = (state: PeerState) => {
    if (state === 'up') isAnswered = true;
    restage();
  };

  const peer = makePeer({
    timing,
    create: parts.createPeer ?? ((config) => new RTCPeerConnection(config)),
    config: () => (admitted === null ? {} : rtcConfig(admitted)),
    maxTries: Number.POSITIVE_INFINITY,
    slots: 1,
    microphone: () => microphone.track() ?? parts.silence(),
    offer: (req, sdp) => send({ t: 'offer', req, sdp }),
    onTracks: ([track]) => {
      if (track !== undefined) parts.onSound(track);
    },
    onState: onPeer,
  });

  const camera = makeCamera({
    timing,
    create: parts.createPeer ?? ((config) => new RTCPeerConnection(config)),
    config: () => (admitted === null ? {} : rtcConfig(admitted)),
    offer: (req, sdp) => wanted === 'on' && send({ t: 'camera-offer', req, sdp }),
    onChange: () => {
      if (camera.state() === 'denied') {
        agreed = null;
        send({ t: 'camera', yes: false });
      }
      show();
    },
  });

  /** Opens only what both the person, on this page, and the other side want. */
  const cameraSaid = (is: 'off' | 'asked' | 'on') => {
    wanted = is;
    if (is === 'on' && agreed !== null) {
      if (camera.state() === 'off' || camera.state() === 'denied') void camera.start(agreed);
      else camera.peer.wayIsBack();
    }
    // A page that was opened anew has nobody's word: it must be asked for again.
    if (is === 'on' && agreed === null) send({ t: 'camera', yes: false });
    if (is === 'off') {
      agreed = null;
      camera.stop();
    }
    show();
  };

  const noCamera = () => {
    agreed = null;
    camera.stop();
    wanted = 'off';
  };

  const shut = (last: 'ended' | 'gone') => {
    for (const stop of stops) stop();
    stops = [];
    texts.stop();
    noCamera();
    peer.close();
    microphone.close();
    goto(last);
  };

  const finish = (last: 'ended' | 'gone') => {
    wire.stop();
    shut(last);
  };

  const sayBye = () => {
    send({ t: 'bye' });
    // A moment for the word to leave.
    timing.after(300, () => wire.stop());
  };

  const knock = async (nonce: string) => {
    const key = await keyLoaded;
    send({
      t: 'knock',
      v: VERSION,
      ...(parts.token === undefined ? {} : { token: parts.token }),
      key: key.jwk,
      ...(parts.language === undefined ? {} : { language: parts.language }),
      signature: await key.sign(nonce),
    });
  };

  const letIn = async (message: Admitted) => {
    const echoChanged = (admitted?.echo ?? true) !== message.echo;
    admitted = message;
    // What was said of a hold on an older socket is void: it is said again if it is so.
    isHeld = false;
    isHeard = true;
    if (isLeaving) return sayBye();
    texts.wayIsOpen();
    if (echoChanged && microphone.state() === 'ok') await microphone.open(soundWishes(message.echo));
    if (admitted !== message || isLeaving) return;
    restage();
    // A path that still stands is kept: the call went on without this socket.
    if (peer.state() === 'none' || wantsNew) peer.renew();
    else peer.wayIsBack();
    wantsNew = false;
  };

  const turnedAway = () => {
    if (isLeaving) return sayBye();
    // Nothing of a sound path may stand before the other side lets us in, and nothing is said.
    admitted = null;
    texts.wayIsShut();
    isAnswered = false;
    isHeld = false;
    isHeard = true;
    noCamera();
    peer.close();
    goto('waiting');
  };

  /** Asks for the microphone anew; the path stays and sends the new one as soon as it is there. */
  const setEcho = (on: boolean) => {
    if (admitted === null) return;
    admitted = { ...admitted, echo: on };
    if (microphone.state() === 'ok') void microphone.open(soundWishes(on)).then(show);
  };

  const onMessage = (message: ToField) => {
    if (message.t === 'nonce') void knock(message.nonce);
    else if (message.t === 'wait') turnedAway();
    else if (message.t === 'admitted') void letIn(message);
    else if (message.t === 'answer') peer.answered(message.req, message.sdp);
    else if (message.t === 'camera') cameraSaid(message.is);
    else if (message.t === 'camera-answer') camera.peer.answered(message.req, message.sdp);
    else if (message.t === 'camera-offer-again' && camera.state() === 'on') camera.peer.renew();
    else if (message.t === 'offer-again' && admitted !== null && !isLeaving) peer.renew();
    else if (message.t === 'held') {
      isHeld = message.on;
      restage();
    } else if (message.t === 'heard') {
      isHeard = message.on;
      show();
    } else if (message.t === 'echo') setEcho(message.on);
    else if (message.t === 'text') texts.came(message.n, message.text);
    else if (message.t === 'text-got') texts.taken(message.id);
    else if (message.t === 'ended') finish('ended');
    else if (message.t === 'gone') finish(isLeaving ? 'ended' : 'gone');
  };

  const wire = makeWire({
    timing,
    open: parts.open ?? (() => openSocket('/api/field')),
    onOpen: () => {},
    onMessage: (message) => onMessage(message as ToField),
    onLost: () => {
      texts.wayIsShut();
      // Nobody could tell the page that it is listened to again: it says so itself.
      isHeard = true;
      restage();
      show();
    },
  });

  const beat = async () => {
    const was = microphone.state();
    microphone.check(await peer.microphoneEnergy().catch(() => null));
    if (microphone.state() !== was) show();
    const echo = echoOf(microphone.track());
    send({
      t: 'beat',
      mic: microphone.state(),
      foreground: true,
      ...(echo === undefined ? {} : { echo }),
      ...parts.condition?.(),
    });
  };

  const begin = async () => {
    show();
    await microphone.open(soundWishes(true));
    if (stage !== 'microphone') return;
    goto('connecting');
    stops.push(every(timing, 1_000, () => void beat()));
    wire.start();
  };
  void begin();

  return {
    allowCamera: (facing) => {
      if (wanted !== 'asked') return;
      agreed = facing;
      send({ t: 'camera', yes: true });
      show();
    },
    stopCamera: () => {
      // The picture is gone here and now, whatever becomes of the message.
      noCamera();
      send({ t: 'camera', yes: false });
      show();
    },
    turnCamera: () => void camera.turn(),
    ownPicture: () => camera.track(),
    write: (text) => texts.write(text),
    retryMicrophone: () => void microphone.open(soundWishes(admitted?.echo ?? true)).then(show),
    networkChanged: () => {
      if (stage === 'microphone' || stage === 'ended' || stage === 'gone') return;
      wantsNew = admitted !== null;
      wire.renew();
    },
    end: () => {
      if (stage === 'ended' || stage === 'gone') return;
      isLeaving = true;
      shut('ended');
      if (wire.isOpen()) sayBye();
      else if (admitted === null) wire.stop();
      else timing.after(FAREWELL_MS, () => wire.stop());
    },
    drop: () => {
      texts.stop();
      camera.stop();
      wire.stop();
    },
  };
}
