// The media port on worker processes: one process for each room, adopted when it runs already.
import { join } from 'node:path';
import type { Media } from '../../../ports/media.ts';
import { RESERVE_FILE } from '../../../protocol/limits.ts';
import { WorkerRoom } from './room.ts';
import { runPaths } from './run-file.ts';

/** What sound by worker processes needs to know of this machine. */
export interface WorkerMediaOptions {
  /** The data folder; recordings go below `media`, run files below `run`. */
  readonly dataDir: string;
  /** The built worker, as in `dist/media.js`. */
  readonly workerEntry: string;
  /** Addresses to name to far ends beside those of this machine. */
  readonly announceIps: readonly string[];
  /** First and last UDP port, 1024 to 65535. */
  readonly ports: readonly [number, number];
  /** Lines for the server's log; nothing secret is in them. */
  readonly log?: (event: string, fields: Record<string, unknown>) => void;
  /** Length of a recording segment in seconds; 60 unless told. */
  readonly segmentS?: number;
}

/**
 * Sound by worker processes that outlive this one. `open` fails with MediaFault when no worker can be started, and tells events
 * only from the turn after it is resolved on.
 */
export function openWorkerMedia(options: WorkerMediaOptions): Media {
  const { dataDir, workerEntry, announceIps, ports, log = () => undefined, segmentS = 60 } = options;
  return {
    open: (room, onEvent) =>
      WorkerRoom.open({
        paths: runPaths(dataDir, room),
        spawn: {
          workerEntry,
          recordings: join(dataDir, 'media', room),
          reserve: join(dataDir, RESERVE_FILE),
          announceIps,
          ports: ports.join('-'),
          segmentS,
        },
        onEvent,
        log: (event, fields) => log(event, { room, ...fields }),
      }),
  };
}
