// Addresses handed out: made here, remembered in memory only (the log holds their hash), found by their token.
import { timingSafeEqual } from 'node:crypto';
import type { Line } from '../core/incident/lines.ts';
import type { Person, Refusal } from '../core/incident/topic.ts';
import type { MadeLink, MakeLink } from '../protocol/http.ts';
import { Buckets } from './access/bucket.ts';
import { newId, newToken, tokenHash } from './access/tokens.ts';
import type { Room } from './room.ts';

const UNCLAIMED_MS = 30 * 60_000;
/** The page that an address opens. */
const PATHS: Readonly<Record<Line['kind'], string>> = { link: '/', field: '/field/' };
/** Knocks of unknown devices on one link: more than a waiting room holds at once, then one a second. */
const KNOCKS = { burst: 40, perSecond: 1, addresses: 200 };

/** Where a link made now will work. `url`: origin of the address. */
export interface Reach {
  readonly url: string;
  readonly reach: Line['reach'];
  readonly warning: string | null;
}

export class Links {
  readonly #room: Room;
  readonly #made = new Map<string, MadeLink>();
  readonly #knocks = new Buckets(KNOCKS);

  constructor(room: Room) {
    this.#room = room;
  }

  /** Makes a link, or says why not. The address is told once and kept in memory until the line is closed. */
  async make(who: Person, asks: MakeLink, { at, where }: { readonly at: number; readonly where: Reach }): Promise<MadeLink | Refusal> {
    const token = newToken();
    const lineId = newId('n');
    const made: MadeLink = { lineId, url: `${where.url}${PATHS[asks.kind]}#${token}`, warning: where.warning };
    // Remembered first: the entry that tells of the line goes out before `submit` is answered.
    this.#made.set(lineId, made);
    const outcome = await this.#room.submit(who, {
      type: 'issue-link',
      lineId,
      ...asks,
      tokenHash: tokenHash(token),
      reach: where.reach,
      expiresAt: at + UNCLAIMED_MS,
    });
    if (!('rule' in outcome)) return made;
    this.#made.delete(lineId);
    return outcome;
  }

  /** False when too many strangers knock on this line just now. Devices that the line knows already always may. `at`: ms. */
  mayKnock(lineId: string, { deviceId, at }: { readonly deviceId: string; readonly at: number }): boolean {
    const line = this.#room.state.lines.byId[lineId];
    const known = line?.admitted?.deviceId === deviceId || line?.waiting.some((d) => d.deviceId === deviceId);
    return known === true || this.#knocks.take(lineId, at) === 0;
  }

  /** Addresses that can still be shown: of lines that are in the log and not closed. */
  known(): readonly MadeLink[] {
    return [...this.#made.values()].filter(({ lineId }) => !['closed', undefined].includes(this.#room.state.lines.byId[lineId]?.state));
  }

  /** The line of a token's hash, or undefined. Takes the same time for each line whether it matches or not. */
  lineOf(hash: string): Line | undefined {
    const wanted = Buffer.from(hash, 'hex');
    return Object.values(this.#room.state.lines.byId).filter((line) => timingSafeEqual(Buffer.from(line.tokenHash, 'hex'), wanted))[0];
  }
}
