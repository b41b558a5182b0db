// Which words of which entries are searched.
import { describe, expect, it } from 'vitest';
import { SEARCHED_TOPICS, searched } from './searched.ts';
import { TOPICS } from './topics.ts';

const of = (type: string, payload: unknown) => searched({ seq: 1, at: 1, who: { kind: 'parley' }, type, payload });

describe('the words that are searched', () => {
  it('[D90] are those that people wrote, with the board that they stand on, and no ids and hashes', () => {
    expect(of('note-written', { text: 'He is tired.' })).toEqual({ topic: 'notes', text: 'He is tired.' });
    const fields = { what: 'his daughter Mia', use: '' };
    expect(of('hook-added', { rowId: 'row-1', fields, source: 'his brother', confidence: 'likely' })).toEqual({
      topic: 'hooks',
      text: 'his daughter Mia · his brother',
    });
    expect(of('hook-corrected', { rowId: 'row-1', fields: { use: 'let him tell' }, note: 'heard again' })?.text).toBe(
      'let him tell · heard again',
    );
    expect(
      of('link-issued', { lineId: 'line1', kind: 'link', label: 'Brother', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1 })
        ?.text,
    ).toBe('Brother');
    expect(of('role-assigned', { personId: 'p-0001', name: 'Anna', role: 'coach' })?.text).toBe('Anna');
  });

  it('[D90] are none where nothing was said, and those inside an entry that came late', () => {
    expect(of('digest-taken', { atMs: 1, segments: [{ leg: 'person.x', file: '1.opus', bytes: 1, sha256: 'a' }] })).toBeNull();
    expect(of('mic-opened', { personId: 'p-0001', channel: 'table' })).toBeNull();
    expect(of('of-a-later-version', { text: 'x' })).toBeNull();
    expect(of('erased', null)).toBeNull();
    expect(
      of('entered-late', { id: 'late-1', at: 1, who: { kind: 'parley' }, what: 'note-written', payload: { text: 'late' } })?.text,
    ).toBe('late');
  });

  it('[D90] are there for every board', () => {
    for (const topic of TOPICS) if ('board' in topic) expect(SEARCHED_TOPICS, topic.name).toContain(topic.name);
  });
});
