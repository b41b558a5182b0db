// Text with the subject: two people send, each fact of delivery is an entry, his messages are taken once and counted per reader.
import { describe, expect, it } from 'vitest';
import { box, Play, person } from '../../../test/incident-kit.ts';
import { couldAgree, isCalledByTexts, MAX_MESSAGES_PER_MIN, sentOn, unreadFor } from './texts.ts';

const [anna, carl, rita] = [person('anna'), person('carl'), person('rita')];
const device = { kind: 'device', lineId: 'line1', deviceId: 'device-one' } as const;
const other = { ...device, deviceId: 'device-two' };
const onDevice = { lineId: 'line1', deviceId: 'device-one' };
const link = { kind: 'link', label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 9e15 };
const id = (n: number) => `message-${String(n).padStart(12, '0')}`;

/** Anna leads and talks; a link is in a call. */
function inCall(others: ConstructorParameters<typeof Play>[0] = { carl: 'coach' }): Play {
  const play = new Play(others);
  play.ask(anna, { type: 'issue-link', lineId: 'line1', ...link });
  play.ask(device, { type: 'knock', ...onDevice, describes: '' });
  play.ask(anna, { type: 'admit-device', ...onDevice });
  play.ask(box, { type: 'report-leg', leg: 'line.line1', state: 'up', cause: '' });
  return play;
}
const draft = (draftId: string, more: object = {}) => ({ type: 'draft-text', draftId, lineId: 'line1', text: 'I am here.', ...more });
const agree = (draftId: string) => ({ type: 'agree-text', draftId });
const write = (n: number, text = 'leave me') => ({ type: 'receive-text', lineId: 'line1', channel: 'link', id: id(n), text });
const states = (play: Play) => Object.values(play.state.texts.drafts).map((d) => d.state);

describe('a text to the subject', () => {
  it('[D30] is a draft until somebody else agrees; nothing else sends it', () => {
    const play = inCall();
    play.ask(anna, draft('draft1'));
    expect(sentOn(play.state.texts, 'line1')).toEqual([]);
    expect(play.asked(anna, agree('draft1'))).toMatchObject({ rule: 'D31' });
    play.ask(carl, agree('draft1'));
    expect(sentOn(play.state.texts, 'line1')).toMatchObject([
      { text: 'I am here.', by: anna, judged: { by: carl }, sent: { n: 1, channel: 'link', deviceId: 'device-one', delivery: 'accepted' } },
    ]);
    expect(play.asked(carl, agree('draft1'))).toMatchObject({ rule: 'D30' });
  });

  it('[D31] is agreed to by coach or leader, and by the primary only where the coach wrote it; never by a machine', () => {
    const play = inCall({ carl: 'coach', paul: 'primary', rita: 'scribe' });
    play.ask(person('paul'), draft('draft1'));
    expect(play.asked(rita, agree('draft1'))).toMatchObject({ rule: 'T5' });
    play.ask(anna, agree('draft1'));
    play.ask(anna, draft('draft2'));
    expect(play.asked(person('paul'), agree('draft2'))).toMatchObject({ rule: 'D31' });
    play.ask(carl, draft('draft3'));
    play.ask(person('paul'), agree('draft3'));
    expect(couldAgree(play.state.people, 'anna').map((m) => m.personId)).toEqual(['carl']);
    const withMachine = {
      ...play.state.people,
      'machine-one': { personId: 'machine-one', name: 'M', roles: ['coach'] as const, noTalk: false },
    };
    expect(couldAgree(withMachine, 'carl').map((m) => m.personId)).toEqual(['anna', 'paul']);
    expect(play.asked(rita, draft('draft4'))).toMatchObject({ rule: 'T5' });
  });

  it('[D32] is edited by a new draft that needs its own agreement, and the old one is never sent', () => {
    const play = inCall();
    play.ask(anna, draft('draft1'));
    play.ask(carl, draft('draft2', { text: 'I am here with you.', replaces: 'draft1' }));
    expect(states(play)).toEqual(['replaced', 'waiting']);
    expect(play.asked(carl, agree('draft1'))).toMatchObject({ rule: 'D30' });
    expect(play.asked(carl, agree('draft2'))).toMatchObject({ rule: 'D31' });
    play.ask(anna, agree('draft2'));
    expect(play.asked(anna, draft('draft3', { replaces: 'draft2' }))).toMatchObject({ rule: 'D30' });
  });

  it('[D33] is refused with a reason by who could have agreed, and withdrawn by its author alone', () => {
    const play = inCall();
    play.ask(anna, draft('draft1'));
    expect(play.asked(carl, { type: 'refuse-text', draftId: 'draft1', reason: ' ' })).toMatchObject({ rule: 'P2' });
    expect(play.asked(carl, { type: 'withdraw-text', draftId: 'draft1' })).toMatchObject({ rule: 'D30' });
    play.ask(carl, { type: 'refuse-text', draftId: 'draft1', reason: 'too long' });
    expect(play.state.texts.drafts['draft1']).toMatchObject({ state: 'refused', judged: { by: carl, reason: 'too long' } });
    play.ask(anna, draft('draft2', { replaces: 'draft1' }));
    play.ask(anna, { type: 'withdraw-text', draftId: 'draft2' });
    expect(states(play)).toEqual(['replaced', 'withdrawn']);
  });

  it('[D34] is sent by one person only after the leader said so for this incident, which is an entry', () => {
    const play = inCall({});
    play.ask(anna, draft('draft1'));
    expect(couldAgree(play.state.people, 'anna')).toEqual([]);
    expect(play.asked(anna, agree('draft1'))).toMatchObject({ rule: 'D31' });
    play.ask(anna, { type: 'set-one-suffices', on: true });
    expect(play.drafts.at(-1)).toEqual({ type: 'one-suffices-set', payload: { on: true } });
    play.ask(anna, agree('draft1'));
    play.ask(anna, { type: 'set-one-suffices', on: false });
    play.ask(anna, draft('draft2'));
    expect(play.asked(anna, agree('draft2'))).toMatchObject({ rule: 'D31' });
  });

  it('[D35] is accepted, then shown on the word of the device that it was for, or failed when its call ended first', () => {
    const play = inCall();
    for (const one of ['draft1', 'draft2']) {
      play.ask(anna, draft(one));
      play.ask(carl, agree(one));
    }
    expect(play.asked(other, { type: 'tell-text-shown', lineId: 'line1', n: 1 })).toMatchObject({ rule: 'N111' });
    expect(play.asked(box, { type: 'fail-text', lineId: 'line1', n: 1, cause: '' })).toEqual([]);
    play.ask(device, { type: 'tell-text-shown', lineId: 'line1', n: 1 }, 2_000);
    expect(play.asked(device, { type: 'tell-text-shown', lineId: 'line1', n: 1 })).toEqual([]);
    play.ask(anna, { type: 'end-line', lineId: 'line1', reason: 'over' });
    for (const n of [1, 2]) play.ask(box, { type: 'fail-text', lineId: 'line1', n, cause: 'the call ended first' }, 3_000);
    expect(sentOn(play.state.texts, 'line1').map((d) => [d.sent.delivery, d.sent.since])).toEqual([
      ['shown', 2_000],
      ['failed', 3_000],
    ]);
  });

  it('[D37] is neither written nor sent where no device in a call could show it', () => {
    const play = inCall();
    play.ask(anna, draft('draft1'));
    play.ask(anna, { type: 'end-line', lineId: 'line1', reason: 'over' });
    expect(play.asked(carl, agree('draft1'))).toMatchObject({ rule: 'D37' });
    expect(play.asked(anna, draft('draft2'))).toMatchObject({ rule: 'D37' });
    expect(play.asked(anna, draft('draft3', { lineId: 'line9' }))).toMatchObject({ rule: 'D37' });
  });
});

