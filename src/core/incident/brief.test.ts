// What a newcomer is told: all that still counts and nothing that is over; and never, to nobody, what he may not see.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Play, person } from '../../../test/incident-kit.ts';
import { TEAM } from './board.ts';
import { AWAY_MS, briefFor, CATCH_UP_PARTS, HANDOVER_PARTS, newsFor, opensByItself, PART_NAMES, paperFacts } from './brief.ts';
import { kindOf } from './fields.ts';
import { EMPTY, reduce, sees } from './log.ts';
import { type Actor, type Entry, type Role, role } from './topic.ts';
import { type IncidentState, TOPICS } from './topics.ts';

const BOARDS = TOPICS.flatMap((topic) => ('board' in topic ? [topic] : []));

/** A row of this board whose every text holds the mark. */
function fieldsWith(board: (typeof BOARDS)[number]['board'], mark: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(board.fields.shape).map(([field, schema]) => {
      const kind = kindOf(schema);
      if (kind === 'choice' && 'options' in schema) return [field, (schema.options as readonly string[])[0]];
      return [field, kind === 'time' ? 1_000 : `${mark}-${field}`];
    }),
  );
}

/** Everything that is known, with the log, of an incident in which these were done. */
class Told {
  state: IncidentState = EMPTY;
  readonly entries: Entry[] = [];
  put(who: Actor, type: string, payload: unknown, at = 1_000): void {
    const entry: Entry = { seq: this.state.seq + 1, at, who, type, payload };
    this.entries.push(entry);
    this.state = reduce(this.state, entry);
  }
}

const opened = () => {
  const told = new Told();
  told.put(person('anna'), 'incident-opened', { incidentId: 'incident1', title: 'x', exercise: false });
  told.put(person('anna'), 'role-assigned', { personId: 'anna', name: 'Anna', role: 'leader' });
  return told;
};

