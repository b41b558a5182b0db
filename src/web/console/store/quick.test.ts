// What a hasty line becomes.
import { describe, expect, it } from 'vitest';
import { BOARDS } from '../view/board/list.ts';
import { QUICK_KINDS, quickLine } from './quick.ts';

describe('the quick line', () => {
  it('[D94] goes to a board by its letter and a colon, and to the log as it stands otherwise', () => {
    expect(quickLine('d: I want my car')).toEqual({ topic: 'demands', text: 'I want my car' });
    expect(quickLine('  H:his dog ')).toEqual({ topic: 'hooks', text: 'his dog' });
    expect(quickLine('d:')).toEqual({ topic: 'demands', text: '' });
    for (const note of ['he said: no', 'z: nothing', '10: back', 'D is here', 'dd: x'])
      expect(quickLine(note)).toEqual({ topic: null, text: note });
  });

  it('[D94] every letter is a board whose first field takes the words', () => {
    for (const topic of Object.values(QUICK_KINDS)) expect(BOARDS.find((view) => view.name === topic)?.form[0]?.kind, topic).toBe('line');
  });
});
