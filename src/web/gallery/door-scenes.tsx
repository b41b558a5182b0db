// The scenes of the pages before an incident: coming in, signing in, setting up, the list, the people. Draws the product's own pages.
import type { ReactNode } from 'react';
import type { MeNow } from '../../protocol/access.ts';
import { DoorsPage } from '../console/view/doors.tsx';
import { EnterPage } from '../console/view/enter.tsx';
import { HomePage } from '../console/view/home.tsx';
import { LockCover } from '../console/view/proof.tsx';
import { SetUpPage } from '../console/view/set-up.tsx';
import { SignInPage } from '../console/view/sign-in.tsx';

/** `me`: who sits here. `press`: as in a scene of an incident. */
export interface DoorScene {
  readonly page: (me: MeNow) => ReactNode;
  readonly me?: Partial<MeNow>;
  readonly press?: readonly string[];
}

const NOTHING = () => {};
const home = (me: MeNow) => <HomePage me={me} onOpen={NOTHING} onSetUp={NOTHING} onPeople={NOTHING} />;
const setUp = (me: MeNow) => <SetUpPage me={me} onBack={NOTHING} />;
const people = () => <DoorsPage myId="anna" onBack={NOTHING} />;

/** All scenes by name. */
export const DOOR_SCENES: Readonly<Record<string, DoorScene>> = {
  'enter-owner': { page: () => <EnterPage token="x" isOwner onIn={NOTHING} /> },
  'enter-invited': { page: () => <EnterPage token="x" isOwner={false} onIn={NOTHING} /> },
  'sign-in': { page: () => <SignInPage onAgain={NOTHING} /> },
  home: { page: home },
  'home-first': { page: home, me: { needs: ['password', 'second-factor'] } },
  'home-proof-due': { page: home, me: { proofDueAt: Date.now() + 20 * 60_000 } },
  'home-invite': { page: home, press: ['Invite a person'] },
  'set-up-password': { page: setUp, me: { needs: ['password', 'second-factor'] } },
  'set-up-factor': { page: setUp, me: { needs: ['second-factor'] } },
  'set-up-scan': { page: setUp, me: { needs: ['second-factor'] }, press: ['Show the code to scan'] },
  'set-up-pending': { page: setUp, me: { needs: ['second-factor'], standing: 'pending' } },
  'set-up-done': { page: setUp },
  people: { page: people },
  'people-link': { page: people, press: ['New link: Ben Okafor', 'New link'] },
  'people-remove': { page: people, press: ['Remove: Ben Okafor'] },
  lock: {
    page: () => (
      <main>
        <LockCover inCall={false} />
      </main>
    ),
    me: { standing: 'locked' },
  },
};
