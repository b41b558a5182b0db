// What a bench hands over, and how one is run: as a figure, or as one of its own child processes. Prints nothing: scripts/bench.mjs does.
import { writeFileSync } from 'node:fs';

export type Values = Readonly<Record<string, number>>;

/** One thing measured. Equal keys of `ours` and `baseline` are compared as a ratio. */
export interface Row {
  readonly what: string;
  readonly unit: 'ms' | '%' | 'MB' | 'KB' | 'count';
  readonly ours: Values;
  /** Measured in the same run; null only together with `leftOut`. */
  readonly baseline: { readonly what: string; readonly values: Values } | null;
  /** What the design asks for, in words; left out: it names no figure. */
  readonly target?: string;
  /** Why there is no baseline. */
  readonly leftOut?: string;
}

export interface Figure {
  readonly figure: string;
  readonly rows: readonly Row[];
  /** Counts and conditions that a reader needs to judge the rows. */
  readonly facts: Readonly<Record<string, number | string>>;
  /** What is not measured here, and what to do about it. */
  readonly leftOut: readonly string[];
}

type Roles = Readonly<Record<string, (input: never) => Promise<void>>>;

/** Runs this file's figure, or the role that its parent started it for (see child.ts). */
export async function runFigure(measure: () => Promise<Figure>, roles: Roles = {}): Promise<void> {
  const [, , role, input = 'null'] = process.argv;
  if (role !== undefined) return roles[role]?.(JSON.parse(input) as never);
  const figure = await measure();
  const out = process.env['PARLEY_BENCH_OUT'];
  if (out === undefined) process.stdout.write(`${JSON.stringify(figure, null, 2)}\n`);
  else writeFileSync(out, JSON.stringify(figure));
  // Native stacks and browsers may hold a thread; all that counts is written.
  process.exit(0);
}