describe('what a newcomer is told', () => {
  it('[D56] holds nothing that its reader may not see, on no board and of no entry, whatever roles he has', () => {
    const roles = fc.uniqueArray(fc.constantFrom(...role.options), { maxLength: 3 });
    const row = fc.record({ board: fc.constantFrom(...BOARDS), id: fc.nat({ max: 5 }), note: fc.boolean() });
    fc.assert(
      fc.property(roles, fc.array(row, { maxLength: 25 }), fc.nat({ max: 10 }), (mine: readonly Role[], rows, seenSeq) => {
        const told = opened();
        for (const [nth, { board: topic, id, note }] of rows.entries()) {
          const rowId = `row-${id}`;
          const fields = fieldsWith(topic.board, `mark${nth}x`);
          const noun = topic.board.noun;
          if (note) told.put(person('anna'), `${noun}-corrected`, { rowId, fields, note: `mark${nth}x-note` });
          else told.put(person('anna'), `${noun}-added`, { rowId, fields, source: `mark${nth}x-source`, confidence: 'likely' });
        }
        told.put(person('anna'), 'paper-drafted', { to: ['command'], basis: '', status: 'markDx', assessment: '', recommendations: '' });
        const viewer = { personId: 'vera', roles: mine };
        const hidden = told.entries.flatMap((entry) => {
          const marks = JSON.stringify(entry.payload).match(/mark(\d+|D)x/) ?? [];
          return marks[0] !== undefined && !sees(viewer, entry) ? [marks[0]] : [];
        });
        const known = { state: told.state, entries: told.entries };
        const shown = JSON.stringify([
          briefFor(known, viewer, { seenSeq, parts: CATCH_UP_PARTS }),
          briefFor(known, viewer, { seenSeq: 0, parts: PART_NAMES }),
          newsFor(known, viewer, 0),
        ]);
        for (const mark of hidden) expect(shown).not.toContain(mark);
        // The paper may go to any of the team: each of them sees all that it is filled from.
        const paper = JSON.stringify(paperFacts(told.state, TEAM));
        for (const entry of told.entries) {
          const mark = JSON.stringify(entry.payload).match(/mark(\d+|D)x/)?.[0];
          const isForAll = TEAM.every((one) => sees({ personId: 'x', roles: [one] }, entry));
          if (mark !== undefined && !isForAll) expect(paper).not.toContain(mark);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('[D56] tells who has no role, and a third party, nothing at all', () => {
    const told = opened();
    for (const mine of [[], ['third-party']] as const)
      expect(
        briefFor({ state: told.state, entries: told.entries }, { personId: 'x', roles: mine }, { seenSeq: 0, parts: PART_NAMES }),
      ).toBeNull();
  });

  it('[D58] fills a paper with what still counts, and leaves out what is over or withdrawn', () => {
    const play = new Play();
    const anna = person('anna');
    const add = (noun: string, rowId: string, fields: object) =>
      play.ask(anna, { type: `add-${noun}`, rowId, fields, source: '', confidence: 'likely' });
    const demand = (words: string) => ({ words, need: '', sort: 'command', heardBy: '' });
    add('demand', 'row-1', demand('a car'));
    add('demand', 'row-2', demand('a lawyer'));
    add('demand', 'row-3', demand('said by a neighbour'));
    play.ask(anna, { type: 'move-demand', rowId: 'row-2', to: 'met', note: '' });
    play.ask(anna, { type: 'withdraw-demand', rowId: 'row-3', note: 'not his' });
    add('deadline', 'row-1', { words: 'by six', dueAt: 66_000, whose: 'subject', threat: 'he jumps' });
    add('hostage', 'row-1', { name: 'Nina', relation: '', condition: 'calm', injury: '', where: '', provedAt: 5_000, proof: 'heard' });
    add('promise', 'row-1', { what: 'a doctor', to: 'him', madeBy: '', approvedBy: '', dueAt: null });
    const { standing } = paperFacts(play.state, TEAM);
    expect(standing.demands?.map(({ text }) => text)).toEqual(['a car']);
    expect(standing.deadlines).toMatchObject([{ text: 'by six', aside: 'he jumps', at: 66_000 }]);
    expect(standing.hostages).toMatchObject([{ text: 'Nina', aside: 'calm', at: 5_000, state: 'held' }]);
    expect(standing.promises).toMatchObject([{ text: 'a doctor', aside: 'him', state: 'open' }]);
    expect(Object.keys(standing).sort()).toEqual(
      ['actions', 'barbs', 'deadlines', 'decisions', 'demands', 'hooks', 'hostages', 'indicators', 'promises', 'themes', 'weapons'].sort(),
    );
  });

  it('[D66] tells what others did since the last look, the newest ones, counted; own doings and small ones are no news', () => {
    const told = opened();
    const vera = { personId: 'vera', roles: ['coach'] as const };
    const note = (who: string, text: string) => told.put(person(who), 'note-written', { text });
    note('anna', 'old');
    const seenSeq = told.state.seq;
    note('vera', 'mine');
    told.put(person('anna'), 'mic-opened', { personId: 'anna', channel: 'table' });
    note('anna', 'new');
    const news = newsFor({ state: told.state, entries: told.entries }, vera, seenSeq);
    expect(news.entries.map(({ payload }) => payload)).toEqual([{ text: 'new' }]);
    for (let i = 0; i < 40; i += 1) note('anna', `n${i}`);
    const many = newsFor({ state: told.state, entries: told.entries }, vera, seenSeq);
    expect([many.count, many.entries.length, many.entries.at(-1)?.payload]).toEqual([41, 30, { text: 'n39' }]);
  });

  it('[D66] tells of open times, promises and gates, of words to use and to avoid, and who does what since when', () => {
    const play = new Play({ toni: 'tactical' });
    const add = (who: string, noun: string, fields: object) =>
      play.ask(person(who), { type: `add-${noun}`, rowId: 'row-1', fields, source: '', confidence: 'likely' });
    add('toni', 'tactical-action', { what: 'lights off', sort: 'lights', at: null, where: '', more: '' });
    add('anna', 'hook', { what: 'his dog', use: 'Rex' });
    add('anna', 'barb', { what: 'his boss', instead: 'work', why: '' });
    const brief = briefFor({ state: play.state, entries: [] }, { personId: 'x', roles: ['coach'] }, { seenSeq: 0, parts: CATCH_UP_PARTS });
    expect(brief?.standing).toMatchObject({
      tacticals: [{ text: 'lights off', state: 'announced' }],
      hooks: [{ text: 'his dog', aside: 'Rex' }],
      barbs: [{ text: 'his boss', aside: 'work' }],
    });
    expect(brief?.seats).toMatchObject([
      { name: 'anna', roles: ['leader', 'primary'], since: 1_000 },
      { name: 'toni', roles: ['tactical'] },
    ]);
    expect(brief?.contact).toMatchObject({ count: 0, lastAt: null });
    expect(HANDOVER_PARTS).toEqual(expect.arrayContaining([...CATCH_UP_PARTS]));
  });

  it('[D67] opens by itself for who joins late or comes back to news, and for nobody else', () => {
    const told = opened();
    told.put(person('anna'), 'note-written', { text: 'x' });
    const brief = briefFor(
      { state: told.state, entries: told.entries },
      { personId: 'x', roles: ['coach'] },
      { seenSeq: 0, parts: CATCH_UP_PARTS },
    );
    if (brief === null) throw new Error('no brief');
    const late = 1_000 + AWAY_MS;
    expect(opensByItself(brief, { now: late, openedAt: 1_000, seenAt: null })).toBe(true);
    expect(opensByItself(brief, { now: late - 1, openedAt: 1_000, seenAt: null })).toBe(false);
    expect(opensByItself(brief, { now: late, openedAt: 1_000, seenAt: late - 5_000 })).toBe(false);
    expect(opensByItself({ ...brief, news: { entries: [], count: 0 } }, { now: late, openedAt: 1_000, seenAt: null })).toBe(false);
  });
});
