// The door of consoles: one socket, one person, one incident. Parses, says who asks, hands over; decides nothing.
import type { WebSocket } from 'ws';
import { MAX_VIEWS } from '../../core/audio/route.ts';
import { camOfPerson, maySendPictures, seeOfPerson } from '../../core/incident/cameras.ts';
import { legOfPerson } from '../../core/incident/legs.ts';
import { isOutsider, type Person, type Role, refuse } from '../../core/incident/topic.ts';
import { MediaFault } from '../../ports/media.ts';
import type { Me } from '../../protocol/http.ts';
import { BEAT_EVERY_MS, PROTOCOL_VERSION } from '../../protocol/limits.ts';
import { type FromTeam, fromTeam, type ToTeam } from '../../protocol/team.ts';
import type { Ice } from '../ice.ts';
import type { Claim } from '../reactions/sound.ts';
import type { House } from '../rooms.ts';
import { CLOSE, openWire, type Wire } from './wire.ts';

const TEAM_SLOTS = 8;
/** Asked for by HTTP doors, which make tokens, find files and do what the command tells of: nobody may only say so. */
const BY_OTHER_DOORS: ReadonlySet<string> = new Set([
  'open-incident',
  'issue-link',
  'read-again',
  'read-recording',
  'read-paper',
  'read-upload',
]);
const PICTURE_PROFILES = {
  watch: { hearSlots: 0, warm: false, seeSlots: MAX_VIEWS },
  camera: { hearSlots: 0, warm: false, camera: true },
} as const;

interface TeamParts {
  readonly me: Me;
  readonly house: House;
  readonly ice: Ice;
  /** The session that opened the socket: its id, and whether it is open still. */
  readonly session: { readonly id: string; readonly isOpen: () => boolean };
}

/** Serves one console until its socket closes. `house`: of an incident in which `me` has a role. */
export function serveTeam(socket: WebSocket, parts: TeamParts): void {
  const session = new TeamSession(parts);
  session.wire = openWire<FromTeam, ToTeam>(socket, fromTeam, { message: (m) => session.message(m), closed: () => session.closed() });
}

class TeamSession {
  readonly #me: Me;
  readonly #who: Person;
  readonly #house: House;
  readonly #ice: Ice;
  readonly #stops: (() => void)[] = [];
  readonly #linksTold = new Set<string>();
  #greeted = false;
  wire: Wire<ToTeam> | null = null;

  readonly #session: TeamParts['session'];

  constructor({ me, house, ice, session }: TeamParts) {
    this.#session = session;
    this.#me = me;
    this.#who = { kind: 'person', personId: me.personId, name: me.name };
    this.#house = house;
    this.#ice = ice;
  }

