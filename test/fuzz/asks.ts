// Random commands of a whole incident, by seeded luck: what people, devices and the box itself may ask for. Judges nothing.
import { kindOf } from '../../src/core/incident/fields.ts';
import { legOfPerson } from '../../src/core/incident/legs.ts';
import { legOfLine } from '../../src/core/incident/lines.ts';
import { type Actor, role } from '../../src/core/incident/topic.ts';
import { TOPICS } from '../../src/core/incident/topics.ts';
import { channel } from '../../src/core/incident/voice.ts';
import type { Luck } from './luck.ts';

/** Who takes part; the first opened the incident. */
export const PEOPLE = ['anna', 'boris', 'clara', 'dmitri', 'elif', 'farid', 'greta'];
/** The lines that are asked about. */
export const LINES = ['line1', 'line2'];
const DEVICES = ['device-one', 'device-two'];
/** Stands for the hash of a link's token. */
export const HASH = 'a'.repeat(64);

/** A person, called as his id. */
export const person = (id: string): Actor => ({ kind: 'person', personId: id, name: id });
/** The box itself. */
export const parley: Actor = { kind: 'parley' };

/** Who asks for what. */
export type Ask = readonly [Actor, Record<string, unknown>];

function phoneAsk(luck: Luck, { me, lineId, deviceId }: { readonly me: Actor; readonly lineId: string; readonly deviceId: string }): Ask {
  const device: Actor = { kind: 'device', lineId, deviceId };
  const asks: readonly Ask[] = [
    [me, { type: 'ring-phone', lineId }],
    [me, { type: 'open-loudhailer', lineId }],
    [me, { type: 'close-loudhailer', lineId }],
    [parley, { type: 'close-loudhailer-of', lineId, cause: 'x' }],
    [parley, { type: 'end-ring', lineId, outcome: 'away' }],
    [device, { type: 'tell-rang', lineId }],
    [device, { type: 'answer-ring', lineId, by: 'touch' }],
    [device, { type: 'open-phone-mic', lineId, by: 'touch' }],
    [device, { type: 'decline-ring', lineId }],
    [device, { type: 'call-in', lineId }],
  ];
  return luck.pick(asks);
}

/** One entry in the list of asks, so that pictures do not crowd out what is rarer still. */
function randomPicture(luck: Luck, by: { me: Actor; personId: string; lineId: string; deviceId: string }): Ask {
  const { me, personId, lineId, deviceId } = by;
  const opener = person(PEOPLE[0] as string);
  const answer: Ask = [
    { kind: 'device', lineId, deviceId },
    { type: 'answer-camera', lineId, yes: luck.chance(0.9) },
  ];
  const asks: readonly Ask[] = [
    [opener, { type: 'ask-camera', lineId }],
    [opener, { type: 'ask-camera', lineId }],
    answer,
    answer,
    answer,
    luck.chance(0.2) ? [me, { type: 'stop-camera', lineId }] : answer,
    luck.chance(0.7) ? [me, { type: 'start-scene-camera' }] : [me, { type: 'stop-scene-camera', personId }],
  ];
  return luck.pick(asks);
}

/** Any of the commands that move roles, lines, floor, windows, authorities, microphones and pictures; many of them refused. The same luck, the
 *  same command: seeds that failed once depend on the order of the lists here. */
