// The thread that owns the database: a slow disk must never stop the server's event loop. Its own bundle (dist/store-thread.js).
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Database } from './driver.ts';
import type { Answered, Asked, Read, Write } from './messages.ts';
import { openSchema } from './schema.ts';
import { faultOf, type Work, workOn } from './work.ts';

/** Writes in one commit at most, so that the first of them does not wait for ever in a flood. */
const MAX_GROUP = 500;

const port = parentPort;
if (port === null) throw new Error('store-thread.js runs as a thread of the store only');

const answer = (message: Answered): void => port.postMessage(message);

/** All that waits by now, the oldest first. */
function waiting(first: Asked): Asked[] {
  const batch = [first];
  while (batch.length < MAX_GROUP) {
    const next = receiveMessageOnPort(port as NonNullable<typeof port>);
    if (next === undefined) break;
    batch.push(next.message as Asked);
  }
  return batch;
}

function isWrite(asked: Asked): asked is Asked & { job: Write } {
  return asked.job.op === 'append' || asked.job.op === 'put' || asked.job.op === 'delete';
}

function serve(batch: readonly Asked[], work: Work, db: Database): void {
  const writes = batch.filter(isWrite);
  const results = writes.length === 0 ? [] : work.write(writes.map((one) => one.job));
  for (const [index, { id }] of writes.entries()) {
    const fault = results[index];
    answer(fault === undefined ? { id } : { id, fault });
  }
  for (const { id, job } of batch) {
    if (job.op === 'close') close(id, db);
    else if (job.op === 'read' || job.op === 'streams' || job.op === 'get' || job.op === 'list') read(id, job, work);
  }
}

function read(id: number, job: Read, work: Work): void {
  try {
    answer({ id, value: work.read(job) });
  } catch (cause) {
    answer({ id, fault: faultOf(cause) });
  }
}

function close(id: number, db: Database): void {
  try {
    db.close();
    answer({ id });
  } catch (cause) {
    answer({ id, fault: faultOf(cause) });
  }
  port?.close();
}

function start(): void {
  try {
    const db = openSchema((workerData as { path: string }).path);
    const work = workOn(db);
    port?.on('message', (first: Asked) => serve(waiting(first), work, db));
    answer({ id: 0 });
  } catch (cause) {
    answer({ id: 0, fault: faultOf(cause) });
    port?.close();
  }
}

start();