  #send(message: ToTeam): void {
    this.wire?.send(message);
  }

  message(message: FromTeam): void {
    if (message.t === 'hello') return this.#hello(message);
    if (!this.#greeted) return this.wire?.close(CLOSE.malformed, 'hello comes first');
    switch (message.t) {
      case 'command':
        return this.#command(message.id, message.command);
      case 'offer':
        void this.#offer(message.req, message.sdp);
        return;
      case 'picture-offer':
        void this.#offerPictures(message);
        return;
      case 'leave-pictures':
        void this.#house.sound.endPictures(this.#pictureLeg(message.of)).catch(() => undefined);
        return;
      case 'leave-sound':
        void this.#house.sound.leave(this.#me.personId);
        return;
      case 'holding':
        return this.#house.loudhailer.holding(this.#me.personId, message.lineId);
      case 'muted':
        return this.#house.signals.mute(this, message.on);
      case 'beat':
        return;
    }
  }

  #hello({ v, after, roles: held }: Extract<FromTeam, { t: 'hello' }>): void {
    if (v !== PROTOCOL_VERSION || this.#greeted) return this.wire?.close(CLOSE.malformed, 'another version: reload');
    this.#greeted = true;
    const { room, signals, sound } = this.#house;
    const head = room.state.seq;
    const roles = this.#roles();
    const { servers, relayOnly } = this.#ice.forSession(this.#me.personId);
    this.#send({
      t: 'welcome',
      v: PROTOCOL_VERSION,
      you: { personId: this.#me.personId, name: this.#me.name, roles },
      head,
      ice: servers,
      relayOnly,
    });
    const leg = legOfPerson(this.#me.personId);
    this.#stops.push(
      room.watch(
        {
          personId: this.#me.personId,
          send: (entries) => {
            this.wire?.sendText(`{"t":"entries","entries":[${entries.join(',')}]}`);
            this.#tellLinks();
          },
          reset: (now) => {
            this.#send({ t: 'reset', roles: now });
            if (now.length === 0) this.wire?.close(CLOSE.gone, 'no role here any more');
          },
        },
        { after, roles: held },
      ),
      signals.listen((text) => this.#tellMoment(text)),
      sound.onSlots((of, slots) => of === leg && this.#send({ t: 'slots', slots })),
      sound.onSlots((of, slots) => of === this.#pictureLeg('watch') && this.#send({ t: 'views', slots })),
      sound.onOfferAgain((of) => of === leg && this.#send({ t: 'offer-again' })),
      sound.onOfferAgain((lost) => {
        for (const of of ['watch', 'camera'] as const) if (lost === this.#pictureLeg(of)) this.#send({ t: 'picture-offer-again', of });
      }),
    );
    signals.arrive(this, this.#me.personId);
    const beat = setInterval(() => this.#send({ t: 'beat', at: Date.now() }), BEAT_EVERY_MS).unref();
    this.#stops.push(() => clearInterval(beat));
    this.#tellLinks();
  }

  #tellMoment(text: string): void {
    const { signals } = this.#house;
    const outside = isOutsider(this.#roles());
    if (outside) this.#send({ t: 'signals', signals: signals.nowFor(this.#me.personId) });
    else this.wire?.sendText(text);
  }

  /** Addresses go to those who may hand them out, once each. */
  #tellLinks(): void {
    const roles = this.#roles();
    if (!roles.some((r) => r === 'primary' || r === 'coach' || r === 'leader' || r === 'technical')) return;
    for (const made of this.#house.links.known()) {
      if (this.#linksTold.has(made.lineId)) continue;
      this.#linksTold.add(made.lineId);
      this.#send({ t: 'link', ...made });
    }
  }

  #command(id: string, command: { readonly type: string }): void {
    if (BY_OTHER_DOORS.has(command.type))
      return this.#send({ t: 'refused', id, refusal: refuse('T63', 'This is not asked for here.', 'Use the button for it.') });
    void this.#house.room.submit(this.#who, command, id).then((outcome) => {
      if ('rule' in outcome) this.#send({ t: 'refused', id, refusal: outcome });
      else if ('unlogged' in outcome) this.#send({ t: 'unlogged', id });
      else this.#send({ t: 'ack', id, seq: outcome.seq });
    });
  }

  async #offer(req: number, sdp: string): Promise<void> {
    const roles = this.#roles();
    if (roles.length === 0) return this.#send({ t: 'no-sound', req, why: 'You have no role here.', next: 'Ask the leader.' });
    try {
      const profile = { hearSlots: TEAM_SLOTS, warm: roles.includes('primary') || roles.includes('coach') };
      const answer = await this.#house.sound.answer(legOfPerson(this.#me.personId), sdp, { profile, claim: this.#claim() });
      this.#send({ t: 'answer', req, sdp: answer });
    } catch (cause) {
      const why = cause instanceof MediaFault ? cause.message : 'The sound could not be set up.';
      this.#send({ t: 'no-sound', req, why, next: 'Parley tries again by itself; if it goes on, look at the health page.' });
    }
  }

  #roles(): readonly Role[] {
    return this.#house.room.state.people[this.#me.personId]?.roles ?? [];
  }

  #claim(also: () => boolean = () => true): Claim {
    return { by: this.#session.id, holds: () => this.#session.isOpen() && this.#roles().length > 0 && also() };
  }

  #pictureLeg(of: 'watch' | 'camera'): string {
    return of === 'watch' ? seeOfPerson(this.#me.personId) : camOfPerson(this.#me.personId);
  }

  async #offerPictures({ of, req, sdp }: Extract<FromTeam, { t: 'picture-offer' }>): Promise<void> {
    const leg = this.#pictureLeg(of);
    const claim = this.#claim(() => of !== 'camera' || maySendPictures(this.#house.room.state, leg));
    if (!claim.holds())
      return this.#send({ t: 'no-picture', of, req, why: 'Your camera is not on in this incident.', next: 'Start it again.' });
    try {
      this.#send({ t: 'picture-answer', of, req, sdp: await this.#house.sound.answer(leg, sdp, { profile: PICTURE_PROFILES[of], claim }) });
    } catch (cause) {
      const why = cause instanceof MediaFault ? cause.message : 'The picture could not be set up.';
      this.#send({ t: 'no-picture', of, req, why, next: 'Parley tries again by itself. The sound is not touched by it.' });
    }
  }

  closed(): void {
    for (const stop of this.#stops) stop();
    const last = this.#house.signals.leave(this);
    const { room } = this.#house;
    const { personId } = this.#me;
    // A held key of a console that went away cannot be released there.
    if (last) this.#house.loudhailer.left(personId);
    if (last && room.state.voice[personId] !== undefined)
      void room.submit({ kind: 'parley' }, { type: 'close-mic-of', personId, cause: 'the console went away' });
  }
}
