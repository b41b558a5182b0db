// The one giant light: safe, not safe, or not known. Never says safe when it cannot know. Pure.

export type Light = 'safe' | 'not-safe' | 'unknown';

export interface LightBasis {
  /** The whole log up to the head is here. */
  readonly isLoaded: boolean;
  /** Age of the last word from the server, ms. */
  readonly ageMs: number;
  /** Lines that are not safe, by the log. */
  readonly unsafe: number;
}

/** What is older than this tells nothing of now, in ms. */
export const STALE_MS = 3_000;

/** "Not safe" stays lit however old it is; "safe" needs to be fresh. */
export function lightOf({ isLoaded, ageMs, unsafe }: LightBasis): Light {
  if (unsafe > 0) return 'not-safe';
  return isLoaded && ageMs <= STALE_MS ? 'safe' : 'unknown';
}
