// The worker's command line.
import { describe, expect, it } from 'vitest';
import { readArgs } from './args.ts';

describe('the command line', () => {
  it('[N31] has defaults and takes what it is given', () => {
    expect(readArgs(['--dir', '/d', '--socket', '/s'])).toEqual({
      dir: '/d',
      socket: '/s',
      announceIps: [],
      ports: { first: 40_000, last: 40_199 },
      segmentS: 60,
      reserve: '',
    });
    expect(
      readArgs(['--dir', '/d', '--socket', '/s', '--announce-ip', '1.2.3.4, 5.6.7.8', '--ports', '5000-5100', '--segment-s', '5']),
    ).toMatchObject({
      announceIps: ['1.2.3.4', '5.6.7.8'],
      ports: { first: 5_000, last: 5_100 },
      segmentS: 5,
    });
  });

  it.each([
    [[]],
    [['--dir', '/d']],
    [['--ports', '1-2']],
    [['--ports', '5000-5001']],
    [['--ports', 'x']],
    [['--segment-s', '0']],
    [['--other', '1']],
  ])('[P2] refuses %j', (more) => {
    expect(() =>
      readArgs(more.includes('--ports') || more.includes('--segment-s') ? ['--dir', '/d', '--socket', '/s', ...more] : more),
    ).toThrow();
  });
});
