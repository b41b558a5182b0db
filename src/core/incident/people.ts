// Topic: who takes part and as what.
import { z } from 'zod';
import { command, entry, idOf, type Person, type Role, refuse, role, type Topic } from './topic.ts';

/** A person in this incident with the roles he has now. */
export interface Member {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** When each of them was taken up, wall clock in ms. */
  readonly since?: Readonly<Partial<Record<Role, number>>>;
  /** May listen and never speak to anyone. */
  readonly noTalk: boolean;
}

/** Everybody who has or had a role here, by id. */
export type People = Readonly<Record<string, Member>>;

/** Roles that may have the floor without a window of their own. */
export const MAY_HOLD_FLOOR: readonly Role[] = ['primary', 'coach', 'leader', 'interpreter'];

const initial: People = {};
/** What the ids of machines begin with, and nobody else's. The doors give them. */
export const MACHINE_PREFIX = 'machine-';

/** True for a machine that takes part as a person does. It may do so in an exercise only (T31). */
export function isMachine(personId: string): boolean {
  return personId.startsWith(MACHINE_PREFIX);
}

const assignment = z.strictObject({ personId: idOf, name: z.string().min(1).max(200), role });

/** The roles a person has; none for a stranger. */
export function rolesOf(people: People, personId: string): readonly Role[] {
  return people[personId]?.roles ?? [];
}

/** True when the person has one of the roles. */
export function hasRole(people: People, personId: string, ...wanted: readonly Role[]): boolean {
  return rolesOf(people, personId).some((r) => wanted.includes(r));
}

/** People who have a role, in the order they came. */
export function holders(people: People, wanted: Role): readonly Member[] {
  return Object.values(people).filter((m) => m.roles.includes(wanted));
}

/** Drafts that make `person` have exactly one of two roles, as a handover needs. */
export function swapRoles(people: People, person: Person, gains: Role, loses: Role) {
  const has = rolesOf(people, person.personId);
  const who = { personId: person.personId, name: person.name };
  return [
    ...(has.includes(loses) ? [{ type: 'role-dropped', payload: { personId: person.personId, role: loses } }] : []),
    ...(has.includes(gains) ? [] : [{ type: 'role-assigned', payload: { ...who, role: gains } }]),
  ];
}

function withMember(people: People, id: string, change: (m: Member) => Member, name = ''): People {
  const member = people[id] ?? { personId: id, name, roles: [], noTalk: false };
  return { ...people, [id]: change(member) };
}

/** What ending a role needs to know of the incident. */
export type VoiceState = {
  people: People;
  floor: { readonly holder: string | null; readonly offeredTo: string | null };
  voice: Readonly<Record<string, string>>;
};

/** With a role go the floor, its offer and an open microphone: whoever still may takes them anew (A6). */
export function losesVoice(
  state: VoiceState,
  personId: string,
  { left, cause }: { readonly left: readonly Role[]; readonly cause: string },
) {
  const mayHold = left.some((r) => MAY_HOLD_FLOOR.includes(r));
  return [
    ...(state.floor.holder === personId && !mayHold ? [{ type: 'floor-emptied', payload: { cause } }] : []),
    ...(state.floor.offeredTo === personId && !mayHold ? [{ type: 'floor-offer-ended', payload: {} }] : []),
    ...(state.voice[personId] === undefined ? [] : [{ type: 'mic-closed', payload: { personId, cause } }]),
  ];
}

export const peopleTopic = {
  name: 'people' as const,
  initial,
  commands: {
    /** The box asks too: for an invitation that a leader or the owner gave. */
    'assign-role': command({
      by: ['leader', 'parley'],
      schema: assignment,
      decide: (state: { people: People; incident: { readonly exercise: boolean } }, asks) => {
        if (hasRole(state.people, asks.personId, asks.role))
          return refuse('V5', `${asks.name} has that role already.`, 'Nothing needs to be done.');
        if (isMachine(asks.personId) && !state.incident.exercise)
          return refuse('T31', 'A machine takes part in exercises only.', 'Give the role to a person.');
        return [{ type: 'role-assigned', payload: asks }];
      },
    }),
    'drop-role': command({
      by: ['leader'],
      schema: z.strictObject({ personId: idOf, role }),
      decide: (state: VoiceState, asks) => {
        if (!hasRole(state.people, asks.personId, asks.role))
          return refuse('V5', 'The person does not have that role.', 'Nothing needs to be done.');
        if (asks.role === 'leader' && holders(state.people, 'leader').length === 1)
          return refuse('V6', 'An incident always has a leader.', 'Give someone else the role first.');
        const left = rolesOf(state.people, asks.personId).filter((r) => r !== asks.role);
        return [{ type: 'role-dropped', payload: asks }, ...losesVoice(state, asks.personId, { left, cause: `no longer ${asks.role}` })];
      },
    }),
    /** For the hour when the only leader is gone: nobody else could close the incident or name another. The leader stays one. */
    'take-lead': command({
      by: ['coach', 'commander'],
      schema: z.strictObject({ why: z.string().trim().min(1).max(300) }),
      decide: (state: VoiceState, { why }, { who }) => {
        if (who.kind !== 'person') return refuse('T1', 'Only people lead.', '');
        if (hasRole(state.people, who.personId, 'leader')) return refuse('V5', 'You lead already.', 'Nothing needs to be done.');
        if (isMachine(who.personId)) return refuse('T31', 'A machine does not lead.', '');
        return [
          { type: 'lead-taken', payload: { personId: who.personId, why } },
          { type: 'role-assigned', payload: { personId: who.personId, name: who.name, role: 'leader' as const } },
        ];
      },
    }),
    'set-no-talk': command({
      by: ['leader'],
      schema: z.strictObject({ personId: idOf, noTalk: z.boolean() }),
      decide: (state: VoiceState, asks) =>
        state.people[asks.personId] === undefined
          ? refuse('V5', 'The person has no role here.', 'Give a role first.')
          : [
              { type: 'no-talk-set', payload: asks },
              ...(asks.noTalk ? losesVoice(state, asks.personId, { left: [], cause: 'marked as a listener' }) : []),
            ],
    }),
  },
  entries: {
    'role-assigned': entry({
      schema: assignment,
      outsiders: (viewer, p) => viewer.personId === p.personId,
      reduce: (people: People, p, { at }): People =>
        withMember(
          people,
          p.personId,
          (m) =>
            m.roles.includes(p.role)
              ? { ...m, name: p.name }
              : { ...m, name: p.name, roles: [...m.roles, p.role], since: { ...m.since, [p.role]: at } },
          p.name,
        ),
    }),
    'lead-taken': entry({
      schema: z.strictObject({ personId: idOf, why: z.string() }),
      reduce: (people: People): People => people,
    }),
    'role-dropped': entry({
      schema: z.strictObject({ personId: idOf, role }),
      outsiders: (viewer, p) => viewer.personId === p.personId,
      reduce: (people: People, p): People => withMember(people, p.personId, (m) => ({ ...m, roles: m.roles.filter((r) => r !== p.role) })),
    }),
    'no-talk-set': entry({
      schema: z.strictObject({ personId: idOf, noTalk: z.boolean() }),
      outsiders: (viewer, p) => viewer.personId === p.personId,
      reduce: (people: People, p): People => withMember(people, p.personId, (m) => ({ ...m, noTalk: p.noTalk })),
    }),
  },
} satisfies Topic;
