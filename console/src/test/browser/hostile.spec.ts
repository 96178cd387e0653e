import { readFile } from 'node:fs/promises';
import { aws, expect, gatewayUrl, Gateway, go, newStream, newUser, signIn, signInByForm, test } from './console';

const MARK = '<b id="injected">here</b><img src="x" onerror="document.title=\'run\'">';

async function put(stream: string, partitionKey: string, data: string): Promise<void> {
  await aws('kinesis', 'Kinesis_20131202.PutRecord', {
    StreamName: stream,
    PartitionKey: partitionKey,
    Data: Buffer.from(data).toString('base64'),
  });
}

test.describe('The console', () => {
  test('shows what others wrote as text, and runs none of it', async ({ page }) => {
    const stream = 'console-hostile';
    await newStream(stream);
    await aws('kms', 'TrentService.CreateKey', { Description: MARK });
    await aws('kinesisanalytics', 'KinesisAnalytics_20180523.CreateApplication', {
      ApplicationName: 'console-hostile',
      RuntimeEnvironment: 'SQL-1_0',
      ServiceExecutionRole: 'arn:aws:iam::000000000000:role/nobody',
      ApplicationDescription: MARK,
      ApplicationConfiguration: {
        ApplicationCodeConfiguration: {
          CodeContentType: 'PLAINTEXT',
          CodeContent: { TextContent: `CREATE STREAM "${MARK.replaceAll('"', '""')}" (a INTEGER);` },
        },
        SqlApplicationConfiguration: { Inputs: [] },
      },
    });
    await signIn(page, `/console/streams/${stream}`);
    const hot = page.getByRole('region', { name: 'Hot keys' });
    await expect(hot.getByText('No record was put since this page looks.')).toBeVisible();
    await put(stream, MARK, `<script>document.title = 'run'</script>${MARK}`);
    await expect(hot).toContainText(MARK);

    await go(page, `/console/streams/${stream}/records`);
    await page.getByLabel('From').selectOption('the oldest record');
    const records = page.getByRole('region', { name: 'Records' });
    await expect(records).toContainText(`<script>document.title = 'run'</script>${MARK}`);

    await go(page, '/console/keys');
    await expect(page.getByRole('region', { name: 'Encryption keys' })).toContainText(MARK);

    await go(page, '/console/sql/console-hostile');
    await expect(page.getByRole('textbox', { name: 'Code' })).toContainText('injected');
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByRole('alert')).toContainText('no input');
    await go(page, '/console/sql/console-hostile/rows');
    await expect(page.getByRole('combobox', { name: /^Stream/ }).locator('option').first()).toHaveText(MARK);

    await go(page, `/console/streams/${encodeURIComponent('<b id>here<b>')}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('<b id>here<b>');
    await expect(page.getByRole('alert').first()).toBeVisible();

    await expect(page.locator('#injected')).toHaveCount(0);
    await expect(page).not.toHaveTitle('run');
  });

  test('shows the beginning of a huge record, and saves all of it', async ({ page }) => {
    const stream = 'console-huge';
    await newStream(stream);
    const text = `first ${'x'.repeat(1_000_000)} last`;
    await put(stream, 'huge', text);
    await put(stream, 'small', 'of little size');
    await signIn(page, `/console/streams/${stream}/records`);
    await page.getByLabel('From').selectOption('the oldest record');
    const row = page.getByRole('row', { name: /huge/ });
    await expect(row).toContainText('more characters');
    expect((await row.textContent())!.length).toBeLessThan(5_000);
    await page.getByPlaceholder(/^Filter:/).fill('last');
    await expect(page.getByRole('row', { name: /of little size/ })).toHaveCount(0);
    await row.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(async () => (await row.textContent())!.length).toBeGreaterThan(200_000);
    const download = page.waitForEvent('download');
    await row.getByRole('button', { name: 'Save' }).click();
    expect(await readFile(await (await download).path(), 'utf8')).toBe(text);
  });

  test('lists ten thousand streams, and finds one', async ({ page }) => {
    await signIn(page, '/console/applications');
    // The answers that a server with so many gives, which none has at hand.
    await page.route('**/v1/streams?*', (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get('nextToken') ?? '0');
      const streams = Array.from({ length: 1000 }, (_, i) => ({
        name: `stream-${String(from + i).padStart(5, '0')}`,
        arn: `arn:aws:kinesis:us-east-1:000000000000:stream/stream-${from + i}`,
        status: 'ACTIVE',
      }));
      return route.fulfill({ json: from === 9000 ? { streams } : { streams, nextToken: String(from + 1000) } });
    });
    await page.getByRole('link', { name: 'Streams', exact: true }).click();
    await expect(page.getByText('200 of 10,000 are shown.')).toBeVisible();
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect(page.getByText('400 of 10,000 are shown.')).toBeVisible();
    await page.getByPlaceholder('Filter by name').fill('stream-09999');
    await expect(page.getByRole('link', { name: 'stream-09999' })).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);
  });

  test('goes on with a tail behind the last record when the server was away', async ({ page }) => {
    const stream = 'console-restart';
    await newStream(stream);
    const gateway = new Gateway();
    await gateway.open();
    try {
      await signIn(page, `${gatewayUrl()}/console/streams/${stream}/records`);
      await expect(page.getByText('Reading.')).toBeVisible();
      await put(stream, 'before', '1');
      const records = page.getByRole('region', { name: 'Records' });
      await expect(records.getByRole('row', { name: /before/ })).toHaveCount(1);
      await gateway.close();
      await expect(page.getByText('Connecting …')).toBeVisible();
      await put(stream, 'meanwhile', '2');
      await expect(page.getByText('The server does not answer.').first()).toBeVisible();
      await gateway.open();
      await expect(records.getByRole('row', { name: /meanwhile/ })).toHaveCount(1);
      await expect(records.getByRole('row', { name: /before/ })).toHaveCount(1);
      await expect(page.getByText('Reading.')).toBeVisible();
      await expect(page.getByRole('alert')).toHaveCount(0);
    } finally {
      await gateway.close();
    }
  });

  test('says that the session is over where it was ended elsewhere while a tail was open', async ({ page }) => {
    const stream = 'console-ended';
    await newStream(stream);
    await signInByForm(page, `/console/streams/${stream}/records`);
    await expect(page.getByText('Reading.')).toBeVisible();
    const { refresh } = JSON.parse((await page.evaluate(() => sessionStorage.getItem('riacho.tokens')))!) as { refresh: string };
    await page.request.post('/oauth2/revoke', { form: { client_id: 'riacho-console', token: refresh } });
    await expect(page.getByText('Your session is over.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  });

  test('says on every page which permission is missing, where there is none', async ({ page }) => {
    const user = await newUser('console-without');
    await signIn(page, '/console/streams', user.name, user.password);
    for (const [path, ...actions] of PERMISSIONS) {
      await test.step(path, async () => {
        await go(page, `/console/${path}`);
        for (const action of actions) {
          await expect(page.getByRole('alert').filter({ hasText: action }).first()).toContainText('lack the permission');
        }
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      });
    }
  });
});

/** Pages, and what they need. */
const PERMISSIONS = [
  ['streams', 'kinesis:ListStreams'],
  ['streams/some', 'kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:GetRecords'],
  ['streams/some/records', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords'],
  ['streams/some/readers', 'kinesis:DescribeStreamSummary', 'riacho:ListApplications'],
  ['applications', 'riacho:ListApplications'],
  ['delivery-streams', 'firehose:ListDeliveryStreams'],
  ['delivery-streams/some', 'firehose:DescribeDeliveryStream'],
  ['sql', 'kinesisanalytics:ListApplications'],
  ['sql/some', 'kinesisanalytics:DescribeApplication'],
  ['sql/some/rows', 'kinesisanalytics:DescribeApplication'],
  ['sql/some/job', 'kinesisanalytics:DescribeApplication', 'kinesisanalytics:GetApplicationState'],
  ['identities', 'iam:ListUsers'],
  ['identities/groups', 'iam:ListGroups'],
  ['identities/roles', 'iam:ListRoles'],
  ['identities/policies', 'iam:ListPolicies'],
  ['identities/users/some', 'iam:GetUser'],
  ['identities/groups/some', 'iam:GetGroup'],
  ['identities/roles/some', 'iam:GetRole'],
  [`identities/policies/${encodeURIComponent('arn:aws:iam::000000000000:policy/some')}`, 'iam:GetPolicy'],
  ['keys', 'kms:ListKeys', 'iam:ListAccessKeys'],
  ['keys/00000000-0000-4000-8000-000000000000', 'kms:DescribeKey'],
  ['usage', 'riacho:GetUsage'],
  ['usage/prices', 'riacho:GetUsage'],
] as const;
