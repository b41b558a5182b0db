// Text on the call page: what the person wrote, kept until it was taken, and what came for him. Draws nothing, opens nothing.
import type { FromField } from '../../protocol/field.ts';
import { every, type Timing } from './timing.ts';

/** One message as it is shown, always as text. `isSent`: an own one was taken for good. */
export interface TextLine {
  /** Tells it apart from all others of this call. */
  readonly key: string;
  readonly isMine: boolean;
  readonly text: string;
  readonly isSent: boolean;
}

export interface TextsParts {
  readonly timing: Timing;
  /** False: there is no way now. Called only while the page is let in. */
  readonly send: (message: FromField) => boolean;
  /** The page is in sight: what it shows counts as shown. */
  readonly isSeen: () => boolean;
  readonly newId: () => string;
  readonly onChange: () => void;
}

export interface Texts {
  /** The person wrote this. It goes as soon as it can, after those before it, once. */
  write(text: string): void;
  came(n: number, text: string): void;
  taken(id: string): void;
  /** The page is let in: what waits goes. */
  wayIsOpen(): void;
  wayIsShut(): void;
  /** Oldest first. */
  lines(): readonly TextLine[];
  stop(): void;
}

/** Longest message, in characters, as the other end takes it. */
export const MAX_CHARS = 1_000;
/** What was not taken for this long is said again, ms. */
const AGAIN_MS = 3_000;
const LOOK_MS = 1_000;

/** 128 bits of luck, base64url. */
export function newTextId(): string {
  const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The texts of one call. */
export function makeTexts({ timing, send, isSeen, newId, onChange }: TextsParts): Texts {
  let lines: readonly TextLine[] = [];
  let isOpen = false;
  /** When the oldest of what waits was said last; one at a time, so that order is kept. */
  let saidAt = Number.NEGATIVE_INFINITY;
  /** Numbers that are on the page and were not told of. */
  let untold: readonly number[] = [];

  const next = () => lines.find((line) => line.isMine && !line.isSent);

  const sendNext = () => {
    const line = next();
    if (!isOpen || line === undefined) return;
    saidAt = timing.now();
    send({ t: 'text', id: line.key, text: line.text });
  };

  const tellShown = () => {
    if (isOpen && isSeen()) untold = untold.filter((n) => !send({ t: 'text-shown', n }));
  };

  const stop = every(timing, LOOK_MS, () => {
    tellShown();
    if (timing.now() - saidAt >= AGAIN_MS) sendNext();
  });

  return {
    write: (written) => {
      const text = written.trim().slice(0, MAX_CHARS);
      if (text === '') return;
      const isFirst = next() === undefined;
      lines = [...lines, { key: newId(), isMine: true, text, isSent: false }];
      if (isFirst) sendNext();
      onChange();
    },
    came: (n, text) => {
      const key = `n${n}`;
      if (!lines.some((line) => line.key === key)) lines = [...lines, { key, isMine: false, text, isSent: true }];
      untold = [...untold.filter((one) => one !== n), n];
      // First on the page, then told.
      onChange();
      tellShown();
    },
    taken: (id) => {
      lines = lines.map((line) => (line.key === id ? { ...line, isSent: true } : line));
      sendNext();
      onChange();
    },
    wayIsOpen: () => {
      isOpen = true;
      sendNext();
      tellShown();
    },
    wayIsShut: () => {
      isOpen = false;
    },
    lines: () => lines,
    stop,
  };
}
