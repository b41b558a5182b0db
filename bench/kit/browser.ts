// Chromium for the benches, and how it is found. No measuring here.
import type { Browser } from 'playwright-core';
import { findPart, installLine } from '../../scripts/parts.mjs';
import { launchChromium } from '../../test/contract/media-browser.ts';

/** Starts Chromium without a window. @throws Error with the line that installs it, when there is none. */
export function startChromium(): Promise<Browser> {
  const path = findPart('chromium');
  if (path === undefined) throw new Error(`This bench needs chromium. Install it:\n    ${installLine('chromium')}`);
  return launchChromium(path);
}
