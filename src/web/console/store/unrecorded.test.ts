// What counts as not recorded: what brings sound and has no file, and nothing else.
import { describe, expect, it } from 'vitest';
import { recordedNow } from './unrecorded.ts';

const leg = (recording: boolean, state: 'up' | 'lost' = 'up') => ({ state, db: -20, lost: 0, recording });
const all = { hushed: [], unrecorded: [] };

describe('what is recorded now', () => {
  it('[V70] names a voice that has no file, and never the way on which a console only sees pictures', () => {
    const legs = { 'person.anna': leg(true), 'see.anna': leg(false), 'line.n1': leg(false), 'person.ben': leg(false, 'lost') };
    expect(recordedNow(legs, all)).toEqual({ wanted: ['person.anna', 'line.n1'], missing: ['line.n1'] });
  });

  it('[V70] leaves out what is not listened to and what the law keeps off the record', () => {
    const legs = { 'line.n1': leg(false), 'line.n2': leg(false) };
    expect(recordedNow(legs, { hushed: ['line.n1'], unrecorded: ['line.n2'] })).toEqual({ wanted: [], missing: [] });
  });
});
