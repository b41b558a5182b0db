// Push to talk: every press ends in a release, and a refusal closes it.
import { describe, expect, it } from 'vitest';
import { makeHandClock } from '../../line/hand-clock.ts';
import { makeCommands } from './commands.ts';
import { makeTalk } from './talk.ts';

function setUp({ isUp }: { readonly isUp: boolean }) {
  const sent: string[] = [];
  let ids = 0;
  const commands = makeCommands({
    timing: makeHandClock(),
    send: (message) => {
      if (message.t === 'command') sent.push(message.command.type);
      return true;
    },
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
  });
  if (isUp) commands.wayIsOpen();
  return { sent, commands, talk: makeTalk(commands) };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a key that is held to talk', () => {
  it('[A3] opens on press and closes on release', () => {
    const { sent, talk } = setUp({ isUp: true });
    talk.press('ear');
    talk.release();
    expect(sent).toEqual(['open-mic', 'close-mic']);
    talk.release();
    expect(sent).toEqual(['open-mic', 'close-mic']);
  });

  it('[A3] ignores a second key while one is held', () => {
    const { sent, talk } = setUp({ isUp: true });
    talk.press('ear');
    talk.press('table');
    expect(sent).toEqual(['open-mic']);
    expect(talk.view.get().held).toBe('ear');
  });

  it('[P4] sends nothing at all when it was let go before there was a way', () => {
    const { sent, commands, talk } = setUp({ isUp: false });
    talk.press('ear');
    talk.release();
    commands.wayIsOpen();
    expect(sent).toEqual([]);
  });

  it('[A3] lets go by itself when refused, and says why', async () => {
    const { commands, talk } = setUp({ isUp: true });
    talk.press('ear');
    const refusal = { rule: 'A3', why: 'Somebody speaks in the ear.', next: 'Wait.' };
    commands.refused('id-1', refusal);
    await settled();
    expect(talk.view.get()).toEqual({ held: null, isAnswered: true, refused: { channel: 'ear', refusal } });
  });

  it('[A3] an answer that comes after the release opens nothing', async () => {
    const { commands, talk } = setUp({ isUp: true });
    talk.press('ear');
    talk.release();
    commands.acknowledged('id-1', 4);
    await settled();
    expect(talk.view.get()).toEqual({ held: null, isAnswered: false, refused: null });
  });
});
