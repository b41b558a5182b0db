// The coming-out plan: both teams sign one version, and who speaks with the person sees nothing before.
import { describe, expect, it } from 'vitest';
import { Play, person } from '../../../test/incident-kit.ts';
import { currentPlan, planToRead, seesDrafts, sidesToSign, stepState } from './coming-out.ts';
import { headerOf } from './header.ts';
import { EMPTY, reduce, sees } from './log.ts';
import type { Role } from './topic.ts';

const text = { stopWords: 'stop, stop', promised: '' };
const write = (after: number, steps: readonly string[] = ['Open the door', 'Hands up']) => ({ type: 'write-plan', after, steps, ...text });
const sign = (version: number, side: string) => ({ type: 'sign-plan', version, side });
const TEAM = { carl: 'coach', tobi: 'tactical', petra: 'primary' } as const;

function signedByBoth(): Play {
  const play = new Play(TEAM);
  play.ask(person('anna'), write(0));
  play.ask(person('carl'), sign(1, 'negotiation'));
  play.ask(person('tobi'), sign(1, 'tactical'));
  return play;
}

describe('the coming-out plan', () => {
  it('[D80] is approved when both teams signed the same version, each by a person of its own', () => {
    const play = new Play(TEAM);
    play.ask(person('anna'), { type: 'assign-role', personId: 'anna', name: 'anna', role: 'commander' });
    play.ask(person('anna'), write(0));
    play.ask(person('anna'), sign(1, 'negotiation'));
    expect(currentPlan(play.state.comingOut)?.state).toBe('draft');
    expect(play.asked(person('anna'), sign(1, 'tactical'))).toMatchObject({ rule: 'D82' });
    expect(play.asked(person('carl'), sign(1, 'tactical'))).toMatchObject({ rule: 'D82' });
    play.ask(person('tobi'), sign(1, 'tactical'));
    expect(currentPlan(play.state.comingOut)?.state).toBe('approved');
  });

  it('[D81] every change is a new version that needs both again, and the old one is recalled at once', () => {
    const play = signedByBoth();
    expect(play.asked(person('anna'), write(0))).toMatchObject({ rule: 'D81' });
    play.ask(person('anna'), write(1, ['Open the door', 'Put it down', 'Hands up']));
    const [first, second] = play.state.comingOut.versions;
    expect([first?.state, second?.state, second?.signatures]).toEqual(['recalled', 'draft', {}]);
    expect(play.asked(person('petra'), { type: 'mark-step', version: 1, step: 0, what: 'read' })).toMatchObject({ rule: 'D84' });
    play.ask(person('carl'), sign(2, 'negotiation'));
    expect(currentPlan(play.state.comingOut)?.state).toBe('draft');
  });

  it('[D83] [V60] who speaks with the person is shown a version only when it is approved, then all of it', () => {
    const play = signedByBoth();
    const asSeen = (roles: readonly Role[], drafts: Play['drafts']) => {
      const viewer = { personId: 'petra', roles };
      return drafts.reduce((state, draft, i) => {
        const entry = { seq: i + 1, at: 1, who: person('anna'), ...draft };
        return reduce(state, sees(viewer, entry) ? entry : { seq: i + 1, leafHash: 'x' });
      }, EMPTY);
    };
    const last = play.drafts.length - 1;
    expect(currentPlan(asSeen(['primary'], play.drafts.slice(0, last)).comingOut)).toBeUndefined();
    expect(currentPlan(asSeen(['coach'], play.drafts.slice(0, last)).comingOut)?.state).toBe('draft');
    expect(currentPlan(asSeen(['primary'], play.drafts).comingOut)).toMatchObject({
      state: 'approved',
      steps: ['Open the door', 'Hands up'],
    });
    expect(asSeen(['third-party'], play.drafts).comingOut.versions).toEqual([]);
    expect([seesDrafts({ roles: ['interpreter'] }), seesDrafts({ roles: ['primary', 'leader'] })]).toEqual([false, true]);
  });

  it('[D83] [V60] a draft that is withdrawn is not told to who was never told of it', () => {
    const play = new Play(TEAM);
    play.ask(person('anna'), write(0));
    play.ask(person('anna'), { type: 'withdraw-plan', version: 1, why: 'he has a knife' });
    const entry = { seq: 9, at: 1, who: person('anna'), ...(play.drafts.at(-1) as Play['drafts'][number]) };
    expect([sees({ personId: 'petra', roles: ['primary'] }, entry), sees({ personId: 'carl', roles: ['coach'] }, entry)]).toEqual([
      false,
      true,
    ]);
    expect(planToRead(play.state.comingOut)).toBeUndefined();
    const told = signedByBoth();
    told.ask(person('carl'), { type: 'withdraw-plan', version: 1, why: 'he has a knife' });
    expect(planToRead(told.state.comingOut)).toMatchObject({ version: 1, state: 'recalled' });
  });

  it('[D82] says for which team somebody can sign now: never for both', () => {
    const play = new Play(TEAM);
    play.ask(person('anna'), write(0));
    const sides = (personId: string, ...roles: Role[]) => {
      const plan = currentPlan(play.state.comingOut);
      return plan === undefined ? [] : sidesToSign(plan, { personId, roles });
    };
    expect([sides('anna', 'leader', 'commander'), sides('petra', 'primary')]).toEqual([['negotiation', 'tactical'], []]);
    play.ask(person('anna'), sign(1, 'negotiation'));
    expect([sides('anna', 'leader', 'commander'), sides('tobi', 'tactical')]).toEqual([[], ['tactical']]);
  });

  it('[D84] the primary marks each step as read, then as said back, and can take it again; nobody else does', () => {
    const play = signedByBoth();
    const mark = (what: string) => ({ type: 'mark-step', version: 1, step: 1, what });
    const step = () => {
      const plan = currentPlan(play.state.comingOut);
      return plan === undefined ? '' : stepState(plan, 1);
    };
    expect(play.asked(person('carl'), mark('read'))).toMatchObject({ rule: 'T5' });
    expect(play.asked(person('petra'), mark('repeated'))).toMatchObject({ rule: 'D84' });
    play.ask(person('petra'), mark('read'));
    play.ask(person('petra'), mark('repeated'));
    expect(step()).toBe('repeated');
    play.ask(person('petra'), mark('again'));
    expect(step()).toBe('open');
    play.ask(person('tobi'), { type: 'withdraw-plan', version: 1, why: 'he has a knife' });
    expect(play.asked(person('petra'), mark('read'))).toMatchObject({ rule: 'D84' });
  });
});

