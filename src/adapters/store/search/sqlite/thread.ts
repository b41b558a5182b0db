// The thread that owns the index: finding and merging must stop neither the server nor the log's own thread. Its own bundle
// (dist/search-thread.js).
import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from '../../sqlite/driver.ts';
import type { Answered, FaultText } from '../../sqlite/messages.ts';
import { faultOf } from '../../sqlite/work.ts';
import type { Job } from './messages.ts';
import { discardIndex, openIndex } from './schema.ts';
import { indexOn } from './work.ts';

const port = parentPort;
if (port === null) throw new Error('search-thread.js runs as a thread of the index only');
const { path } = workerData as { path: string };

const answer = (message: Answered): void => port.postMessage(message);

interface Index {
  readonly db: Database;
  readonly work: (job: Job) => unknown;
}

function opened(): Index {
  const db = openIndex(path);
  return { db, work: indexOn(db) };
}

/** What is damaged is made anew and empty: whoever feeds it finds that out by its cursors. */
function afterFault(index: Index, fault: FaultText): Index {
  if (fault.code !== 'corrupt') return index;
  index.db.close();
  discardIndex(path);
  return opened();
}

function serve(index: Index, { id, job }: { readonly id: number; readonly job: Job | { readonly op: 'close' } }): Index {
  try {
    if (job.op === 'close') {
      index.db.close();
      answer({ id });
      port?.close();
    } else answer({ id, value: index.work(job) });
    return index;
  } catch (cause) {
    const fault = faultOf(cause);
    const next = afterFault(index, fault);
    answer({ id, fault });
    return next;
  }
}

function start(): void {
  try {
    let index = opened();
    port?.on('message', (asked) => {
      index = serve(index, asked as Parameters<typeof serve>[1]);
    });
    answer({ id: 0 });
  } catch (cause) {
    answer({ id: 0, fault: faultOf(cause) });
    port?.close();
  }
}

start();
