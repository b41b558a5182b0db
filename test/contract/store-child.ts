// A program for the store's tests: appends single lines, several at a time, and says each acknowledged number on stdout.
// Stops by itself at the first fault, which it prints as JSON, or after `limit` lines.
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../src/adapters/store/sqlite/store.ts';
import { type StoredLine, StoreFault } from '../../src/ports/store.ts';
import { chained } from './chained.ts';

const [path = '', stream = '', limitText = '0'] = process.argv.slice(2);
const AT_ONCE = 8;

const { store } = await openSqliteStore({ path });
let kept: readonly StoredLine[] = [];
for (;;) {
  const more = await store.read(stream, kept.at(-1)?.seq ?? 0, 10_000);
  if (more.length === 0) break;
  kept = more;
}
let last = kept.at(-1);
const limit = (last?.seq ?? 0) + Number(limitText);
try {
  while ((last?.seq ?? 0) < limit) {
    const lines = chained(
      stream,
      Array.from({ length: AT_ONCE }, () => `"${'x'.repeat(500)}"`),
      last,
    );
    const before = last?.seq ?? 0;
    const acks = lines.map((line, index) => store.append(stream, before + index, [line]).then(() => writeSync(1, `${line.seq}\n`)));
    const results = await Promise.allSettled(acks);
    const failed = results.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    last = lines.at(-1);
  }
} catch (fault) {
  const count = (await store.read(stream, 0, 10_000)).length;
  writeSync(1, `${JSON.stringify({ fault: fault instanceof StoreFault ? fault.code : String(fault), count })}\n`);
}
await store.close();
