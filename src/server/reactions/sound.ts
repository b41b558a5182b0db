// Reaction: makes the media worker match the state, and tells the room what the worker saw. Decides nothing about who hears whom.
import { guardsOf } from '../../core/audio/guard.ts';
import { withheld } from '../../core/audio/kept.ts';
import { route } from '../../core/audio/route.ts';
import { camOfPerson, maySendPictures, ownerOfCamera, seeOfPerson } from '../../core/incident/cameras.ts';
import { isOver } from '../../core/incident/incident.ts';
import { legOfPerson } from '../../core/incident/legs.ts';
import type { Line } from '../../core/incident/lines.ts';
import { legOfLine } from '../../core/incident/lines.ts';
import type { Actor } from '../../core/incident/topic.ts';
import { type Media, type MediaEvent, MediaFault, type MediaRoom } from '../../ports/media.ts';
import { LEG_LOST_MS } from '../../protocol/limits.ts';
import type { LegProfile } from '../../protocol/worker.ts';
import type { Logged } from '../log.ts';
import type { Room } from '../room.ts';
import type { Signalling } from '../signals.ts';
import { finishClosing } from './closing.ts';
import { Reports } from './reports.ts';

const PARLEY: Actor = { kind: 'parley' };

/** Who asks for a connection: `by` is the session or device, `holds` whether it may have one still. */
export interface Claim {
  readonly by: string;
  readonly holds: () => boolean;
}

const NOT_ANY_MORE = 'This connection is not allowed any more.';

interface Parts {
  readonly id: string;
  readonly room: Room;
  readonly media: Media;
  readonly signals: Signalling;
}

/** The sound of one incident: follows its log, and tells it what the worker saw. */
export class Sound {
  readonly #parts: Parts;
  readonly #present = new Set<string>();
  readonly #onSlots = new Set<(leg: string, slots: readonly (string | null)[]) => void>();
  readonly #onOfferAgain = new Set<(leg: string) => void>();
  readonly #reports: Reports;
  /** Offers on their way to the worker, by leg. */
  readonly #offers = new Map<string, number>();
  /** Whose the connection of a leg is: the session or device that offered last. */
  readonly #heldBy = new Map<string, string>();
  #media: MediaRoom | null = null;
  #asked = '';
  #epoch = 0;
  #applying: Promise<void> = Promise.resolve();
  #graceTimer: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#reports = new Reports(parts.room, () => this.#media);
    parts.room.listen((_, entries) => this.#afterCommit(entries));
  }

  /** Starts or adopts the worker. Called once for an open incident. */
  async start(): Promise<void> {
    this.#media ??= await this.#parts.media.open(this.#parts.id, (event) => this.#onEvent(event));
  }

