// The team among itself: who sees which channel, who has read, notes to the primary, and the alarm.
import { describe, expect, it } from 'vitest';
import { Play, person } from '../../../test/incident-kit.ts';
import { standing } from './alarms.ts';
import { openCards } from './cards.ts';
import { chatChannel } from './chat.ts';
import { sees } from './log.ts';
import { type Role, role } from './topic.ts';

const [anna, carl, paul, toma] = [person('anna'), person('carl'), person('paul'), person('toma')];
const team = () => new Play({ carl: 'coach', paul: 'primary', toma: 'tactical', sister: 'third-party' });
const say = (channel: string, messageId = 'chat1', more: object = {}) => ({
  type: 'say-in-chat',
  messageId,
  channel,
  text: 'Door is open',
  asksRead: false,
  ...more,
});
/** Who of all roles is given this entry. */
const seenBy = (type: string, payload: object): readonly Role[] =>
  role.options.filter((one) => sees({ personId: 'x', roles: [one] }, { seq: 1, at: 1, who: anna, type, payload }));

describe('the chat of the team', () => {
  it('[D42] [V50] is seen by channel: all by all of the team, the rest by who works there, nothing by a third party', () => {
    const readers = Object.fromEntries(chatChannel.options.map((channel) => [channel, seenBy('chat-said', say(channel))]));
    expect(readers['all']).toEqual(role.options.filter((one) => one !== 'third-party'));
    expect(readers['table']).toEqual(role.options.filter((one) => !['third-party', 'tactical', 'commander'].includes(one)));
    expect(readers['tactical']).toEqual(['leader', 'tactical-liaison', 'tactical', 'commander', 'trainer']);
    expect(readers['command']).toEqual(['leader', 'commander', 'trainer']);
    for (const channel of chatChannel.options) expect(seenBy('chat-read', { channel, messageId: 'chat1' })).toEqual(readers[channel]);
  });

  it('[D42] takes a message only from who reads that channel', () => {
    const play = team();
    play.ask(carl, say('table'));
    expect(play.asked(toma, say('table', 'chat2'))).toMatchObject({ rule: 'D42' });
    expect(play.asked(paul, say('tactical', 'chat2'))).toMatchObject({ rule: 'D42' });
    expect(play.asked(person('sister'), say('all', 'chat2'))).toMatchObject({ rule: 'T5' });
    expect(play.asked(carl, say('table'))).toMatchObject({ rule: 'D42' });
  });

  it('[D40] keeps who has read a message and when, each person once, and never its author', () => {
    const play = team();
    const read = { type: 'read-chat', messageId: 'chat1' };
    play.ask(carl, say('table', 'chat1', { asksRead: true }));
    play.ask(paul, read, 2_000);
    expect(play.asked(paul, read)).toEqual([]);
    expect(play.asked(carl, read)).toEqual([]);
    expect(play.asked(toma, read)).toMatchObject({ rule: 'D42' });
    expect(play.state.chat.read['chat1']).toEqual({ paul: 2_000 });
  });
});

describe("the primary's card", () => {
  const note = (cardId: string, text = 'Ask about his dog') => ({ type: 'send-card', cardId, text });

  it('[D43] takes notes of 120 characters from coach and leader, shown and cleared by the primary, newest first', () => {
    const play = team();
    play.ask(carl, note('card1'));
    play.ask(anna, note('card2', 'x'.repeat(120)));
    expect(play.asked(carl, note('card3', 'x'.repeat(121)))).toMatchObject({ rule: 'P2' });
    expect(play.asked(paul, note('card3'))).toMatchObject({ rule: 'T5' });
    expect(play.asked(toma, note('card3'))).toMatchObject({ rule: 'T5' });
    expect(openCards(play.state.cards).map((c) => c.id)).toEqual(['card2', 'card1']);
    play.ask(paul, { type: 'tell-card-shown', cardId: 'card2' }, 2_000);
    expect(play.asked(paul, { type: 'tell-card-shown', cardId: 'card2' })).toEqual([]);
    play.ask(paul, { type: 'clear-card', cardId: 'card2' });
    expect(play.state.cards['card2']).toMatchObject({ shownAt: 2_000, state: 'done' });
    play.ask(carl, { type: 'withdraw-card', cardId: 'card1' });
    expect(openCards(play.state.cards)).toEqual([]);
    expect(play.asked(paul, { type: 'clear-card', cardId: 'card1' })).toMatchObject({ rule: 'D43' });
  });

  it('[V51] is seen by who hears the ear, and by nobody else', () => {
    for (const type of ['card-sent', 'card-shown', 'card-cleared', 'card-withdrawn'])
      expect(seenBy(type, { cardId: 'card1', text: 'x' })).toEqual(['primary', 'coach', 'leader', 'scribe', 'trainer']);
  });
});

describe('the alarm', () => {
  it('[D44] is raised by any member with a word, seen by all of the team, and cleared by who raised it or the leader', () => {
    const play = team();
    const alarm = { type: 'raise-alarm', alarmId: 'alarm1', word: 'Shot fired' };
    const clear = { type: 'clear-alarm', alarmId: 'alarm1' };
    expect(play.asked(person('sister'), alarm)).toMatchObject({ rule: 'T5' });
    expect(play.asked(toma, { ...alarm, word: ' ' })).toMatchObject({ rule: 'P2' });
    play.ask(toma, alarm);
    expect(seenBy('alarm-raised', alarm)).toEqual(role.options.filter((one) => one !== 'third-party'));
    expect(play.asked(carl, clear)).toMatchObject({ rule: 'D44' });
    expect(standing(play.state.alarms)).toMatchObject([{ word: 'Shot fired', by: toma }]);
    play.ask(anna, clear, 3_000);
    expect(standing(play.state.alarms)).toEqual([]);
    play.ask(toma, { ...alarm, alarmId: 'alarm2' });
    play.ask(toma, { ...clear, alarmId: 'alarm2' });
    expect(Object.values(play.state.alarms)).toHaveLength(2);
  });
});
