import { defineConfig } from '@playwright/test';

// Real servers on free ports and one profile for each desk: tests of one file share them in order, two files run beside
// each other, because a test at a keyboard mostly waits.
export default defineConfig({
  testDir: '..',
  testMatch: ['e2e/*.e2e.ts', 'defects/*.e2e.ts'],
  outputDir: '../../test-results/e2e',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
});
