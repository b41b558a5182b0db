// The seat: what the server's answers make of it, and when a person is warned.
import { describe, expect, it } from 'vitest';
import type { MeNow } from '../../../protocol/access.ts';
import type { HttpAnswer } from './http.ts';
import { atMostEvery, makeSeat, minutesToProof, proofsOf } from './seat.ts';

const ANNA: MeNow = {
  personId: 'p1',
  name: 'Anna',
  rights: [],
  login: 'anna',
  kind: 'staff',
  expiresAt: null,
  standing: 'full',
  needs: [],
  reauthDueAt: 1_800_000,
  proofDueAt: 43_200_000,
  recoveryCodesLeft: 8,
};

const refusedWith = (status: number): HttpAnswer<MeNow> => ({
  is: 'refused',
  status,
  refusal: { rule: 'T2', why: 'why', next: 'next' },
});

describe('the seat of a page', () => {
  it('a server that does not answer takes no seat away; one that says 401 does', async () => {
    let answer: HttpAnswer<MeNow> = { is: 'done', value: ANNA };
    const seat = makeSeat(async () => answer);
    await seat.look();
    for (answer of [{ is: 'no-answer' }, refusedWith(503)] as const) {
      await seat.look();
      expect(seat.view.get()).toEqual({ is: 'in', me: ANNA });
    }
    answer = refusedWith(401);
    await seat.look();
    expect(seat.view.get()).toEqual({ is: 'out' });
  });

  it('says why when the first question has no answer', async () => {
    const seat = makeSeat(async () => ({ is: 'no-answer' }));
    await seat.look();
    expect(seat.view.get()).toMatchObject({ is: 'trouble', why: expect.stringContaining('did not answer') });
  });

  it('forgets an answer that was asked for before the person signed out', async () => {
    let give: (answer: HttpAnswer<MeNow>) => void = () => {};
    const seat = makeSeat(
      () =>
        new Promise((resolve) => {
          give = resolve;
        }),
    );
    const looking = seat.look();
    seat.leave();
    give({ is: 'done', value: ANNA });
    await looking;
    expect(seat.view.get()).toEqual({ is: 'out' });
  });

  it('warns in the last hour before a proof is due, and not once the session is locked', () => {
    const due = ANNA.proofDueAt;
    expect(minutesToProof(ANNA, due - 3_600_001)).toBeNull();
    expect(minutesToProof(ANNA, due - 3_600_000)).toBe(60);
    expect(minutesToProof(ANNA, due - 1)).toBe(1);
    expect(minutesToProof(ANNA, due)).toBeNull();
    expect(minutesToProof({ ...ANNA, standing: 'locked' }, due - 1)).toBeNull();
  });

  it('offers only proofs that the person has', () => {
    expect(proofsOf(ANNA)).toEqual(['password', 'code']);
    expect(proofsOf({ ...ANNA, needs: ['second-factor'] })).toEqual(['password']);
    expect(proofsOf({ ...ANNA, needs: ['password', 'second-factor'] })).toEqual([]);
  });

  it('tells of a hand at the keys at most once a minute', () => {
    const may = atMostEvery(60_000);
    expect([0, 1, 59_999, 60_000, 60_001].map(may)).toEqual([true, false, false, true, false]);
  });
});
