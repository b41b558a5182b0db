// The sound path: made before it is broken, made anew when in doubt, kept when only the way for offers is gone.
import { describe, expect, it } from 'vitest';
import { makeFakePeers } from './fake-peer.ts';
import { makeHandClock, settle } from './hand-clock.ts';
import { makePeer } from './peer.ts';

function setUp(maxTries = Number.POSITIVE_INFINITY) {
  const timing = makeHandClock();
  const peers = makeFakePeers();
  const offers: number[] = [];
  const played: string[] = [];
  const states: string[] = [];
  const way = { isOpen: true };
  const peer = makePeer({
    timing,
    create: peers.create,
    config: () => ({}),
    maxTries,
    slots: 1,
    microphone: () => null,
    offer: (req) => {
      if (way.isOpen) offers.push(req);
      return way.isOpen;
    },
    onTracks: ([track]) => played.push(track?.id ?? ''),
    onState: (state) => states.push(state),
  });
  const connect = async () => {
    await settle();
    peer.answered(offers.at(-1) ?? -1, 'answer');
    await settle();
    peers.last().become('connected');
  };
  return { timing, peers, offers, played, states, way, peer, connect };
}

describe('the sound path of a page', () => {
  it('[N9] keeps the old connection until the new one stands, and closes it 200 ms later', async () => {
    const { timing, peers, played, peer, connect } = setUp();
    peer.renew();
    await connect();
    const [first] = peers.all;
    peer.renew();
    await settle();
    expect(first?.isClosed).toBe(false);
    expect(played).toHaveLength(1);
    await connect();
    expect(played).toHaveLength(2);
    timing.pass(199);
    expect(first?.isClosed).toBe(false);
    timing.pass(1);
    expect(first?.isClosed).toBe(true);
    expect(peers.last().isClosed).toBe(false);
  });

  it('[N9] makes a new one when the present one is disconnected', async () => {
    const { peers, states, peer, connect } = setUp();
    peer.renew();
    await connect();
    peers.last().become('disconnected');
    expect(peers.all).toHaveLength(2);
    expect(states).toEqual(['opening', 'up', 'lost']);
    await connect();
    expect(peer.state()).toBe('up');
  });

  it('[N10] leaves a connection alone that still stands when the way for offers is back', async () => {
    const { peers, peer, connect } = setUp();
    peer.renew();
    await connect();
    peer.wayIsBack();
    expect(peers.all).toHaveLength(1);
  });

  it('[N10] leaves a connection alone that came back by itself while there was no way', async () => {
    const { peers, way, peer, connect } = setUp();
    peer.renew();
    await connect();
    way.isOpen = false;
    const [first] = peers.all;
    first?.become('disconnected');
    await settle();
    first?.become('connected');
    way.isOpen = true;
    peer.wayIsBack();
    await settle();
    expect(peers.all.filter((one) => !one.isClosed)).toEqual([first]);
  });

  it('[N9] offers as soon as there is a way again', async () => {
    const { peers, offers, way, peer, connect } = setUp();
    way.isOpen = false;
    peer.renew();
    await settle();
    expect(offers).toEqual([]);
    expect(peers.last().isClosed).toBe(true);
    way.isOpen = true;
    peer.wayIsBack();
    await connect();
    expect(peer.state()).toBe('up');
  });

  it('[N9] offers again when the answer was lost with the old way', async () => {
    const { offers, peer } = setUp();
    peer.renew();
    await settle();
    peer.wayIsBack();
    await settle();
    expect(offers).toEqual([1, 2]);
  });

  it('[N9] tries again when a new connection does not come to stand', async () => {
    const { timing, offers, peer } = setUp();
    peer.renew();
    for (let round = 0; round < 20; round += 1) {
      await settle();
      timing.pass(9_000);
    }
    expect(offers.length).toBeGreaterThanOrEqual(12);
  });

  it('[N9] rests after the tries it was given', async () => {
    const { timing, offers, peer } = setUp(3);
    peer.renew();
    for (let round = 0; round < 10; round += 1) {
      await settle();
      timing.pass(9_000);
    }
    expect(offers).toHaveLength(3);
  });

  it('[N11] makes a new one when no packet comes any more', async () => {
    const { timing, peers, peer, connect } = setUp();
    peer.renew();
    await connect();
    for (let second = 0; second < 5; second += 1) {
      peers.last().packets += 50;
      timing.pass(1_000);
      await settle();
    }
    expect(peers.all).toHaveLength(1);
    for (let second = 0; second < 5; second += 1) {
      timing.pass(1_000);
      await settle();
    }
    expect(peers.all).toHaveLength(2);
  });

  it('closes everything and stays closed', async () => {
    const { timing, peers, peer, connect } = setUp();
    peer.renew();
    await connect();
    peer.close();
    timing.pass(60_000);
    peer.wayIsBack();
    expect(peers.all.every((one) => one.isClosed)).toBe(true);
    expect(peers.all).toHaveLength(1);
    expect(peer.state()).toBe('none');
  });
});
