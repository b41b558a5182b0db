// A call at the person's page: nothing before the tap, no sound before admission, and a path that outlives its socket.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromField, ToField } from '../../protocol/field.ts';
import { type CallView, startCall } from './call.ts';
import { makeFakePeers } from './fake-peer.ts';
import { makeHandClock, settle } from './hand-clock.ts';
import type { Socket } from './wire.ts';

const ADMITTED: ToField = { t: 'admitted', notice: '', echo: true, ice: [], relayOnly: false };
const wishes: MediaStreamConstraints[] = [];

/** Stands in for the browser's microphone; `refuses` as a person would. */
function giveMicrophone({ refuses }: { readonly refuses: boolean }): void {
  const getUserMedia = (wish: MediaStreamConstraints) => {
    wishes.push(wish);
    const echoCancellation = (wish.audio as MediaTrackConstraints).echoCancellation === true;
    const track = { readyState: 'live', muted: false, enabled: true, stop: () => {}, getSettings: () => ({ echoCancellation }) };
    return refuses ? Promise.reject(new DOMException('no', 'NotAllowedError')) : Promise.resolve({ getAudioTracks: () => [track] });
  };
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
}

interface Line {
  readonly heard: FromField[];
  readonly socket: Socket;
}

function tap() {
  const timing = makeHandClock();
  const peers = makeFakePeers();
  const lines: Line[] = [];
  const views: CallView[] = [];
  const open = (): Socket => {
    const heard: FromField[] = [];
    const socket: Socket = {
      onopen: null,
      onmessage: null,
      onclose: null,
      close: () => {},
      send: (text) => heard.push(JSON.parse(text) as FromField),
    };
    lines.push({ heard, socket });
    return socket;
  };
  const call = startCall({
    token: 'token',
    loadKey: () => Promise.resolve({ jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }, sign: (text) => Promise.resolve(`signed ${text}`) }),
    onView: (view) => views.push(view),
    onSound: () => {},
    silence: () => null,
    timing,
    open,
    createPeer: peers.create,
  });
  const line = () => {
    const last = lines.at(-1);
    if (last === undefined) throw new Error('no socket was opened');
    return last;
  };
  const say = async (...messages: readonly ToField[]) => {
    for (const message of messages) line().socket.onmessage?.({ data: JSON.stringify(message) });
    await settle();
  };
  const greet = async () => {
    line().socket.onopen?.();
    await say({ t: 'nonce', v: 1, nonce: 'n' });
  };
  const heard = () => line().heard.filter((message) => message.t !== 'beat');
  const connect = async () => {
    const offer = heard().findLast((message) => message.t === 'offer');
    await say({ t: 'answer', req: offer?.t === 'offer' ? offer.req : -1, sdp: 'answer' });
    peers.last().become('connected');
  };
  const stage = () => views.at(-1)?.stage;
  return { timing, peers, lines, views, call, line, say, greet, heard, connect, stage };
}

