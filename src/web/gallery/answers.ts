// Stands in for the server's doors in the gallery: a few fixed answers, and "no answer" to all else. The product has nothing like it.
import type { MeNow, PersonLine } from '../../protocol/access.ts';
import type { IncidentLine, RecordingFile } from '../../protocol/http.ts';

const HOUR_MS = 3_600_000;
const now = Date.now();

/** Who sits here, with all that a person can have set. */
export const ME: MeNow = {
  personId: 'anna',
  name: 'Anna Berger',
  rights: ['owner'],
  login: 'anna',
  kind: 'staff',
  expiresAt: null,
  standing: 'full',
  needs: [],
  reauthDueAt: now + 2 * HOUR_MS,
  proofDueAt: now + 12 * HOUR_MS,
  recoveryCodesLeft: 8,
};

const incidents: readonly IncidentLine[] = [
  { id: 'i1', title: 'Flat 4, Harbour Street', exercise: false, openedAt: now - HOUR_MS, closedAt: null },
  {
    id: 'i2',
    title: 'Bridge over the canal, man with a child',
    exercise: false,
    openedAt: now - 30 * HOUR_MS,
    closedAt: now - 26 * HOUR_MS,
  },
  { id: 'i3', title: 'Practice call', exercise: true, openedAt: now - 90 * HOUR_MS, closedAt: null },
];

const line = (personId: string, name: string, more: Partial<PersonLine>): PersonLine => ({
  personId,
  login: personId,
  name,
  kind: 'staff',
  rights: [],
  expiresAt: null,
  lockedAt: null,
  hasPassword: true,
  hasSecondFactor: true,
  lastSignInAt: now - HOUR_MS,
  sessions: [],
  ...more,
});
const session = { id: 's1', address: '127.0.0.1', startedAt: now - HOUR_MS, seenAt: now };
const people: readonly PersonLine[] = [
  line('anna', 'Anna Berger', { rights: ['owner'], sessions: [session] }),
  line('ben', 'Ben Okafor', { hasSecondFactor: false, sessions: [session, { ...session, id: 's2' }] }),
  line('carla', 'Carla Núñez-Østergaard', { lockedAt: now }),
  line('dai', 'Dai', { kind: 'guest', hasPassword: false, hasSecondFactor: false, expiresAt: now + 40 * HOUR_MS }),
];

const file = (leg: string, name: string, sha256: string | null): RecordingFile => ({ leg, file: name, bytes: 240_000, sha256 });
const recordings: readonly RecordingFile[] = [
  file('line.line1', '00001.opus', 'a'.repeat(64)),
  file('line.line1', '00002.opus', null),
  file('person.anna', '00001.opus', 'a'.repeat(64)),
  file('person.ben', '00001.opus', null),
];

const square =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z" fill="#fff"/><path d="M1 1h2v2H1zM5 1h2v2H5zM1 5h2v2H1zM4 4h1v1H4zM6 6h1v1H6z"/></svg>';

const ANSWERS: readonly (readonly [address: RegExp, answer: unknown])[] = [
  [/^\/api\/me$/, ME],
  [/^\/api\/incidents$/, incidents],
  [/^\/api\/people$/, people],
  [/\/recordings$/, recordings],
  [
    /^\/api\/invitations$/,
    { url: 'https://parley.example.org/console#invite=bXktaW52aXRhdGlvbi1pcy1sb25n', expiresAt: now + 24 * HOUR_MS },
  ],
  [
    /^\/api\/people\/[^/]+\/link$/,
    { url: 'https://parley.example.org/console#invite=bXktaW52aXRhdGlvbi1pcy1sb25n', expiresAt: now + HOUR_MS },
  ],
  [/^\/api\/second-factor\/start$/, { secret: 'MF6ECRK5RNHWVJGCF5OXNSGPMOOVH6WY', uri: 'otpauth://totp/x', qrSvg: square }],
];

/** From now on this page asks no server. */
export function answerByOurselves(): void {
  window.fetch = async (input) => {
    const address = String(input);
    const found = ANSWERS.find(([pattern]) => pattern.test(address));
    if (found === undefined) throw new TypeError('the gallery has no server');
    return new Response(JSON.stringify(found[1]), { status: 200, headers: { 'content-type': 'application/json' } });
  };
}
