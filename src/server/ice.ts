// What a browser is told about reaching the sound: relay servers with credentials that soon expire (security: TURN REST form).
import { createHmac } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { IceServer } from '../protocol/team.ts';
import type { Config } from './config.ts';

const CREDENTIAL_S = 600;

/** Makes what a browser needs to find the sound, for each session anew. */
export class Ice {
  readonly #config: Config;
  readonly #clock: Clock;

  constructor(config: Config, clock: Clock) {
    this.#config = config;
    this.#clock = clock;
  }

  /** Servers for one session. With a shared secret: user `expiry:session`, HMAC-SHA1 of it as password, valid ten minutes. */
  forSession(session: string): { servers: IceServer[]; relayOnly: boolean } {
    const { turn, relayOnly } = this.#config;
    if (turn === null) return { servers: [], relayOnly: false };
    if (turn.secret === undefined)
      return {
        servers: [
          {
            urls: turn.urls,
            ...(turn.username === undefined ? {} : { username: turn.username }),
            ...(turn.credential === undefined ? {} : { credential: turn.credential }),
          },
        ],
        relayOnly,
      };
    const username = `${Math.floor(this.#clock.now().at / 1000) + CREDENTIAL_S}:${session}`;
    return {
      servers: [{ urls: turn.urls, username, credential: createHmac('sha1', turn.secret).update(username).digest('base64') }],
      relayOnly,
    };
  }
}
