// The watchdog against a clock that is a number.
import { describe, expect, it } from 'vitest';
import { LEG_AMBER_MS, LEG_LOST_MS } from '../../protocol/limits.ts';
import { Watchdog } from './watchdog.ts';

describe('the watchdog', () => {
  const live = (): Watchdog => {
    const watchdog = new Watchdog(0);
    watchdog.negotiated('sound', 0);
    watchdog.media(100);
    return watchdog;
  };

  it('[N30] says up at the first sound and not again', () => {
    const watchdog = new Watchdog(0);
    expect(watchdog.negotiated('sound', 0)?.state).toBe('connecting');
    expect(watchdog.media(100)?.state).toBe('up');
    expect(watchdog.media(120)).toBeUndefined();
  });

  it('[N30] amber after 600 ms without sound, lost after 2 s, each once', () => {
    const watchdog = live();
    expect(watchdog.tick(99 + LEG_AMBER_MS)).toBeUndefined();
    expect(watchdog.tick(100 + LEG_AMBER_MS)?.state).toBe('amber');
    expect(watchdog.tick(99 + LEG_LOST_MS)).toBeUndefined();
    expect(watchdog.tick(100 + LEG_LOST_MS)?.state).toBe('lost');
    expect(watchdog.tick(60_000)).toBeUndefined();
  });

  it('[N30] a lost leg is up again with the next sound, on the old path or a new one', () => {
    const watchdog = live();
    watchdog.tick(100 + LEG_LOST_MS);
    expect(watchdog.media(9_000)?.state).toBe('up');
    watchdog.tick(9_000 + LEG_LOST_MS);
    expect(watchdog.negotiated('sound', 12_000)?.state).toBe('connecting');
    expect(watchdog.media(12_300)?.state).toBe('up');
  });

  it('[N30] a new connection of a leg that is up changes nothing', () => {
    const watchdog = live();
    expect(watchdog.negotiated('sound', 200)).toBeUndefined();
    expect(watchdog.state).toBe('up');
  });

  it('[N30] an answered connection that never brings sound is lost after ten seconds', () => {
    const watchdog = new Watchdog(0);
    watchdog.negotiated('sound', 0);
    expect(watchdog.tick(9_999)).toBeUndefined();
    expect(watchdog.tick(10_000)?.state).toBe('lost');
  });

  it('[N30] a far end that only listens lives by its reports; one with a microphone does not', () => {
    const listener = new Watchdog(0);
    listener.negotiated('nothing', 0);
    expect(listener.alive(100)?.state).toBe('up');
    expect(listener.tick(100 + LEG_LOST_MS)).toBeUndefined();
    expect(listener.tick(4_100)?.state).toBe('amber');
    expect(listener.tick(8_100)?.state).toBe('lost');
    expect(live().alive(5_000)).toBeUndefined();
  });

  it('[N50] a camera may be without a picture for longer, and a report does not stand for one', () => {
    const camera = new Watchdog(0);
    camera.negotiated('pictures', 0);
    expect(camera.media(100)).toEqual({ state: 'up', cause: 'pictures' });
    expect(camera.alive(1_000)).toBeUndefined();
    expect(camera.tick(2_099)).toBeUndefined();
    expect(camera.tick(2_100)?.state).toBe('amber');
    expect(camera.tick(6_100)?.state).toBe('lost');
  });

  it('[N30] says lost at once when the path is gone, and nothing more after the end', () => {
    const watchdog = live();
    expect(watchdog.pathGone('closed')).toEqual({ state: 'lost', cause: 'closed' });
    expect(watchdog.ended('over')?.state).toBe('ended');
    expect(watchdog.pathGone('closed')).toBeUndefined();
    expect(watchdog.tick(90_000)).toBeUndefined();
  });
});
