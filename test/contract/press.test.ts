// The press on its real process: what was signed is what is printed, text stays text, and the thread of whoever asks goes on.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openProcessPress } from '../../src/adapters/press/process/press.ts';
import { type PaperSheet, PressFault } from '../../src/ports/press.ts';
import { pdfText } from '../pdf-text.ts';

const jobsEntry = fileURLToPath(new URL('../../dist/jobs.js', import.meta.url));
const sheet: PaperSheet = {
  incidentId: 'incident1',
  title: 'Bridge',
  exercise: true,
  number: 3,
  signer: 'Anna',
  signedAt: Date.parse('2026-03-01T08:00:00Z'),
  to: ['command'],
  basis: 'two calls',
  status: 'Он говорит. <b>bold</b>\n{"image":"/etc/passwd"} a\u202Eb',
  assessment: 'Calmer.',
  recommendations: 'Go on.',
  madeAt: { seq: 41, hash: 'a'.repeat(64) },
  entry: { seq: 42, hash: 'b'.repeat(64) },
};

describe('the press', () => {
  it('[D60] prints incident, number, signer, time, place in the log with its hash, and every part; text is text, odd marks are seen', async () => {
    const lag = { worst: 0, last: performance.now() };
    const timer = setInterval(() => {
      lag.worst = Math.max(lag.worst, performance.now() - lag.last);
      lag.last = performance.now();
    }, 5);
    const bytes = await openProcessPress({ jobsEntry }).paper(sheet);
    clearInterval(timer);
    const words = pdfText(bytes).replaceAll(/\s+/g, '');
    for (const one of [
      'EXERCISE',
      'Position paper 3',
      'Bridge',
      'Signed by Anna, 2026-03-01 08:00:00 UTC',
      'two calls',
      'Calmer.',
      'Go on.',
    ])
      expect(words).toContain(one.replaceAll(' ', ''));
    for (const one of ['Он говорит.', '<b>bold</b>', '{"image":"/etc/passwd"}', 'a[U+202E]b', 'entry 41', 'entry 42'])
      expect(words).toContain(one.replaceAll(' ', ''));
    expect(words).toContain('a'.repeat(64));
    expect(words).toContain('b'.repeat(64));
    expect(lag.worst).toBeGreaterThan(0);
  });

  it('[D60] says so when no file can be made, and takes no more than two at once', async () => {
    await expect(openProcessPress({ jobsEntry: '/not/there.js' }).paper(sheet)).rejects.toThrow(PressFault);
    const press = openProcessPress({ jobsEntry });
    const made = await Promise.allSettled([press.paper(sheet), press.paper(sheet), press.paper(sheet)]);
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });
});
