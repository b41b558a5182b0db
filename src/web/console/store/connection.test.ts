// The console's socket: resumes without gaps, sends again once under the same id, believes only the log.
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../core/incident/topic.ts';
import { makeHandClock } from '../../line/hand-clock.ts';
import { ANSWER_MS, makeCommands } from './commands.ts';
import { makeConnection, type Rest } from './connection.ts';
import { makeIncidentStore } from './incident-store.ts';
import { ME, makeFakeServer, notes, welcome } from './rehearsal.ts';

function setUp(mayEnter: () => Promise<boolean> = () => Promise.resolve(true)) {
  const timing = makeHandClock();
  const server = makeFakeServer();
  const store = makeIncidentStore();
  const rest: Rest[] = [];
  let ids = 0;
  const commands = makeCommands({
    timing,
    send: (message) => connection.send(message),
    newId: () => {
      ids += 1;
      return `command-number-${ids}`;
    },
  });
  const connection = makeConnection({
    timing,
    wallNow: () => 5_000,
    open: server.open,
    store,
    commands,
    mayEnter,
    onUp: () => {},
    onRest: (message) => rest.push(message),
  });
  connection.start();
  const texts = () => store.view.get().state.notes.map((note) => note.text);
  const comeBack = () => {
    timing.pass(1_000);
    server.accept();
  };
  return { timing, server, store, commands, connection, rest, texts, comeBack };
}

describe('the connection of a console', () => {
  it('[P1] greets with the seq of the last entry it holds and the roles it saw it with', () => {
    const { server, comeBack } = setUp();
    server.accept();
    expect(server.heard()).toEqual([{ t: 'hello', v: 1, after: 0, roles: [] }]);
    server.say(welcome(2), { t: 'entries', entries: notes(1, 2) });
    server.cut();
    comeBack();
    expect(server.heard()).toEqual([{ t: 'hello', v: 1, after: 2, roles: ['leader', 'primary'] }]);
  });

  it('[P2] resumes after a cut without a gap and without a double', () => {
    const { server, texts, comeBack } = setUp();
    server.accept();
    server.say(welcome(2), { t: 'entries', entries: notes(1, 2) });
    server.cut();
    comeBack();
    server.say(welcome(4), { t: 'entries', entries: notes(2, 3) }, { t: 'entries', entries: notes(4) });
    expect(texts()).toEqual(['note 1', 'note 2', 'note 3', 'note 4']);
  });

  it('[P2] asks again from where it stands when an entry is missing, and shows nothing beyond the gap', () => {
    const { server, texts } = setUp();
    server.accept();
    server.say(welcome(4), { t: 'entries', entries: notes(1, 2, 4) });
    expect(texts()).toEqual(['note 1', 'note 2']);
    expect(server.opened()).toBe(2);
    server.accept();
    expect(server.heard()[0]).toMatchObject({ t: 'hello', after: 2 });
  });

  it('[P3] takes a silent socket for gone and opens another', () => {
    const { server, timing, connection } = setUp();
    server.accept();
    server.say(welcome(0));
    timing.pass(5_000);
    expect(server.opened()).toBe(1);
    timing.pass(5_000);
    expect(connection.link.get().is).toBe('lost');
    expect(server.opened()).toBeGreaterThan(1);
  });

  it('[P3] keeps a socket on which beats come, and tells the age of what is shown', () => {
    const { server, timing, connection } = setUp();
    server.accept();
    server.say(welcome(0));
    for (let second = 0; second < 20; second += 1) {
      timing.pass(1_000);
      server.say({ t: 'beat', at: 5_000 });
    }
    timing.pass(700);
    expect(server.opened()).toBe(1);
    expect(connection.silenceMs()).toBe(700);
  });

  it('[P4] sends an unanswered command again after a cut, once and under the same id', async () => {
    const { server, commands, comeBack } = setUp();
    server.accept();
    server.say(welcome(0));
    const { answer } = commands.ask({ type: 'write-note', text: 'still here' }, true);
    const sent = server.heard().filter((message) => message.t === 'command');
    server.cut();
    comeBack();
    expect(server.heard().filter((message) => message.t === 'command')).toEqual([]);
    server.say(welcome(0));
    expect(server.heard().filter((message) => message.t === 'command')).toEqual(sent);
    server.say({ t: 'ack', id: 'command-number-1', seq: 7 });
    await expect(answer).resolves.toEqual({ seq: 7 });
    server.cut();
    comeBack();
    server.say(welcome(7));
    expect(server.heard().filter((message) => message.t === 'command')).toEqual([]);
  });

  it('[P4] gives an act up that has no answer, so that it does not happen late', async () => {
    const { server, timing, commands, comeBack } = setUp();
    server.accept();
    server.say(welcome(0));
    server.cut();
    const { answer } = commands.ask({ type: 'take-floor' });
    timing.pass(ANSWER_MS);
    await expect(answer).resolves.toMatchObject({ refusal: { why: expect.stringContaining('Nothing was done') } });
    comeBack();
    server.say(welcome(0));
    expect(server.heard().filter((message) => message.t === 'command')).toEqual([]);
  });

  it('[P4] hands a refusal to the one who asked', async () => {
    const { server, commands } = setUp();
    server.accept();
    server.say(welcome(0));
    const { answer } = commands.ask({ type: 'take-floor' });
    const refusal = { rule: 'A2', why: 'Somebody has the floor.', next: 'Ask for it.' };
    server.say({ t: 'refused', id: 'command-number-1', refusal });
    await expect(answer).resolves.toEqual({ refusal });
  });

  it('[V7] shows nothing as done before the log says so, not even after the answer', async () => {
    const { server, store, commands, texts } = setUp();
    server.accept();
    server.say(welcome(0));
    const before = store.view.get();
    const { answer } = commands.ask({ type: 'write-note', text: 'note 1' });
    expect(store.view.get()).toBe(before);
    server.say({ t: 'ack', id: 'command-number-1', seq: 1 });
    await answer;
    expect(texts()).toEqual([]);
    server.say({ t: 'entries', entries: notes(1) });
    expect(texts()).toEqual(['note 1']);
  });

  it('[V8] takes up new roles from a reset', () => {
    const { server, connection } = setUp();
    server.accept();
    server.say(welcome(0, ['coach']));
    const roles: readonly Role[] = ['primary'];
    server.say({ t: 'reset', roles });
    expect(connection.link.get().you).toEqual({ personId: ME, name: 'Anna', roles });
  });

  it('[P5] stops and says so when the server speaks another version', () => {
    const { server, timing, connection } = setUp();
    server.accept();
    server.say({ ...welcome(0), v: 2 } as never);
    timing.pass(60_000);
    expect(connection.link.get().is).toBe('outdated');
    expect(server.opened()).toBe(1);
  });

  it('[T8] stops trying when the server says that this person has no place here', async () => {
    const { server, timing, connection } = setUp(() => Promise.resolve(false));
    for (let tries = 0; tries < 3; tries += 1) {
      server.cut();
      timing.pass(3_000);
    }
    await Promise.resolve();
    await Promise.resolve();
    expect(connection.link.get().is).toBe('shut-out');
    const before = server.opened();
    timing.pass(60_000);
    expect(server.opened()).toBe(before);
  });

  it('[P3] goes on trying when there is no answer at all', async () => {
    const { server, timing } = setUp(() => Promise.reject(new Error('no network')));
    for (let tries = 0; tries < 30; tries += 1) {
      server.cut();
      timing.pass(3_000);
      await Promise.resolve();
    }
    expect(server.opened()).toBeGreaterThan(25);
  });
});
