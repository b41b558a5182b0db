// The worker's command line. Says what is wrong in words and nothing else.
import { parseArgs } from 'node:util';
import type { PortRange } from './transports/werift/ports.ts';

export interface WorkerArgs {
  /** Recordings folder of this room. */
  readonly dir: string;
  /** Path of the control socket, or name of the pipe. */
  readonly socket: string;
  readonly announceIps: readonly string[];
  readonly ports: PortRange;
  /** Length of a recording segment, in seconds. */
  readonly segmentS: number;
  /** File that holds room for sound; empty: none. */
  readonly reserve: string;
}

/** @throws Error with a sentence for people when an argument is missing or wrong */
export function readArgs(argv: readonly string[]): WorkerArgs {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      dir: { type: 'string' },
      socket: { type: 'string' },
      'announce-ip': { type: 'string', default: '' },
      ports: { type: 'string', default: '40000-40199' },
      'segment-s': { type: 'string', default: '60' },
      reserve: { type: 'string', default: '' },
    },
  });
  if (!values.dir || !values.socket) throw new Error('--dir and --socket are needed');
  const announceIps = values['announce-ip'].split(',').map((text) => text.trim());
  return {
    dir: values.dir,
    socket: values.socket,
    announceIps: announceIps.filter((text) => text !== ''),
    ports: readRange(values.ports),
    segmentS: readCount(values['segment-s'], '--segment-s', 1, 3_600),
    reserve: values.reserve,
  };
}

function readRange(text: string): PortRange {
  const [first = '', last = ''] = text.split('-');
  const range = { first: readCount(first, '--ports', 1_024, 65_535), last: readCount(last, '--ports', 1_024, 65_535) };
  if (range.last - range.first < 3) throw new Error('--ports needs at least four ports, as in 40000-40199');
  return range;
}

function readCount(text: string, name: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(`${name}: ${text} is not a whole number from ${min} to ${max}`);
  return value;
}
