// Position papers: numbered, signed once, never changed, for whom they are addressed to, with receipts.
import { describe, expect, it } from 'vitest';
import { Play, person } from '../../../test/incident-kit.ts';
import { sees } from './log.ts';
import { isPaperUnread, paperFor } from './papers.ts';

const TEAM = { lena: 'leader', carl: 'coach', ines: 'commander', toni: 'tactical', sami: 'scribe' } as const;
const text = { to: ['command'], basis: 'two calls', status: 'He talks.', assessment: 'Calmer.', recommendations: 'Go on.' };
const signs = (number: number, more: object = {}) => ({ type: 'sign-paper', number, ...text, ...more });

describe('position papers', () => {
  it('[D57] get the next number when they are signed, with signer, time and place in the log, and are the leader’s to sign', () => {
    const play = new Play(TEAM);
    const before = play.state.seq;
    expect(play.asked(person('carl'), signs(1))).toMatchObject({ rule: 'T5' });
    expect(play.asked(person('anna'), signs(2))).toMatchObject({ rule: 'D57' });
    for (const empty of [{ status: ' ' }, { recommendations: '' }])
      expect(play.asked(person('anna'), signs(1, empty))).toMatchObject({ rule: 'D57' });
    play.ask(person('anna'), signs(1), 9_000);
    expect(play.state.papers.signed).toMatchObject([
      { number: 1, atSeq: before, signedAt: 9_000, signedBy: { personId: 'anna' }, ...text },
    ]);
    // Two leaders at once: the second one sees that the number is gone.
    expect(play.asked(person('lena'), signs(1))).toMatchObject({ rule: 'D57' });
    play.ask(person('lena'), signs(2, { status: 'He slept.' }));
    expect(play.state.papers.signed.map(({ number, status }) => [number, status])).toEqual([
      [1, 'He talks.'],
      [2, 'He slept.'],
    ]);
  });

  it('[D57] stay as they were signed, whatever is drafted or asked afterwards', () => {
    const play = new Play(TEAM);
    play.ask(person('anna'), signs(1));
    const { opened, acknowledged, ...frozen } = play.state.papers.signed[0] ?? { opened: [], acknowledged: [] };
    play.ask(person('anna'), { type: 'draft-paper', ...text, status: 'other' });
    play.ask(person('ines'), { type: 'open-paper', number: 1 });
    play.ask(person('ines'), { type: 'acknowledge-paper', number: 1 });
    play.ask(person('anna'), signs(2, { status: 'other' }));
    expect(play.state.papers.signed[0]).toMatchObject(frozen);
    expect([opened, acknowledged]).toEqual([[], []]);
  });

  it('[D57] are drafted in the log, for leaders’ eyes only, and the draft is gone when it is signed', () => {
    const play = new Play(TEAM);
    play.ask(person('anna'), { type: 'draft-paper', ...text });
    const drafted = play.drafts.find(({ type }) => type === 'paper-drafted');
    const entry = { seq: 1, at: 1, who: person('anna'), type: 'paper-drafted', payload: drafted?.payload };
    const saw = (roles: readonly ('leader' | 'coach' | 'commander')[]) => sees({ personId: 'x', roles }, entry);
    expect([saw(['leader']), saw(['coach']), saw(['commander'])]).toEqual([true, false, false]);
    expect(play.state.papers.draft).toMatchObject({ ...text, by: { personId: 'anna' } });
    play.ask(person('anna'), signs(1));
    expect(play.state.papers.draft).toBeNull();
  });

  it('[D59] are seen by whom they are for and by leaders, and by nobody else', () => {
    const play = new Play({ ...TEAM, sister: 'third-party' });
    play.ask(person('anna'), signs(1));
    play.ask(person('anna'), signs(2, { to: ['everybody'] }));
    const [one, two] = play.drafts
      .filter(({ type }) => type === 'paper-signed')
      .map((draft) => ({ seq: 1, at: 1, who: person('anna'), ...draft }));
    const saw = (who: keyof typeof TEAM | 'sister') =>
      [one, two].map((entry) => entry !== undefined && sees({ personId: who, roles: play.state.people[who]?.roles ?? [] }, entry));
    expect(saw('ines')).toEqual([true, true]);
    expect(saw('lena')).toEqual([true, true]);
    expect(saw('toni')).toEqual([false, true]);
    expect(saw('carl')).toEqual([false, true]);
    expect(saw('sister')).toEqual([false, false]);
    expect(paperFor(play.state, 'toni', 1)).toBeUndefined();
    for (const type of ['open-paper', 'acknowledge-paper', 'read-paper']) {
      expect(play.asked(person('toni'), { type, number: 1 })).toMatchObject({ rule: 'D59' });
      expect(play.asked(person('ines'), { type, number: 9 })).toMatchObject({ rule: 'D59' });
    }
  });

  it('[D59] [D60] keep who opened and acknowledged them, each person once, and every reading of the file', () => {
    const play = new Play(TEAM);
    play.ask(person('anna'), signs(1));
    const paper = () => play.state.papers.signed[0];
    const waits = (who: 'ines' | 'anna' | 'lena' | 'toni') =>
      isPaperUnread(paper() as never, { personId: who, roles: play.state.people[who]?.roles ?? [] });
    expect([waits('ines'), waits('anna'), waits('lena'), waits('toni')]).toEqual([true, false, false, false]);
    play.ask(person('ines'), { type: 'open-paper', number: 1 }, 3_000);
    play.ask(person('ines'), { type: 'open-paper', number: 1 }, 4_000);
    play.ask(person('ines'), { type: 'acknowledge-paper', number: 1 }, 5_000);
    expect(paper()?.opened.map(({ at, by }) => [at, by.personId])).toEqual([[3_000, 'ines']]);
    expect(paper()?.acknowledged.map(({ at }) => at)).toEqual([5_000]);
    expect(waits('ines')).toBe(false);
    play.ask(person('ines'), { type: 'read-paper', number: 1 });
    play.ask(person('ines'), { type: 'read-paper', number: 1 });
    expect(play.drafts.filter(({ type }) => type === 'paper-read')).toHaveLength(2);
  });
});
