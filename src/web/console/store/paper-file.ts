// A position paper as a file: fetched, and handed to the browser to keep. Which papers there are is the log's to say.
import { commandWords } from '../words/command.ts';

/** A file without an answer for this long is given up, in ms. */
const ANSWER_MS = 25_000;

/** Fetches the file and lets the browser save it. Returns why not, or null when it was handed over. */
export async function takePaper(incidentId: string, number: number): Promise<{ readonly why: string; readonly next: string } | null> {
  try {
    const response = await fetch(`/api/incidents/${encodeURIComponent(incidentId)}/papers/${number}`, {
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!response.ok) return { why: commandWords.noPdf, next: '' };
    const url = URL.createObjectURL(await response.blob());
    const link = Object.assign(document.createElement('a'), { href: url, download: `position-paper-${number}.pdf` });
    link.click();
    // The browser has taken it up by the next turn; the address is of no use to anybody later.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    return null;
  } catch {
    return { why: commandWords.noPdf, next: '' };
  }
}