describe('header and files', () => {
  const header = { place: 'Mill Lane 4', kind: 'barricade', startedAt: null, number: '', commander: '', status: '', more: '' };
  it('[D85] the incident has one header, corrected by new entries', () => {
    const play = new Play();
    play.add(person('anna'), 'header', header);
    const again = { type: 'add-header', rowId: 'row-2', fields: header, source: '', confidence: 'likely' };
    expect(play.asked(person('anna'), again)).toMatchObject({ rule: 'D85' });
    play.ask(person('anna'), { type: 'correct-header', rowId: 'row-1', fields: { status: 'in contact' }, note: '' });
    expect(headerOf(play.state)).toMatchObject({ fields: { status: 'in contact' }, history: { length: 2 } });
  });

  it('[D86] the law of the notices can be changed to one that Parley has notices for, by leader and commander', () => {
    const play = new Play(TEAM);
    const set = (jurisdiction: string) => ({ type: 'set-jurisdiction', jurisdiction });
    expect(play.asked(person('anna'), set('moon'))).toMatchObject({ rule: 'D86' });
    expect(play.asked(person('carl'), set('eu'))).toMatchObject({ rule: 'T5' });
    play.ask(person('anna'), set('eu'));
    expect(play.state.incident.jurisdiction).toBe('eu');
  });

  it('[D70] a photograph or document on the board stands for a file of this incident', () => {
    const play = new Play();
    const fields = { title: 'Front door', about: 'place', takenAt: null, more: '', upload: 'up-nothing' };
    const add = { type: 'add-exhibit', rowId: 'row-1', fields, source: '', confidence: 'likely' };
    expect(play.asked(person('anna'), add)).toMatchObject({ rule: 'D70' });
    expect(play.asked(person('anna'), { type: 'keep-upload' })).toMatchObject({ rule: 'T5' });
  });
});
