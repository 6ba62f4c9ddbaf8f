import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // One PostgreSQL for the run, started only when a test asks for it.
    globalSetup: ['test/support/postgres.ts'],
    // Real disks, sockets and database servers: a cold machine is slow, a hung test still ends.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers than that only make the real servers wait for each other.
    maxWorkers: 2,
  },
});
