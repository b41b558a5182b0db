// How the tests run: two groups, `node` (all but test/e2e) and `browser` (journeys, which need the built pages); `soak` when asked.
import { defineConfig } from 'vitest/config';

const shared = {
  setupFiles: ['./test/setup.ts'],
  testTimeout: 20_000,
  hookTimeout: 30_000,
  teardownTimeout: 10_000,
  restoreMocks: true,
};

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
          exclude: ['test/e2e/**', 'test/soak/**'],
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
                sequence: { groupOrder: 2 },
                include: ['test/soak/**/*.test.ts'],
                globalSetup: ['./test/build-node.ts'],
              },
            },
          ]),
    ],
  },
});
