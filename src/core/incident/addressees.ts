// Whom a decision or a question is for: the sides of an incident, as roles. No board lives here.
import type { Role } from './topic.ts';

/** The sides that something can be addressed to. */
export const SIDES = ['everybody', 'negotiation', 'tactical', 'intelligence', 'command'] as const;
/** One of them. */
export type Side = (typeof SIDES)[number];

const ROLES: Readonly<Record<Side, readonly Role[]>> = {
  everybody: [],
  negotiation: ['primary', 'coach', 'leader'],
  tactical: ['tactical', 'tactical-liaison'],
  intelligence: ['intelligence'],
  command: ['commander'],
};

/** True when somebody with these roles is meant. */
export function isMeant(roles: readonly Role[], side: string): boolean {
  return side === 'everybody' || roles.some((role) => ROLES[side as Side]?.includes(role));
}