beforeEach(() => {
  wishes.length = 0;
  giveMicrophone({ refuses: false });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a call at the page', () => {
  it('[A10] asks for the microphone as it is: no noise suppression, no gain control', async () => {
    tap();
    await settle();
    expect(wishes).toEqual([
      { audio: { echoCancellation: true, noiseSuppression: false, autoGainControl: false, channelCount: 1 }, video: false },
    ]);
  });

  it('[A44] asks for the microphone anew when echo cancellation changes, on the same path, and says what it has', async () => {
    const { greet, say, connect, peers, heard, line, timing } = tap();
    await settle();
    await greet();
    await say(ADMITTED);
    await connect();
    const offers = heard().length;
    await say({ t: 'echo', on: false });
    expect(wishes.map((wish) => (wish.audio as MediaTrackConstraints).echoCancellation)).toEqual([true, false]);
    expect(peers.all).toHaveLength(1);
    expect(heard()).toHaveLength(offers);
    timing.pass(1_000);
    await settle();
    expect(line().heard.at(-1)).toMatchObject({ t: 'beat', echo: false });
    // The same word again, with the next greeting, opens nothing anew.
    await say({ ...ADMITTED, echo: false });
    expect(wishes).toHaveLength(2);
  });

  it('[A44] meets the last of two wishes that come while the browser still asks', async () => {
    const { greet, say } = tap();
    await settle();
    await greet();
    await say(ADMITTED);
    await say({ t: 'echo', on: false }, { t: 'echo', on: true });
    await settle();
    expect(wishes.map((wish) => (wish.audio as MediaTrackConstraints).echoCancellation).at(-1)).toBe(true);
  });

  it('[N6] proves its key on the nonce, and makes no sound path before it is let in', async () => {
    const { greet, say, heard, peers, stage } = tap();
    await settle();
    await greet();
    expect(heard()).toEqual([
      { t: 'knock', v: 1, token: 'token', key: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }, signature: 'signed n' },
    ]);
    await say({ t: 'wait' });
    await say({ t: 'offer-again' });
    expect(stage()).toBe('waiting');
    expect(peers.all).toEqual([]);
    await say(ADMITTED);
    expect(heard().at(-1)).toMatchObject({ t: 'offer', req: 1 });
  });

  it('[N110] writes nothing before it is let in or while the way is gone, and sends what waited after the next greeting', async () => {
    const { greet, say, call, heard, line, timing, views } = tap();
    const texts = () => heard().filter((message) => message.t === 'text' || message.t === 'text-shown');
    await settle();
    await greet();
    await say({ t: 'wait' });
    call.write('too early');
    expect(texts()).toEqual([]);
    expect(views.at(-1)).toMatchObject({ texts: null });
    await say(ADMITTED);
    expect(texts()).toMatchObject([{ t: 'text', text: 'too early' }]);
    await say({ t: 'text', n: 1, text: '<b>I am here</b>' });
    expect(texts().at(-1)).toEqual({ t: 'text-shown', n: 1 });
    expect(views.at(-1)?.texts).toMatchObject([{ isSent: false }, { isMine: false, text: '<b>I am here</b>' }]);
    line().socket.onclose?.();
    timing.pass(1_000);
    line().socket.onopen?.();
    timing.pass(5_000);
    expect(texts()).toEqual([]);
    await say({ t: 'nonce', v: 1, nonce: 'n' }, ADMITTED);
    expect(texts()).toMatchObject([{ t: 'text', text: 'too early' }]);
  });

  it('[N75] says that its microphone is not listened to only as long as it is told so on a socket that stands', async () => {
    const { greet, say, connect, line, timing, views } = tap();
    await settle();
    await greet();
    await say(ADMITTED);
    await connect();
    expect(views.at(-1)).toMatchObject({ stage: 'talking', isHeard: true });
    await say({ t: 'held', on: true }, { t: 'heard', on: false });
    expect(views.at(-1)).toMatchObject({ stage: 'held', isHeard: false });
    line().socket.onclose?.();
    expect(views.at(-1)).toMatchObject({ isHeard: true });
    timing.pass(1_000);
    await greet();
    await say(ADMITTED, { t: 'held', on: true });
    expect(views.at(-1)).toMatchObject({ isHeard: true });
    await say({ t: 'heard', on: false });
    expect(views.at(-1)).toMatchObject({ isHeard: false });
  });

  it('[N10] keeps its path when only the socket was lost', async () => {
    const { greet, say, connect, line, lines, timing, peers, stage } = tap();
    await settle();
    await greet();
    await say(ADMITTED);
    await connect();
    expect(stage()).toBe('talking');
    line().socket.onclose?.();
    expect(stage()).toBe('talking');
    timing.pass(1_000);
    expect(lines).toHaveLength(2);
    await greet();
    await say(ADMITTED);
    expect(peers.all).toHaveLength(1);
    expect(peers.last().isClosed).toBe(false);
  });

  it('[N9] makes a new path beside the old one when the network changes', async () => {
    const { greet, say, connect, call, peers } = tap();
    await settle();
    await greet();
    await say(ADMITTED);
    await connect();
    call.networkChanged();
    await greet();
    await say(ADMITTED);
    expect(peers.all).toHaveLength(2);
    expect(peers.all[0]?.isClosed).toBe(false);
  });

  it('[N12] shows a hold, and forgets it when a later greeting does not tell of one', async () => {
    const { greet, say, connect, line, timing, stage } = tap();
    await settle();
    await greet();
    await say(ADMITTED);
    await connect();
    await say({ t: 'held', on: true });
    expect(stage()).toBe('held');
    line().socket.onclose?.();
    timing.pass(1_000);
    await greet();
    await say(ADMITTED);
    expect(stage()).toBe('talking');
  });

  it('[N6] drops its path when it is sent back to the waiting room', async () => {
    const { greet, say, connect, peers, stage } = tap();
    await settle();
    await greet();
    await say(ADMITTED);
    await connect();
    await say({ t: 'wait' });
    expect(stage()).toBe('waiting');
    expect(peers.last().isClosed).toBe(true);
  });

  it('[N13] says goodbye, shuts everything and stays quiet', async () => {
    const { greet, say, connect, call, heard, peers, lines, timing, stage } = tap();
    await settle();
    await greet();
    await say(ADMITTED);
    await connect();
    call.end();
    expect(heard().at(-1)).toEqual({ t: 'bye' });
    expect(peers.last().isClosed).toBe(true);
    expect(stage()).toBe('ended');
    timing.pass(120_000);
    expect(lines).toHaveLength(1);
  });

  it('[N13] says goodbye when the socket is back, if it was gone', async () => {
    const { greet, say, connect, call, heard, line, timing, peers } = tap();
    await settle();
    await greet();
    await say(ADMITTED);
    await connect();
    line().socket.onclose?.();
    call.end();
    timing.pass(1_000);
    await greet();
    await say(ADMITTED);
    expect(heard().map((message) => message.t)).toEqual(['knock', 'bye']);
    expect(peers.all).toHaveLength(1);
  });

  it('[N14] tries for ever to reach the other side', async () => {
    const { lines, line, timing } = tap();
    await settle();
    for (let tries = 0; tries < 500; tries += 1) {
      line().socket.onclose?.();
      timing.pass(3_000);
    }
    expect(lines.length).toBeGreaterThanOrEqual(500);
  });

  it('[N15] stops when the link does not work', async () => {
    const { greet, say, lines, timing, stage } = tap();
    await settle();
    await greet();
    await say({ t: 'gone' });
    timing.pass(60_000);
    expect(stage()).toBe('gone');
    expect(lines).toHaveLength(1);
  });

  it('[N16] goes on without a microphone and tells both sides', async () => {
    giveMicrophone({ refuses: true });
    const { greet, say, line, views, timing } = tap();
    await settle();
    await greet();
    await say({ t: 'wait' });
    expect(views.at(-1)).toMatchObject({ stage: 'waiting', microphone: 'denied' });
    timing.pass(1_000);
    await settle();
    expect(line().heard.findLast((message) => message.t === 'beat')).toMatchObject({ mic: 'denied' });
  });
});
