// Which line can be heard now, for the words on the screen. Pure; the routes themselves are core's and the server's.
import type { Line, Lines } from '../../../core/incident/lines.ts';
import { isUnsafe } from '../../../core/line/machine.ts';

/** The line whose far end hears the floor; at most one. */
export function liveLine(lines: Lines): Line | undefined {
  return Object.values(lines.byId).find((line) => line.state === 'live');
}

/** The line to show when it is not safe: the live one first. */
export function unsafeLine(lines: Lines): Line | undefined {
  return liveLine(lines) ?? Object.values(lines.byId).find((line) => isUnsafe(line.state) || line.unconfirmed);
}
