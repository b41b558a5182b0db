// Reaction: a device that waits to be let in and has been away for a while leaves the waiting room, so that the dead cannot fill it.
import { isOver } from '../../core/incident/incident.ts';
import type { Room } from '../room.ts';

/** A page that only lost its network comes back sooner, in milliseconds. */
export const WAITS_AWAY_MS = 15_000;
const LOOK_EVERY_MS = 1_000;

/** Who waits in one incident, and whose page is there. */
export class WaitingRoom {
  readonly #room: Room;
  readonly #here = new Map<string, number>();
  /** Since when a device that waits has no socket, by a clock that only goes forward, in ms. */
  readonly #awaySince = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(room: Room) {
    this.#room = room;
    this.#timer = setInterval(() => void this.look(performance.now()), LOOK_EVERY_MS).unref();
  }

  /** A socket of this device is open until the answer is called. */
  arrive(lineId: string, deviceId: string): () => void {
    const key = keyOf(lineId, deviceId);
    this.#here.set(key, (this.#here.get(key) ?? 0) + 1);
    return () => {
      const left = (this.#here.get(key) ?? 1) - 1;
      if (left > 0) this.#here.set(key, left);
      else this.#here.delete(key);
    };
  }

  /** Forgets who has been away for too long. A log that refuses is asked again at the next look. */
  async look(nowMs: number): Promise<void> {
    const { lines, incident } = this.#room.state;
    const waiting = isOver(incident) ? [] : Object.values(lines.byId).flatMap((l) => l.waiting.map((d) => [l.id, d.deviceId] as const));
    const away = waiting.filter(([lineId, deviceId]) => !this.#here.has(keyOf(lineId, deviceId)));
    const keys = new Set(away.map(([lineId, deviceId]) => keyOf(lineId, deviceId)));
    for (const key of [...this.#awaySince.keys()]) if (!keys.has(key)) this.#awaySince.delete(key);
    for (const [lineId, deviceId] of away) {
      const key = keyOf(lineId, deviceId);
      const since = this.#awaySince.get(key) ?? nowMs;
      this.#awaySince.set(key, since);
      const awayMs = nowMs - since;
      if (awayMs >= WAITS_AWAY_MS) await this.#room.submit({ kind: 'parley' }, { type: 'forget-device', lineId, deviceId, awayMs });
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function keyOf(lineId: string, deviceId: string): string {
  return `${lineId} ${deviceId}`;
}
