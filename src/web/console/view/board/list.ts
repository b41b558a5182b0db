// The list of boards by group, and which groups come first for whom. A new board is its own file and one line here.
import type { Role, Viewer } from '../../../../core/incident/topic.ts';
import { actionsView } from './actions.ts';
import { barbsView } from './barbs.ts';
import { carriersView } from './carriers.ts';
import { concessionsView } from './concessions.ts';
import { contactsView } from './contacts.ts';
import { coverageView } from './coverage.ts';
import { deadlinesView } from './deadlines.ts';
import { decisionsView } from './decisions.ts';
import { deliveriesView } from './deliveries.ts';
import { demandsView } from './demands.ts';
import { exhibitsView } from './exhibits.ts';
import { factsView } from './facts.ts';
import { headerView } from './header.ts';
import { hooksView } from './hooks.ts';
import { hostagesView } from './hostages.ts';
import { indicatorsView } from './indicators.ts';
import type { BoardView } from './kind.ts';
import { liaisonView } from './liaison.ts';
import { liesView } from './lies.ts';
import { numbersView } from './numbers.ts';
import { ordersView } from './orders.ts';
import { pinsView } from './pins.ts';
import { placesView } from './places.ts';
import { promisesView } from './promises.ts';
import { requestsView } from './requests.ts';
import { rosterView } from './roster.ts';
import { tacticalsView } from './tacticals.ts';
import { tasksView } from './tasks.ts';
import { themesView } from './themes.ts';
import { thirdsView } from './thirds.ts';
import { weaponsView } from './weapons.ts';

/** Names of the groups; their words stand in `boardWords.groups`. */
export type GroupName = 'he' | 'deal' | 'danger' | 'team' | 'plan' | 'around';

/** The boards of each group, in the order in which they are offered. */
export const GROUPS: Readonly<Record<GroupName, readonly BoardView[]>> = {
  he: [factsView, hooksView, barbsView, themesView, indicatorsView, exhibitsView],
  deal: [demandsView, deadlinesView, promisesView, concessionsView, actionsView, liesView],
  danger: [weaponsView, hostagesView],
  team: [tacticalsView, requestsView, decisionsView, tasksView, liaisonView, rosterView],
  plan: [headerView, placesView, pinsView, contactsView, numbersView, deliveriesView, thirdsView],
  around: [carriersView, coverageView, ordersView],
};

/** All boards. */
export const BOARDS: readonly BoardView[] = Object.values(GROUPS).flat();

const ALL = Object.keys(GROUPS) as readonly GroupName[];
/** What somebody with a role needs first; the first role that is found here decides. */
const FIRST: readonly (readonly [Role, readonly GroupName[]])[] = [
  ['leader', ['team', 'deal']],
  ['primary', ['he', 'deal']],
  ['coach', ['he', 'deal']],
  ['interpreter', ['he', 'deal']],
  ['commander', ['team', 'danger']],
  ['tactical', ['danger', 'team']],
  ['tactical-liaison', ['danger', 'team']],
  ['intelligence', ['he', 'danger']],
  ['scribe', ['deal', 'plan']],
  ['consultant', ['he', 'deal']],
  ['technical', ['plan', 'team']],
];

/** Groups in the order in which they are offered to somebody with these roles. */
export function groupsFor({ roles }: Pick<Viewer, 'roles'>): readonly GroupName[] {
  const first = FIRST.find(([role]) => roles.includes(role))?.[1] ?? [];
  return [...first, ...ALL.filter((group) => !first.includes(group))];
}