  /** Answers an offer for a leg. While the log cannot be written only a leg that the log knows may come back. What was taken back while
   *  the offer was on its way is not given. @throws MediaFault */
  async answer(leg: string, sdp: string, { profile, claim }: { readonly profile: LegProfile; readonly claim: Claim }): Promise<string> {
    const { room } = this.#parts;
    if (isOver(room.state.incident)) throw new MediaFault('refused', 'The incident is closed: nobody is heard here any more.');
    if (!room.writable && room.state.legs[leg] === undefined)
      throw new MediaFault('refused', 'The log cannot be written: nobody new can join the sound.');
    if (this.#media === null) await this.start();
    // What is withheld of a leg is known to the worker before its first packet.
    await this.#applying;
    if (!claim.holds()) throw new MediaFault('refused', NOT_ANY_MORE);
    this.#heldBy.set(leg, claim.by);
    const sdpAnswer = await this.#asking(leg, (this.#media as MediaRoom).answer(leg, sdp, profile));
    // The end that was told meanwhile may have come before this connection, when the worker was being replaced.
    if (!claim.holds()) {
      if (this.#heldBy.get(leg) === claim.by) await this.#media?.endLeg(leg, 'not allowed any more');
      throw new MediaFault('refused', NOT_ANY_MORE);
    }
    this.#present.add(leg);
    this.#apply();
    return sdpAnswer;
  }

  /** While an offer is on its way the far end is not asked for another one, which would make the first worthless. */
  async #asking<T>(leg: string, answer: Promise<T>): Promise<T> {
    this.#offers.set(leg, (this.#offers.get(leg) ?? 0) + 1);
    try {
      return await answer;
    } finally {
      const left = (this.#offers.get(leg) ?? 1) - 1;
      if (left > 0) this.#offers.set(leg, left);
      else this.#offers.delete(leg);
    }
  }

  #askAgain(leg: string): void {
    if (!this.#offers.has(leg)) for (const listener of this.#onOfferAgain) listener(leg);
  }

  /** The person leaves the call. */
  async leave(personId: string): Promise<void> {
    await this.#media?.endLeg(legOfPerson(personId), 'left the call');
  }

  /** A session is over: what it connected ends at once, sound and pictures; with a person's last one all that he has. What another session
   *  of his uses goes on. Whose it is may be unknown after a restart: then it ends too, and a page that is still there offers again. */
  async sessionEnded({
    personId,
    session,
    last,
  }: {
    readonly personId: string;
    readonly session: string;
    readonly last: boolean;
  }): Promise<void> {
    const legs = [legOfPerson(personId), seeOfPerson(personId), camOfPerson(personId)];
    const over = legs.filter((leg) => last || (this.#heldBy.get(leg) ?? session) === session);
    await Promise.all(over.map((leg) => this.#media?.endLeg(leg, 'the session ended').then(() => last || this.#askAgain(leg))));
  }

  /** A person's connection for pictures ends. */
  async endPictures(leg: string): Promise<void> {
    await this.#media?.endLeg(leg, 'not shown any more');
  }

  onSlots(listener: (leg: string, slots: readonly (string | null)[]) => void): () => void {
    this.#onSlots.add(listener);
    return () => this.#onSlots.delete(listener);
  }

  /** Tells when a leg's transport is gone at the worker, so that its far end can be asked to offer again. */
  onOfferAgain(listener: (leg: string) => void): () => void {
    this.#onOfferAgain.add(listener);
    return () => this.#onOfferAgain.delete(listener);
  }

  async detach(): Promise<void> {
    await this.#media?.detach();
  }

  /** Ends every voice's recording, has it entered, and says that the incident may be closed. Also called for one whose closing was cut off. */
  finish(): Promise<void> {
    return finishClosing(this.#parts.room, async () => {
      await this.start();
      await this.close();
    });
  }

  async close(): Promise<void> {
    // Its last reports are acknowledged while it closes.
    await this.#media?.close().finally(() => {
      this.#media = null;
    });
    this.#parts.signals.worker = 'none';
  }

  #tell(command: { readonly type: string; readonly [field: string]: unknown }): Promise<unknown> {
    return this.#parts.room.submit(PARLEY, command);
  }

  #onEvent(event: MediaEvent): void {
    const { signals } = this.#parts;
    switch (event.t) {
      case 'leg':
        return this.#onLeg(event.leg, event.state, event.cause);
      case 'levels':
        for (const [leg, level] of Object.entries(event.legs)) signals.leg(leg, level);
        return;
      case 'slots':
        for (const listener of this.#onSlots) listener(event.leg, event.slots);
        return;
      case 'leak':
        return this.#onLeak(event);
      case 'report':
        void this.#reports.enter(event.n, event.report);
        return;
      case 'attached':
        return this.#onAttached(event);
      case 'down':
        return this.#onDown(event.cause);
    }
  }

  #onLeg(leg: string, state: 'connecting' | 'up' | 'amber' | 'lost' | 'ended', cause: string): void {
    this.#parts.signals.leg(leg, { state });
    if (state === 'ended') this.#present.delete(leg);
    else this.#present.add(leg);
    if (state === 'up' || state === 'lost' || state === 'ended') void this.#tell({ type: 'report-leg', leg, state, cause });
    if (state === 'lost') this.#askAgain(leg);
    this.#apply();
  }

  #onLeak({ secret, microphone, on, likeness, delayMs, gainDb }: Extract<MediaEvent, { t: 'leak' }>): void {
    const pair = { secret, microphone };
    if (on) void this.#tell({ type: 'report-leak', ...pair, likeness, delayMs, gainDb });
    else void this.#tell({ type: 'report-leak-cleared', ...pair, cause: 'not heard any more' });
  }

  /** A worker that went away cannot clear what it told; the next one tells anew. */
  #forgetLeaks(): void {
    for (const { secret, microphone } of this.#parts.room.state.leak.suspected)
      void this.#tell({ type: 'report-leak-cleared', secret, microphone, cause: 'the sound worker started anew' });
  }

