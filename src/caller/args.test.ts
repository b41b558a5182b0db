// Command lines that are followed, and those that are not.
import { describe, expect, it } from 'vitest';
import { OrdersFault, readOrders } from './args.ts';

const url = 'http://127.0.0.1:8080/#secret-token';

describe('orders', () => {
  it('are read from the command line, the address also from the environment', () => {
    expect(readOrders(['--url', url, '--script', 'practice', '--seed', '7'], {})).toMatchObject({
      does: { kind: 'practice', seed: 7 },
      listenTones: [],
    });
    const orders = readOrders(['--tone', '440', '--listen-tones', '440,930', '--key', 'k.json'], { PARLEY_CALLER_URL: url });
    expect(orders).toMatchObject({ does: { kind: 'tone', hz: 440 }, listenTones: [440, 930], keyFile: 'k.json' });
    expect(orders.address.href).toBe(url);
    expect(readOrders(['--url', url], {}).does).toEqual({ kind: 'silence' });
  });

  it('are refused when they cannot be followed', () => {
    for (const argv of [
      [],
      ['--url', 'ftp://x/'],
      ['--url', 'nonsense'],
      ['--url', url, '--tone', 'high'],
      ['--url', url, '--tone', '20000'],
      ['--url', url, '--script', 'opera'],
      ['--url', url, '--script', 'practice', '--tone', '440'],
      ['--url', url, '--script', 'practice', '--seed', 'x'],
      ['--url', url, '--listen-tones', '440,x'],
      ['--url', url, '--shout'],
    ])
      expect(() => readOrders(argv, {}), argv.join(' ')).toThrow(OrdersFault);
  });
});
