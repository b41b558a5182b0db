// Places and pins: a plan is a picture of this incident, pins stay on their place, and where they were stays to be seen.
import { describe, expect, it } from 'vitest';
import { box, Play, person } from '../../../test/incident-kit.ts';
import { pinsOn } from './places.ts';

const anna = person('anna');
const hash = 'a'.repeat(64);
const upload = (uploadId: string, isPicture: boolean) => ({
  type: 'keep-upload',
  uploadId,
  name: 'flat',
  kind: isPicture ? 'png' : 'pdf',
  bytes: 10,
  sha256: isPicture ? hash : 'b'.repeat(64),
  view: isPicture ? { sha256: 'c'.repeat(64), bytes: 5, width: 40, height: 30 } : null,
  carriedPlace: false,
  by: { personId: 'anna', name: 'anna' },
});
const flat = { name: 'Flat, 2nd floor', address: 'Mill Lane 4', more: '', plan: '' };
const pin = { label: 'Rifle', kind: 'weapon', seenAt: 900, more: '', place: 'row-1', x: 500, y: 250 };
const addPin = (fields: object) => ({
  type: 'add-pin',
  rowId: 'pin-1',
  fields: { ...pin, ...fields },
  source: 'the neighbour',
  confidence: 'possible',
});
const correct = (noun: string, rowId: string, fields: object) => ({ type: `correct-${noun}`, rowId, fields, note: '' });

function withPlan(): Play {
  const play = new Play();
  play.ask(box, upload('up-1', true));
  play.ask(box, upload('up-2', false));
  play.add(anna, 'place', { ...flat, plan: 'up-1' });
  return play;
}

describe('places and pins', () => {
  it('[D74] the plan of a place is a picture that was handed in to this incident', () => {
    const play = withPlan();
    for (const plan of ['up-2', 'up-none']) {
      expect(play.asked(anna, correct('place', 'row-1', { plan }))).toMatchObject({ rule: 'D74' });
      const add = { type: 'add-place', rowId: 'row-2', fields: { ...flat, plan }, source: '', confidence: 'likely' };
      expect(play.asked(anna, add)).toMatchObject({ rule: 'D74' });
    }
    play.ask(anna, correct('place', 'row-1', { plan: '' }));
    play.ask(anna, correct('place', 'row-1', { plan: 'up-1' }));
    expect(play.state.places['row-1']?.history).toHaveLength(3);
  });

  it('[D75] a pin stands inside the plan of a place, and stays on that place', () => {
    const play = withPlan();
    play.ask(anna, { type: 'add-place', rowId: 'row-2', fields: flat, source: '', confidence: 'likely' });
    expect(play.asked(anna, addPin({ place: 'row-2' }))).toMatchObject({ rule: 'D75' });
    expect(play.asked(anna, addPin({ place: 'row-9' }))).toMatchObject({ rule: 'D75' });
    for (const x of [-1, 1_001, 0.5]) expect(play.asked(anna, addPin({ x }))).toMatchObject({ rule: 'P2' });
    play.ask(anna, addPin({}));
    expect(play.asked(anna, correct('pin', 'pin-1', { place: 'row-2' }))).toMatchObject({ rule: 'D75' });
    expect(pinsOn(play.state, 'row-1').map(({ fields, source, confidence }) => [fields.label, source, confidence])).toEqual([
      ['Rifle', 'the neighbour', 'possible'],
    ]);
  });

  it('[D76] where a pin was stays in its history, with who moved it and when; a withdrawn pin stands on no plan', () => {
    const play = withPlan();
    play.ask(anna, addPin({}));
    play.ask(person('anna'), correct('pin', 'pin-1', { x: 510, y: 250 }), 2_000);
    const moved = play.state.pins['pin-1'];
    expect(moved?.fields).toMatchObject({ x: 510, y: 250 });
    expect(moved?.history.map(({ at, fields }) => [at, fields.x])).toEqual([
      [1_000, 500],
      [2_000, 510],
    ]);
    play.ask(anna, { type: 'withdraw-pin', rowId: 'pin-1', note: 'it was a broom' });
    expect(pinsOn(play.state, 'row-1')).toEqual([]);
  });

  it('[D77] a plan on which pins stand is neither changed nor withdrawn under them', () => {
    const play = withPlan();
    play.ask(anna, addPin({}));
    const withdraw = { type: 'withdraw-place', rowId: 'row-1', note: 'wrong flat' };
    expect(play.asked(anna, correct('place', 'row-1', { plan: '' }))).toMatchObject({ rule: 'D77' });
    expect(play.asked(anna, withdraw)).toMatchObject({ rule: 'D77' });
    play.ask(anna, correct('place', 'row-1', { name: 'Flat, left' }));
    play.ask(anna, { type: 'withdraw-pin', rowId: 'pin-1', note: 'wrong flat' });
    play.ask(anna, withdraw);
  });
});
