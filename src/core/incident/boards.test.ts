// What all boards together must keep, and what is a board's own where that is no more than a line or two.
import { describe, expect, it } from 'vitest';
import { Play, person } from '../../../test/incident-kit.ts';
import { marksOf, TEAM } from './board.ts';
import { lineContacts } from './contacts.ts';
import { kindOf } from './fields.ts';
import { indicatorsTopic, SIGNS } from './indicators.ts';
import { LIAISON } from './liaison.ts';
import { sees } from './log.ts';
import { role } from './topic.ts';
import { TOPICS } from './topics.ts';

const anna = person('anna');
const boards = TOPICS.flatMap((topic) => ('board' in topic ? [topic] : []));

describe('all boards', () => {
  it('[D24] have no state that a slip of the finger cannot be taken back from', () => {
    expect(boards.length).toBeGreaterThan(25);
    for (const { name, board } of boards) {
      if (board.life === null) continue;
      const next: Readonly<Record<string, readonly string[]>> = board.life.next;
      for (const from of Object.keys(next)) {
        const reached = new Set([from]);
        for (const state of reached) for (const to of next[state] ?? []) reached.add(to);
        expect([...reached].sort(), `${name}: from ${from}`).toEqual(Object.keys(next).sort());
      }
    }
  });

  it('[D9] take nothing from a third party', () => {
    for (const { name, board } of boards) {
      expect(board.by, name).not.toContain('third-party');
      expect(board.by.length, name).toBeGreaterThan(0);
    }
    const play = new Play({ sister: 'third-party' });
    expect(play.asked(person('sister'), { type: 'add-fact', rowId: 'row-1', fields: {}, source: '', confidence: 'likely' })).toMatchObject({
      rule: 'T5',
    });
    expect(play.asked(person('sister'), { type: 'repeat-demand', rowId: 'row-1', note: '' })).toMatchObject({ rule: 'T5' });
    expect(TEAM).toHaveLength(role.options.length - 1);
  });
});

