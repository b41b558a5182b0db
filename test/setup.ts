// Runs before every test file: a fuzz run's seed and count reach every property.
const seed = process.env['PARLEY_FUZZ_SEED'];
const runs = process.env['PARLEY_FUZZ_RUNS'];

if (seed !== undefined || runs !== undefined) {
  // Only then: loading it for every file costs more than most unit tests.
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ ...(seed === undefined ? {} : { seed: Number(seed) }), ...(runs === undefined ? {} : { numRuns: Number(runs) }) });
}

export {};
