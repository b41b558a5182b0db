// The door of the subject's pages, link and field phone. Knows a token and a device key; says nothing of the team. Decides nothing.
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import type { WebSocket } from 'ws';
import { isHeard } from '../../core/audio/kept.ts';
import { cameraOfLine, camOfLine, maySeeLine } from '../../core/incident/cameras.ts';
import { isEchoOn } from '../../core/incident/echo.ts';
import { isOver } from '../../core/incident/incident.ts';
import { type Line, legOfLine } from '../../core/incident/lines.ts';
import { isRinging, mayOpenByAuthority, microphoneIsOpen, phoneOf } from '../../core/incident/phones.ts';
import type { Actor } from '../../core/incident/topic.ts';
import type { IncidentState } from '../../core/incident/topics.ts';
import { isUnsafe } from '../../core/line/machine.ts';
import { type FromField, fromField, type ToField } from '../../protocol/field.ts';
import { BEAT_EVERY_MS, PROTOCOL_VERSION } from '../../protocol/limits.ts';
import { tokenHash } from '../access/tokens.ts';
import type { Ice } from '../ice.ts';
import type { Claim } from '../reactions/sound.ts';
import type { House, Rooms } from '../rooms.ts';
import { FieldTexts } from './field-texts.ts';
import { CLOSE, openWire, type Wire } from './wire.ts';

type Phase = 'new' | 'wait' | 'standby' | 'ring' | 'admitted' | 'held' | 'ended' | 'gone';
/** Refusals of a knock that no later knock can undo: no such line, link expired. */
/** A page knocks by a tap, before which it has no socket: one that does not, or whose link is gone, is closed after this, in ms. */
const NO_PLACE_LIMIT_MS = 10_000;
/** Sockets without a place in a line, all together: beyond that the oldest goes, so that a flood cannot keep out who has one. */
const MOST_WITHOUT_PLACE = 256;

const ENDS_LINK: ReadonlySet<string> = new Set(['N1', 'N3']);

type Knock = Extract<FromField, { t: 'knock' }>;

interface Place {
  readonly house: House;
  readonly lineId: string;
  readonly deviceId: string;
}

interface FieldParts {
  readonly rooms: Rooms;
  readonly ice: Ice;
  /** What the device says it is. */
  readonly describes: string;
  /** It came by an address of this machine; otherwise it learns only the announced ones. */
  readonly isInside: boolean;
}

/** Serves one subject's page until its socket closes. */
export function serveField(socket: WebSocket, parts: FieldParts): void {
  const session = new FieldSession(parts);
  session.wire = openWire<FromField, ToField>(socket, fromField, {
    message: (m) => void session.message(m),
    closed: () => session.closed(),
  });
  session.start();
}

async function keyProved(knock: Knock, nonce: string): Promise<boolean> {
  try {
    const key = await webcrypto.subtle.importKey('jwk', knock.key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    return await webcrypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      Buffer.from(knock.signature, 'base64url'),
      Buffer.from(nonce, 'utf8'),
    );
  } catch {
    return false;
  }
}

/** What the page is to show for a device of a line. */
function phaseOf(state: IncidentState, { lineId, deviceId }: Omit<Place, 'house'>): Phase {
  const line = state.lines.byId[lineId];
  if (line === undefined || line.state === 'closed') return 'gone';
  if (line.waiting.some((d) => d.deviceId === deviceId)) return 'wait';
  if (line.admitted?.deviceId !== deviceId) return 'gone';
  if (line.state === 'held' || (line.state === 'lost' && line.onHold)) return 'held';
  if (isRinging(state.phones, line)) return 'ring';
  if (isUnsafe(line.state)) return 'admitted';
  return line.kind === 'field' ? 'standby' : 'ended';
}

/** What opens the microphone of this line's device; undefined: the call itself does. */
function microphoneOf(state: IncidentState, line: Line | undefined): 'touch' | 'now' | undefined {
  if (line?.kind !== 'field') return undefined;
  return mayOpenByAuthority(state, line.id) ? 'now' : 'touch';
}

/** What a paired phone may ask for, beside what every page may. */
const ASKS = {
  rang: () => ({ type: 'tell-rang' }),
  'pick-up': ({ by }: Extract<FromField, { t: 'pick-up' }>) => ({ type: 'answer-ring', by }),
  decline: () => ({ type: 'decline-ring' }),
  call: () => ({ type: 'call-in' }),
} as const;

