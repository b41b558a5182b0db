// Reaction: finishes what the leader's close began: the recordings end, their hashes are entered, then nothing can be added. Decides nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../core/incident/topic.ts';
import type { Room } from '../room.ts';

const PARLEY: Actor = { kind: 'parley' };
const MOST_TRIES = 3;
const AGAIN_MS = 1_000;

/** Tries a few times to end the recordings.
 *  @returns why it could not be done; an empty text when it was */
async function endRecordings(end: () => Promise<void>): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      await end();
      return '';
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      process.emitWarning(`the recordings of an incident being closed did not end: ${why}`);
      if (tries === MOST_TRIES) return why.slice(0, 300);
      await sleep(AGAIN_MS);
    }
  }
}

/** Ends the recordings and closes the incident. What the log refuses because it cannot be written is asked again until it takes it.
 *  @param end resolved when every recording is finished and its report was entered */
export async function finishClosing(room: Room, end: () => Promise<void>): Promise<void> {
  const why = await endRecordings(end);
  const command = { type: 'finish-closing', recordings: why === '' ? 'finished' : 'unfinished', why };
  for (;;) {
    const outcome = await room.submit(PARLEY, command);
    if (!('rule' in outcome) || outcome.rule !== 'E9') return;
    await sleep(AGAIN_MS, undefined, { ref: false });
  }
}
