// What a suite says when it needs a system program: it gets the path, or fails with the line to install it,
// or (npm test -- --portable) is left out visibly.
import { describe, it } from 'vitest';
import { findPart, installLine, type PartName } from '../scripts/parts.mjs';

const portable = process.env['PARLEY_PORTABLE'] === '1';

/** Path of a system program. @throws Error with the line that installs it, when it is not here. */
export function requirePart(name: PartName): string {
  const path = findPart(name);
  if (path === undefined) throw new Error(`This suite needs ${name}. Install it:\n    ${installLine(name)}`);
  return path;
}

/**
 * A `describe` that needs system programs; `body` gets their paths by name. One missing: the suite fails with the line to
 * install it, or with PARLEY_PORTABLE=1 shows up as skipped with the reason in its title.
 */
export function describeWith<N extends PartName>(names: readonly N[], title: string, body: (paths: Record<N, string>) => void): void {
  const found = names.map((name) => [name, findPart(name)] as const);
  const missing = found.filter(([, path]) => path === undefined).map(([name]) => name);
  if (missing.length === 0) {
    describe(title, () => body(Object.fromEntries(found) as Record<N, string>));
  } else if (portable) {
    it.skip(`${title} (left out, no ${missing.join(', ')})`, () => {});
  } else {
    describe(title, () => {
      it(`needs ${missing.join(', ')}`, () => {
        throw new Error(`Install what is missing:\n${missing.map((name) => `    ${installLine(name)}`).join('\n')}`);
      });
    });
  }
}
