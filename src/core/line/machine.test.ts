// The whole table of the line, cell by cell.
import { describe, expect, it } from 'vitest';
import { isUnsafe, LINE_EVENTS, LINE_STATES, type LineState, step } from './machine.ts';

describe('the line', () => {
  it('[N2] answers every event in every state with a state or with nothing', () => {
    for (const state of LINE_STATES) for (const event of LINE_EVENTS) expect([...LINE_STATES, null]).toContain(step(state, event));
    expect(LINE_STATES.length * LINE_EVENTS.length).toBe(81);
  });

  it('[N2] never leaves closed, and can be closed from everywhere', () => {
    for (const event of LINE_EVENTS) expect([null, 'closed']).toContain(step('closed', event));
    for (const state of LINE_STATES) expect(step(state, 'closed')).toBe('closed');
  });

  it('[A9] comes back on hold when it was lost on hold', () => {
    expect(step('lost', 'sound-came', true)).toBe('held');
    expect(step('lost', 'sound-came', false)).toBe('live');
    expect(step('asking', 'sound-came', true)).toBe('held');
    expect(step('live', 'sound-came', true)).toBe('live');
  });

  it('[N8] is not safe from asking until its end', () => {
    const unsafe: readonly LineState[] = ['asking', 'ringing', 'live', 'held', 'lost'];
    for (const state of LINE_STATES) expect(isUnsafe(state)).toBe(unsafe.includes(state));
  });

  it('[N9] is shown as ringing only after the far device said so', () => {
    for (const state of LINE_STATES)
      for (const event of LINE_EVENTS) {
        if (step(state, event) === 'ringing' && state !== 'ringing') expect(event).toBe('rang');
      }
  });
});