export function randomAsk(luck: Luck): Ask {
  // Half of all asks come from the opener, so that incidents get far enough to be worth judging.
  const me = person(luck.chance(0.5) ? (PEOPLE[0] as string) : luck.pick(PEOPLE));
  const personId = luck.pick(PEOPLE);
  const lineId = luck.pick(LINES);
  const deviceId = luck.pick(DEVICES);
  const leg = luck.chance(0.6) ? legOfPerson(personId) : legOfLine(lineId);
  const asks: readonly (() => Ask)[] = [
    () => [person(PEOPLE[0] as string), { type: 'assign-role', personId, name: personId, role: luck.pick(role.options) }],
    () => [me, { type: 'assign-role', personId, name: personId, role: luck.pick(role.options) }],
    () => [me, { type: 'drop-role', personId, role: luck.pick(role.options) }],
    () => [me, { type: 'set-no-talk', personId, noTalk: luck.chance(0.3) }],
    () => [
      me,
      {
        type: 'issue-link',
        lineId,
        kind: luck.chance(0.25) ? 'field' : 'link',
        label: '',
        tokenHash: HASH,
        reach: 'anywhere',
        expiresAt: 1e15,
      },
    ],
    () => phoneAsk(luck, { me, lineId, deviceId }),
    () => [
      { kind: 'device', lineId, deviceId },
      { type: 'knock', lineId, deviceId, describes: 'x' },
    ],
    () => [me, { type: 'admit-device', lineId, deviceId }],
    () => [me, { type: 'refuse-device', lineId, deviceId }],
    () => [me, { type: 'hold-line', lineId }],
    () => [me, { type: 'resume-line', lineId }],
    () => (luck.chance(0.3) ? [me, { type: 'end-line', lineId, reason: 'x' }] : [me, { type: 'resume-line', lineId }]),
    () => (luck.chance(0.03) ? [me, { type: 'revoke-line', lineId, reason: 'x' }] : [me, { type: 'write-note', text: 'x' }]),
    () =>
      luck.chance(0.2)
        ? [
            { kind: 'device', lineId, deviceId },
            { type: 'leave-line', lineId },
          ]
        : [me, { type: 'admit-device', lineId, deviceId }],
    () => [parley, { type: 'report-leg', leg: legOfPerson(PEOPLE[luck.below(3)] as string), state: 'up', cause: 'x' }],
    () => [parley, { type: 'report-leg', leg: legOfLine(lineId), state: 'up', cause: 'x' }],
    () => [
      parley,
      { type: 'report-leg', leg, state: luck.pick(['up', 'up', 'up', 'up', 'lost', luck.chance(0.5) ? 'ended' : 'lost']), cause: 'x' },
    ],
    () => [me, { type: 'take-floor' }],
    () => [person(PEOPLE[0] as string), { type: 'take-floor' }],
    () => [me, { type: 'give-up-floor' }],
    () => [me, { type: 'offer-floor', personId }],
    () => [me, { type: 'accept-floor' }],
    () => [me, { type: 'withdraw-floor-offer' }],
    () => [me, { type: 'give-turn', personId }],
    () => [me, { type: 'give-turn', personId }],
    () => [me, { type: 'give-turn', personId }],
    () => [me, { type: 'return-turn' }],
    () => [person(PEOPLE[0] as string), { type: 'open-window', personId, purpose: 'x', script: '', minutes: 1 }],
    () => (luck.chance(0.4) ? [me, { type: 'close-window', cause: 'x' }] : [me, { type: 'give-turn', personId }]),
    () => [parley, { type: 'end-overdue-window' }],
    () => [luck.chance(0.7) ? person(PEOPLE[0] as string) : me, authorityAsk(luck, lineId)],
    () => [luck.chance(0.7) ? person(PEOPLE[0] as string) : me, authorityAsk(luck, lineId)],
    () => [luck.chance(0.7) ? person(PEOPLE[0] as string) : me, authorityAsk(luck, lineId)],
    () => [me, { type: 'open-mic', channel: luck.pick(channel.options) }],
    () => [me, { type: 'close-mic' }],
    () => [
      me,
      {
        type: 'tell-gear',
        output: luck.pick(['headset', 'headset', 'handset', 'loudspeaker', 'unknown']),
        label: luck.pick(['one', 'two']),
        by: luck.pick(['guess', 'person']),
        echo: luck.chance(0.5),
      },
    ],
    () => [me, { type: 'confirm-loudspeaker' }],
    () => randomPicture(luck, { me, personId, lineId, deviceId }),
    () => randomPicture(luck, { me, personId, lineId, deviceId }),
  ];
  return luck.pick(asks)();
}

/** Most authorities were given so long ago that they run out within the walk. */
function recordAuthority(luck: Luck): Record<string, unknown> {
  const scope = luck.pick([['room-monitor'], ['recording', 'room-monitor'], ['recording']]);
  const startedAt = luck.below(200_000) - (luck.chance(0.7) ? 48 * 3_600_000 : 0);
  return { type: 'record-authority', basis: luck.pick(['emergency', 'consent']), words: '', officer: 'x', scope, startedAt };
}