const withoutPlace = new Set<FieldSession>();

class FieldSession {
  readonly #rooms: Rooms;
  readonly #ice: Ice;
  readonly #describes: string;
  readonly #isInside: boolean;
  readonly #nonce = randomBytes(24).toString('base64url');
  readonly #stops: (() => void)[] = [];
  readonly #texts = new FieldTexts((message) => this.#send(message));
  #place: Place | null = null;
  #phase: Phase = 'new';
  #microphone: 'touch' | 'now' | undefined;
  #heard: boolean | null = null;
  /** What the page was told of echo cancellation last. */
  #echo: boolean | null = null;
  #camera: 'off' | 'asked' | 'on' | null = null;
  #closed = false;
  #knocking = false;
  wire: Wire<ToField> | null = null;

  constructor(parts: FieldParts) {
    this.#rooms = parts.rooms;
    this.#ice = parts.ice;
    this.#describes = parts.describes;
    this.#isInside = parts.isInside;
  }

  start(): void {
    this.#send({ t: 'nonce', v: PROTOCOL_VERSION, nonce: this.#nonce });
    const beat = setInterval(() => this.#send({ t: 'beat' }), BEAT_EVERY_MS).unref();
    const limit = setTimeout(() => this.shutOut(), NO_PLACE_LIMIT_MS).unref();
    this.#stops.push(
      () => clearInterval(beat),
      () => clearTimeout(limit),
      () => withoutPlace.delete(this),
    );
    withoutPlace.add(this);
    const [oldest] = withoutPlace;
    if (withoutPlace.size > MOST_WITHOUT_PLACE) oldest?.shutOut();
  }

  /** Closes the socket unless it has a place in a line. */
  shutOut(): void {
    if (!withoutPlace.delete(this)) return;
    this.wire?.close(this.#phase === 'gone' ? CLOSE.gone : CLOSE.tooMany, 'no knock');
  }

  #send(message: ToField): void {
    this.wire?.send(message);
  }

