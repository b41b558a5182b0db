// A paired phone at its page: rings in sight and aloud or says nothing, and opens its microphone by a touch or by the other side's word.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromField, ToField } from '../../protocol/field.ts';
import { makeFakePeers } from '../line/fake-peer.ts';
import { makeHandClock, settle } from '../line/hand-clock.ts';
import type { Socket } from '../line/wire.ts';
import { makeMovement } from './movement.ts';
import { ITSELF_AFTER_MS, type PhoneView, startPhone } from './phone.ts';
import type { Ringer } from './ringer.ts';

const ADMITTED: ToField = { t: 'admitted', notice: '', echo: true, ice: [], relayOnly: false, microphone: 'touch' };
let asked = 0;

beforeEach(() => {
  asked = 0;
  const getUserMedia = () => {
    asked += 1;
    return Promise.resolve({ getAudioTracks: () => [{ readyState: 'live', muted: false, onended: null, stop: () => {} }] });
  };
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function paired({ token }: { readonly token?: string } = {}) {
  const timing = makeHandClock();
  const peers = makeFakePeers();
  const said: FromField[] = [];
  const views: PhoneView[] = [];
  const device = { isVisible: true, isAble: true, isRinging: false, forgot: 0 };
  const ringer: Ringer = {
    unlock: () => {},
    isAble: () => device.isAble,
    start: () => {
      device.isRinging = true;
    },
    stop: () => {
      device.isRinging = false;
    },
  };
  let socket: Socket | null = null;
  const open = (): Socket => {
    socket = { onopen: null, onmessage: null, onclose: null, close: () => {}, send: (text) => said.push(JSON.parse(text) as FromField) };
    return socket;
  };
  const phone = startPhone({
    token,
    loadKey: () => Promise.resolve({ jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }, sign: (text) => Promise.resolve(`signed ${text}`) }),
    ringer,
    isVisible: () => device.isVisible,
    onView: (view) => views.push(view),
    onSound: () => {},
    silence: () => null,
    onPaired: () => {
      device.forgot += 1;
    },
    timing,
    open,
    createPeer: peers.create,
  });
  const hear = async (...messages: readonly ToField[]) => {
    for (const message of messages) socket?.onmessage?.({ data: JSON.stringify(message) });
    await settle();
  };
  const pass = async (ms: number) => {
    timing.pass(ms);
    await settle();
  };
  const kinds = () => said.map((m) => m.t).filter((t) => t !== 'beat');
  const lastBeat = () => said.findLast((m) => m.t === 'beat');
  (socket as Socket | null)?.onopen?.();
  await hear({ t: 'nonce', v: 1, nonce: 'n' });
  return { phone, device, peers, said, views, hear, pass, kinds, lastBeat, view: () => views.at(-1) };
}

describe('a paired phone', () => {
  it('[N80] shows its address once and forgets it when it is paired', async () => {
    const { said, hear, device } = await paired({ token: 'token' });
    expect(said[0]).toMatchObject({ t: 'knock', token: 'token' });
    await hear({ t: 'wait' });
    expect(device.forgot).toBe(0);
    await hear({ t: 'standby' }, { t: 'standby' });
    expect(device.forgot).toBe(1);
    await hear({ t: 'nonce', v: 1, nonce: 'm' });
    expect(said.findLast((m) => m.t === 'knock')).not.toHaveProperty('token');
  });

  it('[N85] says that it rings only in sight and aloud, and begins as soon as it can', async () => {
    const { hear, pass, kinds, device, view, lastBeat } = await paired();
    await hear({ t: 'standby' });
    device.isVisible = false;
    await hear({ t: 'ring', itself: false });
    await pass(2_000);
    expect(kinds()).not.toContain('rang');
    device.isVisible = true;
    device.isAble = false;
    await pass(2_000);
    expect(kinds()).not.toContain('rang');
    expect(lastBeat()).toMatchObject({ ring: 'unable' });
    device.isAble = true;
    await pass(1_000);
    expect(kinds()).toContain('rang');
    expect(device.isRinging).toBe(true);
    expect(view()?.stage).toBe('ringing');
    device.isVisible = false;
    await pass(1_000);
    expect(lastBeat()).toMatchObject({ ring: 'able', foreground: false });
  });

  it('[N83] answers by itself only when it was told to, after it rang, and asks for no microphone', async () => {
    const { hear, pass, kinds, peers } = await paired();
    await hear({ t: 'ring', itself: false });
    await pass(ITSELF_AFTER_MS + 1_000);
    expect(kinds()).not.toContain('pick-up');
    await hear({ t: 'standby' }, { t: 'ring', itself: true });
    await pass(ITSELF_AFTER_MS - 1_000);
    expect(kinds()).not.toContain('pick-up');
    await pass(1_000);
    expect(kinds()).toContain('pick-up');
    await hear(ADMITTED);
    expect(peers.all).toHaveLength(1);
    expect(asked).toBe(0);
  });

  it('[A38] asks for its microphone at a touch, says what opened it, and shuts it after the call', async () => {
    const { hear, pass, phone, view, lastBeat, peers } = await paired();
    await hear({ t: 'ring', itself: true });
    await pass(ITSELF_AFTER_MS);
    await hear(ADMITTED);
    await pass(1_000);
    expect(lastBeat()).toMatchObject({ mic: 'none' });
    expect(lastBeat()).not.toHaveProperty('open');
    phone.talk();
    await settle();
    expect(asked).toBe(1);
    expect(view()?.open).toBe('touch');
    expect(lastBeat()).toMatchObject({ mic: 'ok', open: 'touch' });
    await hear({ t: 'standby' });
    expect(view()).toMatchObject({ stage: 'standby', open: null });
    expect(peers.last().isClosed).toBe(true);
  });

  it('[A38] opens its microphone by the word of the other side, and shuts it when that is taken back', async () => {
    const { hear, view } = await paired();
    await hear({ t: 'ring', itself: true }, { ...ADMITTED, microphone: 'now' });
    expect(view()?.open).toBe('word');
    await hear({ t: 'microphone', opens: 'touch' });
    expect(view()?.open).toBeNull();
  });

  it('[A38] opens it with the call when somebody touched "answer" or "call"', async () => {
    const answered = await paired();
    await answered.hear({ t: 'ring', itself: false });
    answered.phone.answer();
    expect(asked).toBe(0);
    await answered.hear(ADMITTED);
    expect(answered.view()?.open).toBe('touch');
    const calls = await paired();
    await calls.hear({ t: 'standby' });
    calls.phone.call();
    await calls.hear({ t: 'wait' });
    expect(calls.view()).toMatchObject({ stage: 'waiting', open: null });
    await calls.hear(ADMITTED);
    expect(calls.view()?.open).toBe('touch');
  });

  it('[N84] has no sound path in standby, while it rings, or while it waits', async () => {
    const { hear, peers } = await paired();
    await hear(
      { t: 'standby' },
      { t: 'offer-again' },
      { t: 'ring', itself: false },
      { t: 'offer-again' },
      { t: 'wait' },
      { t: 'offer-again' },
    );
    expect(peers.all).toEqual([]);
  });
});

describe('movement', () => {
  it('[N88] is one word: moved within the last seconds or not, and nothing where there is no sensor', () => {
    const movement = makeMovement();
    expect(movement.moved(0)).toBeNull();
    movement.feed({ x: 0, y: 0, z: 9.8 }, 1_000);
    movement.feed({ x: 0.2, y: 0.1, z: 9.8 }, 1_100);
    expect(movement.moved(1_200)).toBe(false);
    movement.feed({ x: 4, y: 1, z: 7 }, 2_000);
    expect(movement.moved(4_900)).toBe(true);
    expect(movement.moved(5_100)).toBe(false);
  });
});
