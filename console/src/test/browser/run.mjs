// Runs the browser tests where there is a Chromium: RIACHO_CHROMIUM, or one of those below. Where there is none it says so;
// in continuous integration that is a failure.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';

const PLACES = [
  process.env.RIACHO_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.env.RIACHO_NO_TESTS === 'true') {
  process.exit(0);
}
const chromium = PLACES.find((path) => path && isProgram(path));
if (chromium === undefined) {
  console.error('The console was not tested: there is no Chromium. Install one, or set RIACHO_CHROMIUM to it.');
  process.exit(process.env.CI ? 1 : 0);
}
const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
const done = spawnSync(process.execPath, [cli, 'test', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, RIACHO_CHROMIUM: chromium, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
});
process.exit(done.status ?? 1);