/** Records, stops and orders, and the room monitor that they are for. */
function authorityAsk(luck: Luck, lineId: string): Record<string, unknown> {
  const authorityId = `auth-${1 + luck.below(4)}`;
  const order = { number: 'x', text: 'x', until: luck.chance(0.5) ? null : 1e6 };
  const asks = [
    { type: 'start-room-monitor', lineId },
    { type: 'start-room-monitor', lineId },
    { type: 'hold-line', lineId },
    recordAuthority(luck),
    luck.chance(0.3) ? { type: 'stop-authority', authorityId, reason: 'x' } : recordAuthority(luck),
    luck.chance(0.3) ? { type: 'stop-room-monitor', lineId } : { type: 'record-order', authorityId, order },
  ];
  return luck.pick(asks);
}

const BOARDS = TOPICS.flatMap((topic) => ('board' in topic ? [topic.board] : []));
/** Few, so that rows are met again. */
const ROWS = ['row-one', 'row-two'];
const CONFIDENCE = ['confirmed', 'likely', 'possible', 'doubtful'];

function randomField(luck: Luck, schema: unknown, people: readonly string[]): unknown {
  const kind = kindOf(schema);
  if (kind === 'time') return luck.chance(0.3) ? null : 1 + luck.below(2 ** 40);
  if (kind === 'person') return luck.pick(['', ...people]);
  if (kind === 'link') return '';
  if (kind === 'choice') return luck.pick((schema as { readonly options: readonly string[] }).options);
  return `said ${luck.below(1_000)}`;
}

/** A command on any board: a row added, corrected, moved or withdrawn; many of them refused. */
export function randomRow(luck: Luck, people: readonly string[]): Record<string, unknown> {
  const { noun, fields, life } = luck.pick(BOARDS);
  const rowId = luck.pick(ROWS);
  const all = Object.entries(fields.shape).map(([name, schema]) => [name, randomField(luck, schema, people)] as const);
  const next: Readonly<Record<string, unknown>> = life?.next ?? { none: [] };
  const to = luck.pick(Object.keys(next));
  if (luck.chance(0.5))
    return { type: `add-${noun}`, rowId, fields: Object.fromEntries(all), source: 'luck', confidence: luck.pick(CONFIDENCE) };
  return luck.pick([
    { type: `correct-${noun}`, rowId, fields: Object.fromEntries([luck.pick(all)]), note: 'heard again' },
    { type: `move-${noun}`, rowId, to, note: 'so it was' },
    { type: `move-${noun}`, rowId, to, note: '' },
    { type: `withdraw-${noun}`, rowId, note: 'by mistake' },
  ]);
}

/** What people write to each other and sign: chat, notes, papers, plans, reliefs. Numbers are small, so that some are right. */
export function randomPaper(luck: Luck, people: readonly string[]): Record<string, unknown> {
  const small = luck.below(4);
  const [inId, outId] = [luck.pick(people), luck.pick(people)];
  const paper = { to: [luck.pick(['command', 'tactical', 'intelligence'])], basis: '', status: 'x', assessment: '', recommendations: 'y' };
  return luck.pick([
    {
      type: 'say-in-chat',
      messageId: `said-${luck.below(1e6)}`,
      channel: luck.pick(['all', 'table', 'tactical', 'command']),
      text: 'x',
      asksRead: false,
    },
    { type: 'write-note', text: `note ${luck.below(1e6)}` },
    { type: 'draft-paper', ...paper },
    { type: 'sign-paper', number: 1 + small, ...paper },
    { type: 'acknowledge-paper', number: 1 + small },
    { type: 'write-plan', after: small, steps: ['one', 'two'], stopWords: '', promised: '' },
    { type: 'sign-plan', version: 1 + small, side: luck.pick(['negotiation', 'tactical']) },
    { type: 'mark-step', version: 1 + small, step: luck.below(2), what: luck.pick(['read', 'repeated', 'again']) },
    { type: 'start-relief', reliefId: `relief-${luck.below(9)}`, role: luck.pick(['coach', 'scribe', 'tactical']), inId, outId },
    { type: 'accept-relief', reliefId: `relief-${luck.below(9)}` },
    { type: 'complete-relief', reliefId: `relief-${luck.below(9)}` },
  ]);
}

/** The same text with the ids of these people in the place of those whom `randomAsk` names, as far as there are enough of them. */
export function withPeople(text: string, people: readonly string[]): string {
  return PEOPLE.reduce((done, id, i) => (people[i] === undefined ? done : done.replaceAll(`"${id}"`, `"${people[i]}"`)), text);
}