  async message(message: FromField): Promise<void> {
    if (message.t === 'knock') return this.#knock(message);
    if (this.#place === null) return message.t === 'beat' ? undefined : this.wire?.close(CLOSE.malformed, 'knock first');
    switch (message.t) {
      case 'offer':
        return this.#offer(this.#place, message);
      case 'camera':
        return this.#answerCamera(this.#place, message.yes);
      case 'camera-offer':
        return this.#offerCamera(this.#place, message);
      case 'beat':
        return this.#beat(this.#place, message);
      case 'text':
      case 'text-shown':
        if (this.#isMine()) await this.#texts.take(this.#place.house.room, this.#actor(this.#place), message);
        return;
      case 'bye':
        if (this.#isMine()) await this.#submit(this.#place, { type: 'leave-line' });
        return;
      case 'pick-up':
        return this.#submit(this.#place, ASKS['pick-up'](message));
      default:
        return this.#submit(this.#place, ASKS[message.t]());
    }
  }

  async #submit(place: Place, command: { readonly type: string; readonly [field: string]: unknown }): Promise<void> {
    await place.house.room.submit(this.#actor(place), { ...command, lineId: place.lineId });
  }

  async #beat(place: Place, message: Extract<FromField, { t: 'beat' }>): Promise<void> {
    const { t: _, ...told } = message;
    const { house, lineId } = place;
    const isPhone = this.#isPhone();
    if (this.#isMine() || isPhone) house.signals.far(lineId, told as never);
    if (isPhone) house.phones.tells(lineId, told as never);
    // Told with every beat: what the log refused once is asked again.
    if (!isPhone || !this.#isMine() || told.open === undefined) return;
    const { microphone } = phoneOf(house.room.state.phones, lineId);
    const by = told.open === 'touch' ? 'touch' : 'authority';
    if (microphone !== by && microphone !== 'touch') await this.#submit(place, { type: 'open-phone-mic', by });
  }

  /** True for the paired phone of a field line, in a call or not. */
  #isPhone(): boolean {
    if (this.#place === null) return false;
    const { house, lineId, deviceId } = this.#place;
    const line = house.room.state.lines.byId[lineId];
    return line?.kind === 'field' && line.admitted?.deviceId === deviceId && line.state !== 'closed';
  }

  #isMine(): boolean {
    return this.#phase === 'admitted' || this.#phase === 'held';
  }

  #actor({ lineId, deviceId }: Place): Actor {
    return { kind: 'device', lineId, deviceId };
  }

  async #knock(knock: Knock): Promise<void> {
    if (this.#place !== null || this.#knocking) return this.wire?.close(CLOSE.malformed, 'knocked already');
    this.#knocking = true;
    if (knock.v !== PROTOCOL_VERSION) return this.wire?.close(CLOSE.malformed, 'another version');
    const deviceId = createHash('sha256').update(`${knock.key.x}.${knock.key.y}`).digest('hex');
    const found = this.#find(knock.token, deviceId);
    // Before the signature: a crowd must not cost work for each of its keys.
    if (found !== undefined && !found.house.links.mayKnock(found.lineId, { deviceId, at: Date.now() }))
      return this.wire?.close(CLOSE.tooMany, 'too many devices: try again');
    if (!(await keyProved(knock, this.#nonce))) return this.wire?.close(CLOSE.malformed, 'not a key of this socket');
    if (found === undefined) return this.#show('gone');
    this.#place = { ...found, deviceId };
    const outcome = await found.house.room.submit(this.#actor(this.#place), {
      type: 'knock',
      lineId: found.lineId,
      deviceId,
      describes: this.#describes,
      ...(knock.language === undefined ? {} : { language: knock.language }),
    });
    if (this.#closed) return;
    if ('rule' in outcome) {
      // A full waiting room or a full disk passes: only a link that will never work again stops the page.
      return ENDS_LINK.has(outcome.rule) ? this.#show('gone') : this.wire?.close(CLOSE.tooMany, 'not now: try again');
    }
    this.#follow(this.#place);
  }

  /** By the token of the address, or without one by the key that a line admitted before. */
  #find(token: string | undefined, deviceId: string): { house: House; lineId: string } | undefined {
    const hash = token === undefined ? null : tokenHash(token);
    let found: { house: House; lineId: string } | undefined;
    for (const house of this.#rooms.all()) {
      if (hash === null && isOver(house.room.state.incident)) continue;
      const line =
        hash === null
          ? Object.values(house.room.state.lines.byId).findLast((l) => l.admitted?.deviceId === deviceId && l.state !== 'closed')
          : house.links.lineOf(hash);
      if (line !== undefined) found = { house, lineId: line.id };
    }
    return found;
  }

  /** From now on the page shows what the log says of its line. */
  #follow({ house, lineId, deviceId }: Place): void {
    withoutPlace.delete(this);
    const look = () => {
      if (this.#closed) return;
      const { state } = house.room;
      const line = state.lines.byId[lineId];
      this.#show(phaseOf(state, { lineId, deviceId }));
      const microphone = microphoneOf(state, line);
      if (this.#isMine() && microphone !== undefined && microphone !== this.#microphone) this.#send({ t: 'microphone', opens: microphone });
      this.#microphone = microphone;
      if (line !== undefined && this.#isMine()) this.#tellHeard(microphoneIsOpen(state, line) && isHeard(state, line));
      this.#tellEcho(isEchoOn(state.echo, lineId));
      this.#showCamera(house, lineId);
      if (this.#isMine()) this.#texts.look(state, { lineId, deviceId });
      else this.#texts.forget();
    };
    this.#stops.push(
      house.waiting.arrive(lineId, deviceId),
      house.room.listen(look),
      house.sound.onOfferAgain((leg) => leg === camOfLine(lineId) && this.#camera === 'on' && this.#send({ t: 'camera-offer-again' })),
      house.sound.onOfferAgain((leg) => leg === legOfLine(lineId) && this.#isMine() && this.#send({ t: 'offer-again' })),
    );
    look();
  }

  #show(phase: Phase): void {
    if (phase === this.#phase) return;
    const was = this.#phase;
    this.#phase = phase;
    const inCall = was === 'admitted' || was === 'held';
    if (inCall && !this.#isMine() && !this.#isPhone()) this.#place?.house.signals.far(this.#place.lineId, null);
    switch (phase) {
      case 'wait':
      case 'standby':
        return this.#send({ t: phase });
      case 'ring':
        return this.#ring();
      case 'held':
      case 'admitted':
        if (!inCall) this.#admitted();
        if (phase === 'held' || was === 'held') this.#send({ t: 'held', on: phase === 'held' });
        return;
      case 'ended':
        return this.#send({ t: 'ended' });
      default:
        return this.#send({ t: 'gone' });
    }
  }

  #tellEcho(on: boolean): void {
    if (!this.#isMine() || this.#echo === on) return;
    this.#echo = on;
    this.#send({ t: 'echo', on });
  }

  #ring(): void {
    if (this.#place === null) return;
    const { house, lineId } = this.#place;
    this.#send({ t: 'ring', itself: phoneOf(house.room.state.phones, lineId).answersItself });
  }

  /** The far end is told the truth about its microphone, and only when it changes. */
  #tellHeard(on: boolean): void {
    if (on === this.#heard) return;
    this.#heard = on;
    this.#send({ t: 'heard', on });
  }

  #admitted(): void {
    if (this.#place === null) return;
    const { house, lineId, deviceId } = this.#place;
    const { state } = house.room;
    const { servers, relayOnly } = this.#ice.forSession(lineId);
    const ice = servers.map((s) => ({ ...s, urls: [...s.urls] }));
    const microphone = microphoneOf(state, state.lines.byId[lineId]);
    this.#microphone = microphone;
    const given = state.notice.given[lineId];
    const notice = given?.deviceId === deviceId ? given.text : '';
    const echo = isEchoOn(state.echo, lineId);
    this.#heard = null;
    this.#echo = echo;
    this.#send({ t: 'admitted', notice, echo, ice, relayOnly, ...(microphone === undefined ? {} : { microphone }) });
  }

  /** By what the log says now, not by what the page was told last: the line may be another device's, or closed. */
  #claim(place: Place, also: () => boolean = () => true): Claim {
    const inCall = () => ['admitted', 'held'].includes(phaseOf(place.house.room.state, place));
    return { by: place.deviceId, holds: () => inCall() && also() };
  }

  async #offer(place: Place, { req, sdp }: Extract<FromField, { t: 'offer' }>): Promise<void> {
    if (!this.#isMine()) return;
    const { house, lineId } = place;
    try {
      const profile = { hearSlots: 1, warm: true, onlyAnnounced: !this.#isInside };
      const answer = await house.sound.answer(legOfLine(lineId), sdp, { profile, claim: this.#claim(place) });
      this.#send({ t: 'answer', req, sdp: answer });
    } catch (cause) {
      process.emitWarning(`no sound for line ${lineId}: ${String(cause)}`);
      setTimeout(() => !this.#closed && this.#isMine() && this.#send({ t: 'offer-again' }), BEAT_EVERY_MS).unref();
    }
  }

  /** Told after each admission, and at each change while the device is in its call. Nothing of pictures is said before. */
  #showCamera(house: House, lineId: string): void {
    if (!this.#isMine()) {
      this.#camera = null;
      return;
    }
    const is = maySeeLine(house.room.state, lineId) ? 'on' : cameraOfLine(house.room.state, lineId)?.state === 'asked' ? 'asked' : 'off';
    if (is === this.#camera) return;
    this.#camera = is;
    this.#send({ t: 'camera', is });
  }

  async #answerCamera(place: Place, yes: boolean): Promise<void> {
    if (!this.#isMine()) return;
    const { lineId } = place;
    const isOn = cameraOfLine(place.house.room.state, lineId)?.state === 'on';
    const command = isOn && !yes ? { type: 'stop-camera', lineId } : { type: 'answer-camera', lineId, yes };
    await place.house.room.submit(this.#actor(place), command);
  }

  async #offerCamera(place: Place, { req, sdp }: Extract<FromField, { t: 'camera-offer' }>): Promise<void> {
    const { house, lineId } = place;
    // The consent may be taken back while it is on its way.
    const claim = this.#claim(place, () => maySeeLine(house.room.state, lineId));
    if (!this.#isMine() || !claim.holds()) return;
    try {
      const profile = { hearSlots: 0, warm: false, camera: true };
      const answer = await house.sound.answer(camOfLine(lineId), sdp, { profile, claim });
      this.#send({ t: 'camera-answer', req, sdp: answer });
    } catch (cause) {
      process.emitWarning(`no picture for line ${lineId}: ${String(cause)}`);
      setTimeout(() => !this.#closed && this.#camera === 'on' && this.#send({ t: 'camera-offer-again' }), BEAT_EVERY_MS).unref();
    }
  }

  closed(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    if (this.#place !== null && (this.#isMine() || this.#isPhone())) this.#place.house.signals.far(this.#place.lineId, null);
  }
}
