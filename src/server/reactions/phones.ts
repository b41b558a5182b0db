// Reaction: looks at field phones as they tell of themselves; enters what troubles them, and ends rings that come to nothing.
// Decides nothing about who hears whom, and sends nothing to a phone: its socket follows the log.
import { isOver } from '../../core/incident/incident.ts';
import type { Line } from '../../core/incident/lines.ts';
import { isRinging, type PhoneAlarm, phoneOf, type RingOutcome } from '../../core/incident/phones.ts';
import type { Signals } from '../../protocol/team.ts';
import type { Room } from '../room.ts';

/** What a phone tells of itself. */
export type Told = Signals['far'][string];

/** How often all phones are looked at, ms. */
const LOOK_MS = 1_000;
/** A phone that told nothing for this long is away, ms: more than one lost beat, less than a person's patience. */
const AWAY_MS = 4_000;
/** A phone that was asked to ring and did not say that it rings is given up after this long, ms. */
export const ASK_MS = 20_000;
/** It rings for this long, ms. */
export const RING_MS = 60_000;
/** A phone that rang and rings no more, without an answer, is given up after this long, ms. */
const STOPPED_MS = 3_000;
/** At or below this part of a full battery an alarm is due, unless it is being charged. */
const LOW_BATTERY = 0.2;

/** What troubles a phone, by its own word. */
export function alarmsOf(told: Told | undefined): readonly PhoneAlarm[] {
  if (told === undefined) return ['away'];
  return [
    ...(told.foreground ? [] : (['hidden'] as const)),
    ...(told.ring === 'unable' ? (['silent'] as const) : []),
    ...(told.battery !== undefined && told.battery <= LOW_BATTERY && told.charging !== true ? (['battery'] as const) : []),
    ...(told.mic === 'dead' || told.mic === 'denied' ? (['microphone'] as const) : []),
  ];
}

/** Why a phone does not ring, as far as it tells. */
export function whyNoRing(told: Told | undefined): RingOutcome {
  if (told === undefined) return 'away';
  if (!told.foreground) return 'hidden';
  return told.ring === 'unable' ? 'silent' : 'no-word';
}

interface Watched {
  /** When it was last heard of, or first looked for. */
  heardMs: number;
  told: Told | undefined;
  /** Alarms seen once and not entered yet: what is over by the next look is no news. */
  pending: string | null;
  ringFromMs: number | null;
  rangLastMs: number | null;
}

/** The field phones of one incident. `nowMs`: a clock that only goes on. */
export class PhoneWatch {
  readonly #room: Room;
  readonly #nowMs: () => number;
  readonly #watched = new Map<string, Watched>();
  #timer: NodeJS.Timeout | null = null;

  constructor(room: Room, nowMs: () => number = () => performance.now()) {
    this.#room = room;
    this.#nowMs = nowMs;
    room.listen(() => this.#keepLooking());
    this.#keepLooking();
  }

  /** A paired phone tells of itself. */
  tells(lineId: string, told: Told): void {
    Object.assign(this.#of(lineId), { heardMs: this.#nowMs(), told });
  }

  /** One look at all phones. */
  look(): void {
    for (const line of this.#phones()) {
      const watched = this.#of(line.id);
      const told = this.#nowMs() - watched.heardMs < AWAY_MS ? watched.told : undefined;
      const isNew = watched.told === undefined && this.#nowMs() - watched.heardMs < AWAY_MS;
      if (!isNew) this.#lookAtAlarms(line, watched, alarmsOf(told));
      this.#lookAtRing(line, watched, told);
    }
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #of(lineId: string): Watched {
    const known = this.#watched.get(lineId);
    if (known !== undefined) return known;
    const fresh: Watched = { heardMs: this.#nowMs(), told: undefined, pending: null, ringFromMs: null, rangLastMs: null };
    this.#watched.set(lineId, fresh);
    return fresh;
  }

  #phones(): readonly Line[] {
    const { lines, incident } = this.#room.state;
    if (isOver(incident)) return [];
    return Object.values(lines.byId).filter((l) => l.kind === 'field' && l.admitted !== null && l.state !== 'closed');
  }

  #keepLooking(): void {
    if (this.#phones().length === 0) return this.stop();
    this.#timer ??= setInterval(() => this.look(), LOOK_MS).unref();
  }

  #lookAtAlarms(line: Line, watched: Watched, alarms: readonly PhoneAlarm[]): void {
    const entered = phoneOf(this.#room.state.phones, line.id).alarms;
    const isSame = alarms.length === entered.length && alarms.every((a) => entered.includes(a));
    const text = isSame ? null : alarms.join(' ');
    const isSteady = text !== null && text === watched.pending;
    watched.pending = text;
    if (isSteady) this.#submit({ type: 'report-phone', lineId: line.id, alarms });
  }

  #lookAtRing(line: Line, watched: Watched, told: Told | undefined): void {
    if (!isRinging(this.#room.state.phones, line)) {
      watched.ringFromMs = null;
      watched.rangLastMs = null;
      return;
    }
    const now = this.#nowMs();
    watched.ringFromMs ??= now;
    if (line.state === 'ringing' && (watched.rangLastMs === null || told?.ring === 'rings')) watched.rangLastMs = now;
    const outcome = this.#outcome({ ...watched, told }, now);
    if (outcome !== null) this.#submit({ type: 'end-ring', lineId: line.id, outcome });
  }

  #outcome({ ringFromMs, rangLastMs, told }: Watched, now: number): RingOutcome | null {
    const asked = now - (ringFromMs ?? now);
    if (rangLastMs === null) return asked >= ASK_MS ? whyNoRing(told) : null;
    if (now - rangLastMs >= STOPPED_MS) return whyNoRing(told);
    return asked >= RING_MS ? 'no-answer' : null;
  }

  #submit(asks: { readonly type: string; readonly [field: string]: unknown }): void {
    void this.#room.submit({ kind: 'parley' }, asks);
  }
}
