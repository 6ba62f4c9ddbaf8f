import { defineConfig } from '@playwright/test';

// Real servers on real ports and one profile each: tests of one file share them in order, files run one by one.
export default defineConfig({
  testDir: '..',
  testMatch: ['e2e/*.e2e.ts', 'defects/*.e2e.ts'],
  outputDir: '../../test-results/e2e',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
});
