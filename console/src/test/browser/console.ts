import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Cookie, type Page } from '@playwright/test';
import { createHmac, createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { ROOT_KEY, server } from './server';

/** Where documents have their pictures; they are made anew where RIACHO_SCREENSHOTS is set. */
const IMAGES = resolve(import.meta.dirname, '../../../../docs/images');

export { expect };

/** What a browser says of answers that tests ask for: refusals, and a server that is away. */
const EXPECTED = /the server responded with a status of 4|net::ERR_(CONNECTION_\w+|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/;

/** Pictures are taken now, so what is shown has to be worth it. */
export const isPictured = process.env['RIACHO_SCREENSHOTS'] !== undefined;

/**
 * A page in a browser that fails the test where the content security policy stopped something, a script failed, or anything
 * was asked of another host.
 */
export const test = base.extend<{ baseUrl: string }>({
  baseURL: async ({}, use) => use(server().url),
  page: async ({ page }, use) => {
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) {
        wrong.push(`${message.text()} (${message.location().url})`);
      }
    });
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(server().url) && !url.startsWith(gatewayUrl()) && !url.startsWith('data:') && !url.startsWith('blob:')) {
        wrong.push(`asked elsewhere: ${url}`);
      }
    });
    await use(page);
    expect(wrong, 'what the browser complained of').toEqual([]);
  },
});

/** The root's session at the sign-in page: passwords may not be tried as often as there are tests. */
let session: Cookie[] | undefined;

/** Signs in as the root, or as a user by the sign-in page; the page that was asked for is shown then. */
export async function signIn(page: Page, path = '/console/', user?: string, password = ''): Promise<void> {
  if (user !== undefined) {
    await signInByForm(page, path, user, password);
  } else if (session === undefined) {
    await signInByForm(page, path);
    session = await page.context().cookies();
  } else {
    await page.context().addCookies(session);
    await page.goto(path);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  }
}

/** Signs in by the sign-in page, in a session of its own. */
export async function signInByForm(page: Page, path = '/console/', user = ROOT_KEY.id, password = ROOT_KEY.secret): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
}

/** Goes to a page of the console from within it. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path);
}

export function gatewayUrl(): string {
  return `http://127.0.0.1:${server().gateway}`;
}

/** What stands between a browser and the server, and is away when the server is. */
export class Gateway {
  private readonly sockets = new Set<Socket>();
  private listener: Server | undefined;

  async open(): Promise<void> {
    const to = new URL(server().url);
    this.listener = createServer((near) => {
      const far = connect(Number(to.port), to.hostname);
      for (const [socket, other] of [[near, far], [far, near]] as const) {
        this.sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    await new Promise<void>((done) => this.listener!.listen(server().gateway, '127.0.0.1', done));
  }

  /** Every connection ends, and none is made. */
  async close(): Promise<void> {
    const closed = new Promise<void>((done) => (this.listener === undefined ? done() : this.listener.close(() => done())));
    this.sockets.forEach((socket) => socket.destroy());
    await closed;
    this.listener = undefined;
  }
}

/** No element that people with assistive technology cannot use, by the rules of WCAG 2.2 A and AA, or by some of them. */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (
    rules === undefined ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']) : axe.withRules(rules)
  ).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
}

/** Nothing is wider than the window. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content).toBeLessThanOrEqual(window!);
}

/** Takes a picture for the documents, where those are made, from the page's head on. */
export async function picture(page: Page, name: string): Promise<void> {
  if (isPictured) {
    await page.evaluate(() => scrollTo(0, 0));
    mkdirSync(IMAGES, { recursive: true });
    await page.screenshot({ path: join(IMAGES, `console-${name}.png`) });
  }
}

/** An operation of one of AWS's JSON APIs, signed by the root. */
export function aws<T>(
  service: 'kinesis' | 'firehose' | 'kinesisanalytics' | 'kms' | 'dynamodb',
  target: string,
  input: object,
): Promise<T> {
  return signed<T>(service, 'POST', '/', JSON.stringify(input), {
    'content-type': `application/x-amz-json-${service === 'dynamodb' ? '1.0' : '1.1'}`,
    'x-amz-target': target,
  });
}

/** An operation of IAM, by the root. */
export async function iam(action: string, parameters: Record<string, string>): Promise<void> {
  const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...parameters }).toString();
  await signed('iam', 'POST', '/', body, { 'content-type': 'application/x-www-form-urlencoded' });
}

/** A user with a password who may do what the statements say. */
export async function newUser(name: string, ...statements: object[]): Promise<{ name: string; password: string }> {
  const password = `Secret-of-${name}-1`;
  await iam('CreateUser', { UserName: name });
  await iam('CreateLoginProfile', { UserName: name, Password: password });
  if (statements.length > 0) {
    await iam('PutUserPolicy', {
      UserName: name,
      PolicyName: 'own',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    });
  }
  return { name, password };
}

/** A bucket of the server's own S3. */
export function newBucket(name: string): Promise<void> {
  return signed('s3', 'PUT', `/${name}`, '', { 'x-amz-content-sha256': hash('') }, server().s3);
}

/** A stream that is active. */
export async function newStream(name: string, shards = 1): Promise<void> {
  await aws('kinesis', 'Kinesis_20131202.CreateStream', { StreamName: name, ShardCount: shards });
  await untilActive(name);
}

export async function untilActive(name: string): Promise<void> {
  await expect
    .poll(async () => {
      const answer = await aws<{ StreamDescriptionSummary: { StreamStatus: string } }>(
        'kinesis',
        'Kinesis_20131202.DescribeStreamSummary',
        { StreamName: name },
      );
      return answer.StreamDescriptionSummary.StreamStatus;
    })
    .toBe('ACTIVE');
}

/** Signature Version 4, of a request without a query. */
async function signed<T>(
  service: string,
  method: string,
  path: string,
  body: string,
  headers: Record<string, string>,
  at = server().url,
): Promise<T> {
  const url = new URL(path, at);
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const all: Record<string, string> = { ...headers, host: url.host, 'x-amz-date': date };
  const names = Object.keys(all).sort();
  const canonical = [
    method,
    path,
    '',
    ...names.map((name) => `${name}:${all[name]}`),
    '',
    names.join(';'),
    hash(body),
  ].join('\n');
  const scope = `${date.slice(0, 8)}/us-east-1/${service}/aws4_request`;
  const key = scope.split('/').reduce<string | Buffer>((k, part) => hmac(k, part), `AWS4${ROOT_KEY.secret}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\n')).toString('hex');
  const { host: _, ...sent } = all;
  const answer = await fetch(url, {
    method,
    body,
    headers: {
      ...sent,
      authorization: `AWS4-HMAC-SHA256 Credential=${ROOT_KEY.id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    },
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${headers['x-amz-target'] ?? body}: ${answer.status} ${text}`);
  }
  return (answer.headers.get('content-type')?.includes('json') === true && text !== '' ? JSON.parse(text) : undefined) as T;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
