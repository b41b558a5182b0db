// The loudhailer's key: said again while it is held, and never after.
import { describe, expect, it } from 'vitest';
import type { FromTeam } from '../../../protocol/team.ts';
import { makeHandClock, settle } from '../../line/hand-clock.ts';
import { makeCommands } from './commands.ts';
import { makeLoudhailer } from './loudhailer.ts';

function setUp() {
  const said: string[] = [];
  const ids: string[] = [];
  const timing = makeHandClock();
  const send = (message: FromTeam) => {
    said.push(message.t === 'command' ? message.command.type : message.t);
    return true;
  };
  const commands = makeCommands({ timing, send, newId: () => `id-${ids.push('')}` });
  commands.wayIsOpen();
  return { said, timing, commands, loudhailer: makeLoudhailer({ commands, send, timing }) };
}

describe('the key of the loudhailer', () => {
  it('[A39] is said again while it is held, and released once', () => {
    const { said, timing, loudhailer } = setUp();
    loudhailer.press('line1');
    timing.pass(1_000);
    expect(said).toEqual(['open-loudhailer', 'holding', 'holding', 'holding']);
    loudhailer.release();
    timing.pass(5_000);
    expect(said).toEqual(['open-loudhailer', 'holding', 'holding', 'holding', 'close-loudhailer']);
  });

  it('[A39] is let go by a refusal, which is shown', async () => {
    const { said, timing, commands, loudhailer } = setUp();
    loudhailer.press('line1');
    commands.refused('id-1', { rule: 'A39', why: 'no', next: 'wait' });
    await settle();
    expect(loudhailer.view.get()).toMatchObject({ held: null, refused: { lineId: 'line1' } });
    timing.pass(1_000);
    loudhailer.release();
    expect(said).toEqual(['open-loudhailer']);
  });
});