describe('a text of the subject', () => {
  it('[N110] is taken from the device that is in a call, once, and from no other', () => {
    const play = inCall();
    play.ask(device, write(1));
    expect(play.asked(device, write(1))).toEqual([]);
    expect(play.asked(other, write(2))).toMatchObject({ rule: 'N110' });
    play.ask(anna, { type: 'end-line', lineId: 'line1', reason: 'over' });
    expect(play.asked(device, write(3))).toMatchObject({ rule: 'N110' });
    expect(play.state.texts.received.map((one) => one.text)).toEqual(['leave me']);
  });

  it('[N114] is taken up to sixty a minute; the rest when the minute is over', () => {
    const play = inCall();
    for (let n = 0; n < MAX_MESSAGES_PER_MIN; n += 1) play.ask(device, write(n), 1_000 + n);
    expect(play.asked(device, write(99), 30_000)).toMatchObject({ rule: 'N114' });
    expect(play.asked(device, write(0), 30_000)).toEqual([]);
    play.ask(device, write(99), 61_100);
    expect(play.state.texts.received.length).toBe(MAX_MESSAGES_PER_MIN + 1);
  });

  it('[D36] stays unread for each person until he has read it, and calls the coach, or without one the leader', () => {
    const play = inCall({ carl: 'coach', rita: 'scribe' });
    play.ask(device, write(1));
    play.ask(device, write(2));
    play.ask(carl, { type: 'read-texts', upTo: 1 });
    play.ask(rita, { type: 'read-texts', upTo: 9 });
    expect(['anna', 'carl', 'rita'].map((one) => unreadFor(play.state.texts, one))).toEqual([2, 1, 0]);
    expect(play.asked(rita, { type: 'read-texts', upTo: 1 })).toEqual([]);
    expect(['anna', 'carl', 'rita'].map((one) => isCalledByTexts(play.state.people, one))).toEqual([false, true, false]);
    expect(isCalledByTexts(inCall({}).state.people, 'anna')).toBe(true);
  });
});
