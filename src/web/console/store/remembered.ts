// What the person said of the own gear, remembered by this browser.
import { type Output, output } from '../../../core/incident/gear.ts';
import type { Gear } from './sound.ts';

const KEY = 'parley-gear';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function outputOf(value: unknown): Output {
  return output.options.find((one) => one === value) ?? 'unknown';
}

/** The gear chosen last time in this browser. */
export function rememberedGear(): Gear | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Gear> | null;
    if (kept === null) return null;
    return {
      kind: outputOf(kept.kind),
      saidOf: typeof kept.saidOf === 'string' ? kept.saidOf : null,
      microphoneId: text(kept.microphoneId),
    };
  } catch {
    return null;
  }
}

/** Keeps it for the next time. */
export function rememberGear(gear: Gear): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(gear));
  } catch {
    // Storage is forbidden here: the choice lasts as long as the page.
  }
}