describe('single boards', () => {
  it('[D10] demands keep his exact words, and count and time each time he says it again', () => {
    const play = new Play();
    play.add(anna, 'demand', { words: 'I want my brother here. Now.', need: '', sort: 'command', heardBy: 'Anna' });
    play.ask(anna, { type: 'repeat-demand', rowId: 'row-1', note: '' }, 2_000);
    play.ask(anna, { type: 'repeat-demand', rowId: 'row-1', note: 'louder' }, 3_000);
    const row = play.state.demands['row-1'];
    expect(row?.fields.words).toBe('I want my brother here. Now.');
    expect(row === undefined ? [] : marksOf(row, 'repeated').map((m) => [m.at, m.note])).toEqual([
      [2_000, ''],
      [3_000, 'louder'],
    ]);
  });

  it('[D16] hostages get a proof of life by one command, with its time and kind, and each stays in the history', () => {
    const play = new Play();
    play.add(anna, 'hostage', { name: 'Nina', relation: '', condition: '', injury: '', where: '', provedAt: null, proof: 'none' });
    play.ask(anna, { type: 'prove-life', rowId: 'row-1', note: '', proof: 'heard' }, 2_000);
    play.ask(anna, { type: 'prove-life', rowId: 'row-1', note: '', proof: 'seen' }, 3_000);
    expect(play.state.hostages['row-1']?.fields).toMatchObject({ provedAt: 3_000, proof: 'seen' });
    expect(play.state.hostages['row-1']?.history.map((c) => c.fields.provedAt)).toEqual([null, 2_000, 3_000]);
  });

  it('[D17] indicators are observations: progress, high risk or suicide, and nowhere a number', () => {
    expect(new Set(SIGNS.map((sign) => sign.split('-')[0]))).toEqual(new Set(['progress', 'risk', 'suicide']));
    expect(Object.values(indicatorsTopic.board.fields.shape).map(kindOf)).toEqual(['line', 'choice', 'text']);
  });

  it('[D18] contacts over a line come from the line itself until somebody sums them up, and are never there twice', () => {
    const play = new Play({ carl: 'coach' });
    const device = { kind: 'device', lineId: 'line1', deviceId: 'device-one' } as const;
    const box = { kind: 'parley' } as const;
    const onLine = { lineId: 'line1', deviceId: 'device-one' };
    play.ask(anna, {
      type: 'issue-link',
      lineId: 'line1',
      kind: 'link',
      label: '',
      tokenHash: 'a'.repeat(64),
      reach: 'anywhere',
      expiresAt: 9e15,
    });
    play.ask(device, { type: 'knock', ...onLine, describes: '' });
    play.ask(anna, { type: 'admit-device', ...onLine });
    play.ask(box, { type: 'report-leg', leg: 'line.line1', state: 'up', cause: '' }, 2_000);
    play.ask(anna, { type: 'hold-line', lineId: 'line1' }, 3_000);
    play.ask(anna, { type: 'resume-line', lineId: 'line1' }, 4_000);
    const found = () => lineContacts(play.state.lines, play.state.contacts);
    expect(found()).toEqual([{ call: 'line1.0', lineId: 'line1', startedAt: 2_000, endedAt: null }]);
    play.ask(anna, { type: 'end-line', lineId: 'line1', reason: 'x' }, 5_000);
    expect(found()).toEqual([{ call: 'line1.0', lineId: 'line1', startedAt: 2_000, endedAt: 5_000 }]);
    play.add(anna, 'contact', {
      medium: 'phone',
      who: 'Anna',
      startedAt: 2_000,
      endedAt: 5_000,
      summary: 'He is tired.',
      mood: '+1',
      call: 'line1.0',
    });
    expect(found()).toEqual([]);
    play.ask(anna, { type: 'withdraw-contact', rowId: 'row-1', note: 'wrong call' });
    expect(found()).toHaveLength(1);
  });

  it('[D19] decisions keep who received them and when, each person once', () => {
    const play = new Play({ tobi: 'tactical', carl: 'coach' });
    play.add(anna, 'decision', { what: 'No gas', why: '', decidedBy: 'Chief', decidedAt: null, to: 'everybody' });
    const receive = { type: 'receive-decision', rowId: 'row-1', note: '' };
    play.ask(person('tobi'), receive, 2_000);
    play.ask(person('tobi'), receive, 3_000);
    play.ask(person('carl'), receive, 4_000);
    const row = play.state.decisions['row-1'];
    expect(row === undefined ? [] : marksOf(row, 'received').map((m) => [m.by, m.at])).toEqual([
      [person('tobi'), 2_000],
      [person('carl'), 4_000],
    ]);
  });

  it('[D20] requests show who has read them, and are answered only with an answer', () => {
    const play = new Play({ tobi: 'tactical' });
    play.add(anna, 'request', { question: 'Does the door open outwards?', to: 'tactical', more: '' });
    play.ask(person('tobi'), { type: 'read-request', rowId: 'row-1', note: '' }, 2_000);
    const answer = { type: 'move-request', rowId: 'row-1', to: 'answered' };
    expect(play.asked(person('tobi'), { ...answer, note: '' })).toMatchObject({ rule: 'D7' });
    play.ask(person('tobi'), { ...answer, note: 'Inwards.' });
    expect(play.state.requests['row-1']).toMatchObject({ state: 'answered' });
    expect(play.state.requests['row-1']?.history.at(-1)).toMatchObject({ note: 'Inwards.' });
  });

  it('[D21] liaison notes are written and seen by tactical liaison, tactical element, leader and commander only', () => {
    const note = { what: 'Team moves to the roof', more: '' };
    for (const one of role.options) {
      const may = LIAISON.includes(one);
      const play = new Play({ other: one });
      const add = { type: 'add-liaison-note', rowId: 'row-1', fields: note, source: '', confidence: 'likely' };
      const decision = play.asked(person('other'), add);
      expect('rule' in decision ? decision.rule : 'done', one).toBe(may ? 'done' : 'T5');
      const body = { rowId: 'row-1', fields: note, source: '', confidence: 'likely' };
      const entry = { seq: 1, at: 1, who: anna, type: 'liaison-note-added', payload: body };
      expect(sees({ personId: 'other', roles: [one] }, entry), one).toBe(may);
    }
  });

  it('[D22] third parties are approved by the commander or the leader only', () => {
    const play = new Play({ carl: 'coach', chief: 'commander' });
    const text = Object.fromEntries(
      'relation lastContact grievance motive orders condition purpose script forbidden cutOff approvedBy'.split(' ').map((f) => [f, '']),
    );
    play.add(person('carl'), 'third', { ...text, name: 'His brother', kind: 'family', askedFor: 'yes', medium: 'recorded' });
    const approve = { type: 'move-third', rowId: 'row-1', to: 'approved', note: '' };
    expect(play.asked(person('carl'), approve)).toMatchObject({ rule: 'D8' });
    play.ask(person('chief'), approve);
    expect(play.state.thirds['row-1']?.state).toBe('approved');
  });

  it('[D25] what a company or a court refused, and what was called off, carries a word on it', () => {
    const play = new Play({ tomas: 'technical' });
    const tomas = person('tomas');
    const lines = { carrier: '', basis: '', reference: '', until: null, more: '' };
    play.add(tomas, 'carrier-request', { about: 'landline of the flat', wanted: 'route-to-us', ...lines });
    const refused = (note: string) => ({ type: 'move-carrier-request', rowId: 'row-1', to: 'refused', note });
    expect(play.asked(tomas, refused(''))).toHaveProperty('rule');
    play.ask(tomas, refused('needs an order of the court'));
    play.add(anna, 'order', { what: 'search of the garage', kind: 'search', issuer: '', reference: '', dueAt: 9_000, scope: '' });
    expect(play.asked(anna, { type: 'move-order', rowId: 'row-1', to: 'dropped', note: '' })).toHaveProperty('rule');
    play.add(anna, 'coverage', { what: 'live picture of the door', where: '', kind: 'live-picture', reachesInside: 'yes', more: '' });
    expect(play.state.coverage['row-1']?.state).toBe('running');
  });

  it('[D23] a delivery goes under way only after the tactical side or command agreed', () => {
    const play = new Play({ tobi: 'tactical' });
    const text = Object.fromEntries('route signals constraints contingencies approvedBy'.split(' ').map((f) => [f, '']));
    play.add(anna, 'delivery', { ...text, what: 'Pizza', from: null, until: null });
    const move = (to: string) => ({ type: 'move-delivery', rowId: 'row-1', to, note: '' });
    expect(play.asked(anna, move('under-way'))).toMatchObject({ rule: 'D4' });
    expect(play.asked(anna, move('agreed'))).toMatchObject({ rule: 'D8' });
    play.ask(person('tobi'), move('agreed'));
    play.ask(anna, move('under-way'));
    expect(play.state.deliveries['row-1']?.state).toBe('under-way');
  });
});
