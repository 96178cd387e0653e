import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'src/test/browser',
  outputDir: 'target/browser',
  globalSetup: './src/test/browser/server.ts',
  // One server; tests have streams and users of their own, and wait for the server most of the time.
  workers: 4,
  fullyParallel: true,
  // What takes longest begins first.
  projects: [
    { name: 'long', testMatch: 'sql.spec.ts' },
    { name: 'rest', testIgnore: 'sql.spec.ts' },
  ],
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  timeout: 120_000,
  expect: { timeout: 30_000, toPass: { timeout: 60_000 } },
  use: {
    launchOptions: {
      executablePath: process.env['RIACHO_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    },
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
