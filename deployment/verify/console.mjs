// Uses the console of a running stack in a real Chromium, as a person would: signs in, puts a record and sees it come, and looks at what
// the other services tell. Fails where the browser complains of anything: a certificate, another origin, the content security policy.
//
//   node deployment/verify/console.mjs URL-OF-AUTH STREAM DELIVERY-STREAM APPLICATION
//
// The root's key is in the folder RIACHO_SECRETS. Trusts the CA there where the URL is https: by NSS's certutil (Debian's libnss3-tools).
// Needs console/node_modules (npm ci), and a Chromium: /usr/bin/chromium, or RIACHO_CHROMIUM.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const console_ = process.env.RIACHO_CONSOLE ?? resolve(import.meta.dirname, '../../console');
const { chromium, expect } = createRequire(join(console_, 'package.json'))('@playwright/test');
const [url, stream, deliveryStream, application] = process.argv.slice(2);
const secret = (name) => readFileSync(join(process.env.RIACHO_SECRETS, name), 'utf8').trim();

const home = mkdtempSync(join(tmpdir(), 'riacho-browser-'));
const trusted = join(home, '.pki/nssdb');
mkdirSync(trusted, { recursive: true });
if (url.startsWith('https:')) {
  execFileSync('certutil', ['-d', `sql:${trusted}`, '-N', '--empty-password']);
  execFileSync('certutil', ['-d', `sql:${trusted}`, '-A', '-n', 'riacho', '-t', 'C,,', '-i', join(process.env.RIACHO_SECRETS, 'ca.crt')]);
}
const browser = await chromium.launch({
  executablePath: process.env.RIACHO_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
  env: { ...process.env, HOME: home },
});
const wrong = [];
const asked = new Set();
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  page.on('console', (message) => message.type() === 'error' && wrong.push(`${message.text()} (${message.location().url})`));
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('requestfailed', (request) => {
    // Those that a page ends as it goes.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') wrong.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  const sees = (locator, options) => expect(locator).toBeVisible({ timeout: 30_000, ...options });

  await page.goto(`${url}/console/streams`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('User name').fill(secret('root-access-key-id'));
  await page.getByLabel('Password').fill(secret('root-secret-access-key'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await sees(page.getByRole('button', { name: 'Sign out' }));
  await sees(page.getByRole('row', { name: new RegExp(stream) }));

  await page.getByRole('link', { name: stream, exact: true }).click();
  await page.getByRole('link', { name: 'Records', exact: true }).click();
  await sees(page.getByText('Reading.'));
  const key = `browser-${Date.now()}`;
  await page.getByLabel('Partition key').fill(key);
  await page.getByLabel('Data').fill('from the console');
  await page.getByRole('button', { name: 'Put record' }).click();
  await sees(page.getByText(/In shardId-\d+ as \d+/));
  const row = page.getByRole('region', { name: 'Records' }).getByRole('row', { name: new RegExp(key) });
  await expect(row).toContainText('from the console', { timeout: 30_000 });

  const goes = async (title) => page.getByRole('navigation').getByRole('link', { name: title, exact: true }).click();
  await goes('Delivery streams');
  await sees(page.getByRole('link', { name: deliveryStream, exact: true }));
  await goes('SQL applications');
  await sees(page.getByRole('link', { name: application, exact: true }));
  await goes('Usage');
  for (const meter of ['streams.records-in', 'firehose.records-in', 'analytics.running-hours']) {
    await sees(page.getByText(meter).first());
  }
  await page.getByRole('button', { name: 'Sign out' }).click();
  await sees(page.getByRole('button', { name: 'Sign in' }));
  if (wrong.length > 0) throw new Error(`the browser complained:\n${wrong.join('\n')}`);
  console.log(`console: signed in, put a record and saw it come, looked at deliveries, applications and usage; asked ${[...asked].sort().join(' ')}`);
} catch (error) {
  if (wrong.length > 0) console.error(wrong.join('\n'));
  throw error;
} finally {
  await browser.close();
  rmSync(home, { recursive: true, force: true });
}
