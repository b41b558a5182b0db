// How the tests run: `node` (all but test/e2e) and `browser` (journeys, which need the built pages) in `npm test`; `bad-days` (journeys over
// broken paths and dead workers, which take minutes) and `soak` in `npm run soak`.
import { defineConfig } from 'vitest/config';

const shared = {
  setupFiles: ['./test/setup.ts'],
  testTimeout: 20_000,
  hookTimeout: 30_000,
  teardownTimeout: 10_000,
  restoreMocks: true,
};

/** Journeys that wait for things to break and to come back, the proof of their namespaces, and what else takes long. */
const BAD_DAYS = [
  ...['paths', 'relay', 'worker', 'flood', 'net/net-self', 'five', 'keyboard', 'axe'].map((name) => `test/e2e/${name}.test.ts`),
  // Long for other reasons: they listen for a minute, or walk through every screen.
  ...['again', 'leak', 'monitor', 'gallery', 'screens', 'command', 'places'].map((name) => `test/e2e/${name}.test.ts`),
  'test/story/*.test.ts',
];

export default defineConfig({
  test: {
    // Few at a time: suites measure sound and time, and a crowded machine makes them lie.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'node',
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/story/**', 'test/soak/**'],
          globalSetup: ['./test/build-node.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          // After all others and one file at a time: each starts several browsers.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          include: ['test/e2e/**/*.test.ts'],
          exclude: BAD_DAYS,
          testTimeout: 90_000,
          globalSetup: ['./test/build-all.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'bad-days',
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          include: BAD_DAYS,
          testTimeout: 90_000,
          globalSetup: ['./test/build-all.ts'],
        },
      },
      // Only for `npm run soak`.
      ...(process.env['PARLEY_SOAK_CALLS'] === undefined
        ? []
        : [
            {
              test: {
                ...shared,
                name: 'soak',
                maxWorkers: 1,
                sequence: { groupOrder: 3 },
                include: ['test/soak/**/*.test.ts'],
                globalSetup: ['./test/build-node.ts'],
              },
            },
          ]),
    ],
  },
});
