// Requests to the server's HTTP doors. Every answer is one of three; nothing is thrown.
import type { Refused, Uploaded } from '../../../protocol/http.ts';

/** What a request came to: a value, or a refusal with its next step. */
export type HttpAnswer<T> =
  | { readonly is: 'done'; readonly value: T }
  | { readonly is: 'refused'; readonly status: number; readonly refusal: Refused['refused'] | null }
  | { readonly is: 'no-answer' };

/** A request without an answer for this long is given up, in ms. */
const ANSWER_MS = 10_000;

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (fault) {
    // Given up between head and body: that is no answer, and must not pass for an empty one.
    if (fault instanceof DOMException) throw fault;
    return null;
  }
}

function refusalIn(body: unknown): Refused['refused'] | null {
  return typeof body === 'object' && body !== null && 'refused' in body ? (body as Refused).refused : null;
}

/** Asks the server. `body` is sent as JSON. The session's cookie goes along by itself. */
export async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<HttpAnswer<T>> {
  try {
    const response = await fetch(path, {
      method,
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = await bodyOf(response);
    return response.ok ? { is: 'done', value: answer as T } : { is: 'refused', status: response.status, refusal: refusalIn(answer) };
  } catch {
    return { is: 'no-answer' };
  }
}

/** A file may take so long on a slow link, in ms. */
const FILE_MS = 150_000;

/** Hands a file in. Its name goes along as the sender's word; what it is, the server sees for itself. */
export async function sendFile(incidentId: string, file: File): Promise<HttpAnswer<Uploaded>> {
  const query = new URLSearchParams({ name: file.name.slice(0, 200) });
  try {
    const response = await fetch(`/api/incidents/${encodeURIComponent(incidentId)}/uploads?${query}`, {
      method: 'POST',
      signal: AbortSignal.timeout(FILE_MS),
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
    const answer = await bodyOf(response);
    return response.ok ? { is: 'done', value: answer as Uploaded } : { is: 'refused', status: response.status, refusal: refusalIn(answer) };
  } catch {
    return { is: 'no-answer' };
  }
}
