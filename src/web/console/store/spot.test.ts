// Spots on a plan: arrow keys and pointers end on the picture.
import { describe, expect, it } from 'vitest';
import { stepped, under } from './spot.ts';

const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });

describe('spots on a plan', () => {
  it('[V63] arrow keys lead along the plan, in small steps with Shift, and never off it', () => {
    expect(stepped({ x: 500, y: 500 }, key('ArrowRight'))).toEqual({ x: 520, y: 500 });
    expect(stepped({ x: 500, y: 500 }, key('ArrowUp', true))).toEqual({ x: 500, y: 498 });
    expect(stepped({ x: 5, y: 995 }, key('ArrowLeft'))).toEqual({ x: 0, y: 995 });
    expect(stepped({ x: 5, y: 995 }, key('ArrowDown'))).toEqual({ x: 5, y: 1_000 });
    expect([stepped({ x: 1, y: 1 }, key('Enter')), stepped({ x: 1, y: 1 }, key('constructor'))]).toEqual([null, null]);
  });

  it('[V63] a pointer is measured on the picture as it is drawn, and ends on it', () => {
    const box = { left: 100, top: 50, width: 400, height: 200 };
    expect(under({ clientX: 300, clientY: 100 }, box)).toEqual({ x: 500, y: 250 });
    expect(under({ clientX: 0, clientY: 900 }, box)).toEqual({ x: 0, y: 1_000 });
  });
});