  #onAttached(event: Extract<MediaEvent, { t: 'attached' }>): void {
    const { room, signals } = this.#parts;
    signals.worker = 'up';
    signals.clearLegs();
    this.#reports.startAnew();
    this.#epoch = Math.max(this.#epoch, event.epoch);
    this.#present.clear();
    for (const view of event.legs) {
      if (view.state === 'ended') continue;
      this.#onLeg(view.leg, view.state, 'as the worker tells');
      for (const listener of this.#onSlots) listener(view.leg, view.slots);
    }
    this.#apply(true);
    this.#forgetLeaks();
    this.#endCameras();
    // Legs that the log believes in and the worker does not know: their far ends get a moment to come back before they are lost.
    const missing = Object.entries(room.state.legs)
      .filter(([leg, l]) => l.state === 'up' && !this.#present.has(leg))
      .map(([leg]) => leg);
    this.#reportMissingLater(missing);
    for (const line of Object.values(room.state.lines.byId)) if (line.unconfirmed) this.#endLineLeg(line);
  }

  #onDown(cause: string): void {
    const { room, signals } = this.#parts;
    signals.worker = 'down';
    signals.clearLegs();
    const were = [...this.#present];
    this.#present.clear();
    process.emitWarning(`the media worker of ${this.#parts.id} is down: ${cause}`);
    this.#reportMissingLater(Object.keys(room.state.legs).filter((leg) => room.state.legs[leg]?.state === 'up'));
    for (const leg of were) this.#askAgain(leg);
  }

  #reportMissingLater(legs: readonly string[]): void {
    if (legs.length === 0) return;
    for (const leg of legs) this.#askAgain(leg);
    // Counted anew when another worker has come: until then no far end could come back, however quick it was.
    if (this.#graceTimer !== null) clearTimeout(this.#graceTimer);
    this.#graceTimer = setTimeout(() => {
      this.#graceTimer = null;
      for (const [leg, l] of Object.entries(this.#parts.room.state.legs)) {
        if (l.state === 'up' && !this.#present.has(leg))
          void this.#tell({ type: 'report-leg', leg, state: 'lost', cause: 'the sound worker started anew' });
      }
    }, LEG_LOST_MS).unref();
  }

  /** A camera whose consent is gone loses its connection, not only its viewers. */
  #endCameras(): void {
    for (const leg of this.#present) {
      if (ownerOfCamera(leg) !== null && !maySendPictures(this.#parts.room.state, leg)) void this.endPictures(leg).catch(() => undefined);
    }
  }

  #afterCommit(entries: readonly Logged[]): void {
    this.#apply();
    this.#endCameras();
    for (const { entry } of entries) {
      if (entry.type === 'line-changed') {
        const line = this.#parts.room.state.lines.byId[(entry.payload as { lineId: string }).lineId];
        if (line?.unconfirmed) this.#endLineLeg(line);
      }
      if (entry.type === 'closing-begun') void this.finish();
    }
  }

  /** The far end's sound path is closed at the worker; only then is the line safe. */
  #endLineLeg(line: Line): void {
    const leg = legOfLine(line.id);
    const ended = () => this.#tell({ type: 'report-leg', leg, state: 'ended', cause: 'the line was ended' });
    if (!this.#present.has(leg) || this.#media === null) void ended();
    else this.#media.endLeg(leg, 'the line was ended').then(ended, () => undefined);
  }

  /** One matrix after another, never two at once; the last state wins. Closing is first inside the worker. */
  #apply(force = false): void {
    const { room, signals } = this.#parts;
    const edges = route(room.state, this.#present);
    const beside = { ...withheld(room.state), guards: guardsOf(room.state, this.#present) };
    const asked = JSON.stringify({ edges, beside });
    if (!force && asked === this.#asked) return;
    this.#asked = asked;
    const epoch = ++this.#epoch;
    const wire = edges.map(({ from, to, leased }) => ({ from, to, leased }));
    const media = this.#media;
    this.#applying = this.#applying
      .then(() => (media === null || epoch < this.#epoch ? undefined : media.setEdges(epoch, wire, beside)))
      .then(() => {
        signals.edges = edges.map(({ from, to, why }) => ({ from, to, why }));
      })
      .catch((cause: unknown) => process.emitWarning(`edges were not applied: ${String(cause)}`));
  }
}
