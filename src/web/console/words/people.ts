// Words of the people in an incident. No logic but putting words together.
import type { Output } from '../../../core/incident/gear.ts';
import { say } from './say.ts';

/** Words of `people`. */
export const people = {
  title: 'People',
  present: 'here',
  absent: 'not here',
  muted: 'muted',
  noTalk: 'listens only',
  listens: 'hears the subject',
  leg: { connecting: 'sound coming', up: 'sound up', amber: 'sound stutters', lost: 'sound lost', ended: 'no sound' },
  noLeg: 'no sound',
  level: 'Level',
  hears: { headset: 'headset', handset: 'handset', loudspeaker: 'loudspeaker', unknown: 'hears with: not known' } as Readonly<
    Record<Output, string>
  >,
  guessed: (what: string) => `${what}?`,
  bare: 'LOUDSPEAKER: no ear, no table',
  leaks: 'MICROPHONE LEAKS',
  speaks: (channel: string) => `speaks on ${channel}`,
  hasFloor: 'has the floor',
  roles: 'Roles',
  rolesOf: (name: string) => say`Roles of ${name}`,
  rolesHelp: 'A change is at once: who loses a role no longer hears what it allowed.',
  noRole: 'no role: hears and says nothing',
  mayNotTalk: 'Listens only: may not speak to anybody',
  signal: 'Level of sound',
  takeLead: 'Take the lead…',
  takeLeadHelp: 'For when the leader is gone. You lead beside the leader from then on; all see it, with your reason.',
  takeLeadWhy: 'Why?',
  takeLeadHint: 'e.g. the leader was called away and cannot be reached',
  takeLeadDo: 'Take the lead',
  alone: 'You are alone. Invite the coach next.',
} as const;
