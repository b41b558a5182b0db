// Topic: the legal authority under which far ends are recorded, monitored on hold or opened without a touch, and the court's order for it.
// What an authority allows is said in authorities.ts; nothing is opened here.
import { z } from 'zod';
import {
  type Authorities,
  type Authority,
  basis,
  callOf,
  endsAt,
  isRecorded,
  type Known,
  needsOrder,
  ORDER_DUE_MS,
  order,
  runOut,
  scope,
} from './authorities.ts';
import type { Line } from './lines.ts';
import { type Monitors, monitorEnds } from './monitor.ts';
import { type Actor, command, type Draft, entry, idOf, type Refusal, refuse, type Topic } from './topic.ts';

type State = Known & { readonly monitor: Monitors };

/** Two clocks on one table may differ by this much, ms. */
const CLOCK_SLACK_MS = 60_000;
const initial: Authorities = [];
const recorded = z.strictObject({
  authorityId: idOf,
  basis,
  words: z.string().trim().max(2_000),
  officer: z.string().trim().min(1).max(200),
  scope: z.array(scope).min(1).max(3),
  startedAt: z.number(),
});
const asked = recorded.omit({ authorityId: true, startedAt: true }).extend({
  /** When it was given; left out: now. */
  startedAt: z.number().optional(),
  order: order.optional(),
});
const onOne = z.strictObject({ authorityId: idOf });
const obtained = onOne.extend({ order });
const stopping = onOne.extend({ reason: z.string().trim().min(1).max(500) });
const lapsed = onOne.extend({ goesOn: z.array(z.string().max(120)) });

const NO_SUCH = refuse('N70', 'There is no such authority.', 'Look at the list of authorities again.');

function record(state: State, asks: z.output<typeof asked>, at: number): readonly Draft[] | Refusal {
  const { order: there, startedAt = at, ...rest } = asks;
  if (rest.basis === 'other' && rest.words === '')
    return refuse('N70', 'The basis is not named.', 'Say in words on what the authority rests.');
  if (rest.basis === 'court-order' && there === undefined)
    return refuse('N70', 'A court order has a number and a text.', 'Enter both, or choose another basis until the order is there.');
  if (startedAt > at + CLOCK_SLACK_MS) return refuse('N70', 'It has not begun yet.', 'Record it when it begins.');
  const authorityId = `auth-${state.authority.length + 1}`;
  const payload = { ...rest, scope: [...new Set(rest.scope)], authorityId, startedAt: Math.min(startedAt, at) };
  if (there === undefined && needsOrder(payload) && at >= payload.startedAt + ORDER_DUE_MS)
    return refuse('N70', 'Its 48 hours for an order are over.', 'Record a new authority, or this one with its order.');
  if (there?.until != null && there.until <= at) return refuse('N70', 'The order has ended.', 'Record the order that is in force.');
  const draft = { type: 'authority-recorded', payload };
  return there === undefined ? [draft] : [draft, { type: 'order-obtained', payload: { authorityId, order: there } }];
}

function byId(all: Authorities, id: string): Authority | undefined {
  return all.find((one) => one.id === id);
}

/** Every room monitor that ran under it ends with it, at once (N73). */
function monitorsEnd(monitors: Monitors, authorityId: string, cause: string): readonly Draft[] {
  return Object.entries(monitors)
    .filter(([, monitor]) => monitor.authorityId === authorityId)
    .flatMap(([lineId]) => monitorEnds(monitors, lineId, cause));
}

function lapse(state: State, authorityId: string, at: number): readonly Draft[] | Refusal {
  const one = byId(state.authority, authorityId);
  if (one === undefined) return NO_SUCH;
  if (!runOut([one], at).includes(one)) return refuse('N71', 'It has not run out.', '');
  const goesOn = Object.values(state.lines.byId)
    .filter((line) => isInCall(line) && isRecorded(state, line))
    .map(callOf);
  return [
    { type: 'authority-lapsed', payload: { authorityId, goesOn } },
    ...monitorsEnd(state.monitor, authorityId, 'the authority ran out'),
  ];
}

function isInCall({ state, admitted }: Line): boolean {
  return admitted !== null && state !== 'ended' && state !== 'closed' && state !== 'waiting' && state !== 'idle';
}

function change(all: Authorities, id: string, by: (one: Authority) => Authority): Authorities {
  return all.map((one) => (one.id === id ? by(one) : one));
}

const nameOf = (who: Actor) => (who.kind === 'person' ? who.name : 'Parley');

export const authorityTopic = {
  name: 'authority' as const,
  initial,
  commands: {
    'record-authority': command({
      by: ['leader', 'commander'],
      schema: asked,
      decide: (state: State, asks, { at }) => record(state, asks, at),
    }),
    'record-order': command({
      by: ['leader', 'commander'],
      schema: obtained,
      decide: (state: State, asks) => {
        const one = byId(state.authority, asks.authorityId);
        if (one === undefined) return NO_SUCH;
        return one.order === null
          ? [{ type: 'order-obtained', payload: asks }]
          : refuse('N70', 'Its order is recorded already.', 'Record a new authority for another order.');
      },
    }),
    'stop-authority': command({
      by: ['leader', 'commander'],
      schema: stopping,
      unlogged: true,
      decide: (state: State, asks) => {
        const one = byId(state.authority, asks.authorityId);
        if (one === undefined) return NO_SUCH;
        if (one.stopped !== null) return [];
        return [{ type: 'authority-stopped', payload: asks }, ...monitorsEnd(state.monitor, one.id, 'the authority was stopped')];
      },
    }),
    /** The box tells when the time is over. */
    'lapse-authority': command({
      by: ['parley'],
      schema: onOne,
      unlogged: true,
      decide: (state: State, asks, { at }) => lapse(state, asks.authorityId, at),
    }),
  },
  entries: {
    'authority-recorded': entry({
      schema: recorded,
      reduce: (all: Authorities, { authorityId, ...p }, { who }): Authorities => [
        ...all,
        { ...p, id: authorityId, recordedBy: nameOf(who), order: null, stopped: null, lapsedAt: null, goesOn: [] },
      ],
    }),
    'order-obtained': entry({
      schema: obtained,
      reduce: (all: Authorities, p, { at }): Authorities => change(all, p.authorityId, (one) => ({ ...one, order: { ...p.order, at } })),
    }),
    'authority-stopped': entry({
      schema: stopping,
      reduce: (all: Authorities, p, { at }): Authorities =>
        change(all, p.authorityId, (one) => ({ ...one, stopped: { at, reason: p.reason } })),
    }),
    'authority-lapsed': entry({
      schema: lapsed,
      reduce: (all: Authorities, p, { at }): Authorities =>
        change(all, p.authorityId, (one) => ({ ...one, lapsedAt: at, goesOn: p.goesOn })),
    }),
  },
  dues: (all: Authorities) =>
    all
      .filter((one) => one.stopped === null && one.lapsedAt === null && endsAt(one) !== Number.POSITIVE_INFINITY)
      .map((one) => ({ at: endsAt(one), command: { type: 'lapse-authority', authorityId: one.id } })),
} satisfies Topic;
