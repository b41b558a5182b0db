// One call from the knock to its end, as the person's page does it: messages in, messages out, sound both ways. Says nothing by itself.
import type { ToField } from '../protocol/field.ts';
import { BEAT_EVERY_MS, PROTOCOL_VERSION } from '../protocol/limits.ts';
import { type Ears, makeEars } from './ears.ts';
import { isThisMachine, stackServers } from './ice.ts';
import type { DeviceKey } from './key.ts';
import { type Mouth, makeMouth } from './mouth.ts';
import { type FieldSocket, makeFieldSocket } from './socket.ts';
import { makeSound, type Sound } from './sound.ts';
import { every, type Timing } from './timing.ts';

/** What happens in a call. */
export type CallEvent =
  /** Not let in yet. `device`: its name at the box, to be let in by. */
  | { readonly event: 'waiting'; readonly device: string }
  | { readonly event: 'admitted'; readonly notice: string; readonly echo: boolean }
  /** Sound flows. `again`: it had been lost. */
  | { readonly event: 'sound'; readonly again: boolean }
  /** The way of sound or the socket is gone and is made anew. */
  | { readonly event: 'lost'; readonly what: 'sound' | 'socket'; readonly why: string }
  | { readonly event: 'hears' }
  /** The other side spoke for so long and has finished. */
  | { readonly event: 'heard'; readonly ms: number }
  | { readonly event: 'tones'; readonly db: Readonly<Record<string, number>> }
  | { readonly event: 'held'; readonly on: boolean }
  /** The call is over. */
  | { readonly event: 'ended' }
  /** The address does not work, or works no more. */
  | { readonly event: 'gone' };

export interface CallParts {
  readonly timing: Timing;
  /** The address that was handed out, its token in the fragment. */
  readonly address: URL;
  readonly key: DeviceKey;
  /** Tones to measure in what is heard, Hz. */
  readonly tones: readonly number[];
  /** Packets to send while nothing is said; silence without it. */
  readonly rest?: Iterator<Uint8Array, never> | undefined;
  readonly onEvent: (event: CallEvent) => void;
}

export interface Call {
  readonly mouth: Mouth;
  readonly ears: Pick<Ears, 'isSpeech' | 'speakingMs'>;
  /** Sound flows, and the other side has not put us on hold. */
  canTalk(): boolean;
  isHeld(): boolean;
  isOver(): boolean;
  /** Says that it is over; 'ended' follows, at the latest when the box did not answer in time. */
  hangUp(): void;
  /** Stops everything at once, with no word and no event. */
  drop(): void;
}

/** A farewell that the box does not answer in this time counts as heard. */
const FAREWELL_MS = 1_000;
/** Without a socket the word is kept this long for the next one. */
const AWAY_MS = 10_000;
const EAR_TICK_MS = 100;

/** Starts a call. */
export function startCall(parts: CallParts): Call {
  const { timing, key, address } = parts;
  let phase: 'outside' | 'waiting' | 'inside' | 'over' = 'outside';
  let isHeld = false;
  let isLeaving = false;
  let hadSound = false;
  let stops: (() => void)[] = [];

  const tell = (event: CallEvent) => {
    if (phase !== 'over' || event.event === 'ended' || event.event === 'gone') parts.onEvent(event);
  };

  const mouth = makeMouth(timing, (packet, index) => sound.send(packet, index), parts.rest);

  const ears: Ears = makeEars({
    timing,
    isSpeaking: mouth.isSpeaking,
    onSpeech: (change) => tell(change.is === 'began' ? { event: 'hears' } : { event: 'heard', ms: Math.round(change.spokenMs) }),
    tones: parts.tones,
    onTones: (db) => tell({ event: 'tones', db }),
  });

  const sound: Sound = makeSound({
    timing,
    bindAddress: isThisMachine(address) ? '127.0.0.1' : undefined,
    slots: 1,
    offer: (req, sdp) => socket.send({ t: 'offer', req, sdp }),
    onState: (state, why) => {
      if (state === 'lost') tell({ event: 'lost', what: 'sound', why });
      if (state !== 'up') return;
      tell({ event: 'sound', again: hadSound });
      hadSound = true;
    },
    onPacket: (packet, stream) => ears.hear(packet, stream),
  });

  const drop = () => {
    phase = 'over';
    for (const stop of stops) stop();
    stops = [];
    mouth.stop();
    sound.close();
    socket.stop();
  };

  const finish = (event: 'ended' | 'gone') => {
    if (phase === 'over') return;
    drop();
    tell({ event });
  };

  const knock = async (nonce: string) => {
    const token = address.hash.slice(1);
    socket.send({ t: 'knock', v: PROTOCOL_VERSION, ...(token === '' ? {} : { token }), key: key.jwk, signature: await key.sign(nonce) });
  };

  const letIn = (message: Extract<ToField, { t: 'admitted' }>) => {
    if (isLeaving) return void socket.send({ t: 'bye' });
    phase = 'inside';
    // What was said of a hold on an older socket is void: it is said again if it is so.
    isHeld = false;
    tell({ event: 'admitted', notice: message.notice, echo: message.echo });
    mouth.start();
    sound.wayIsBack({ servers: stackServers(message.ice), relayOnly: message.relayOnly });
  };

  const turnedAway = () => {
    if (isLeaving) return finish('ended');
    // Nothing of a way of sound may stand before the other side lets us in.
    phase = 'waiting';
    isHeld = false;
    hadSound = false;
    mouth.stop();
    sound.close();
    tell({ event: 'waiting', device: key.deviceId });
  };

  const onMessage = (message: ToField) => {
    switch (message.t) {
      case 'nonce':
        return void knock(message.nonce);
      case 'wait':
        return turnedAway();
      case 'admitted':
        return letIn(message);
      case 'answer':
        return sound.answered(message.req, message.sdp);
      case 'offer-again':
        if (phase === 'inside') sound.renew();
        return;
      case 'held':
        isHeld = message.on;
        if (isHeld) mouth.hush();
        return tell({ event: 'held', on: message.on });
      case 'camera':
        if (message.is === 'asked') socket.send({ t: 'camera', yes: false }); // it has none
        return;
      case 'ended':
        return finish('ended');
      case 'gone':
        return finish(isLeaving ? 'ended' : 'gone');
      case 'beat':
        return;
    }
  };

  const socket: FieldSocket = makeFieldSocket({
    timing,
    address,
    onMessage,
    onLost: (why) => tell({ event: 'lost', what: 'socket', why }),
  });

  stops.push(
    every(timing, BEAT_EVERY_MS, () => socket.send({ t: 'beat', mic: 'ok', foreground: true, network: 'simulated' })),
    every(timing, EAR_TICK_MS, ears.tick),
  );
  socket.start();

  return {
    mouth,
    ears,
    canTalk: () => phase === 'inside' && !isHeld && sound.state() === 'up',
    isHeld: () => isHeld,
    isOver: () => phase === 'over',
    hangUp: () => {
      if (phase === 'over' || isLeaving) return;
      isLeaving = true;
      mouth.stop();
      sound.close();
      // Before admission there is nobody to tell.
      if (phase !== 'inside') return finish('ended');
      const isTold = socket.send({ t: 'bye' });
      stops.push(timing.after(isTold ? FAREWELL_MS : AWAY_MS, () => finish('ended')));
    },
    drop,
  };
}
