import type { Locator } from '@playwright/test';
import { aws, expect, expectAccessible, expectNoSidewaysScrolling, iam, newStream, newUser, picture, signIn, test } from './console';

const ROLE = 'arn:aws:iam::000000000000:role/console-analytics';

test.describe('SQL applications', () => {
  test('are created, checked, started, looked at and deleted', async ({ page }) => {
    test.setTimeout(240_000);
    await newRole();
    await newStream('console-ticks');
    await newStream('console-averages');
    await signIn(page, '/console/sql');
    await expect(page.getByRole('button', { name: 'Create application' })).toBeVisible();
    await page.keyboard.press('n');
    await page.getByLabel('Name', { exact: true }).fill('console-ticker');
    await page.getByLabel('Role').fill(ROLE);
    await page.getByLabel('Stream to read').fill('console-ticks');
    await page.getByLabel(/^To/).fill('console-averages');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const link = page.getByRole('link', { name: 'console-ticker' });
    await expect(link).toBeVisible();
    await picture(page, 'sql-applications');
    await link.click();

    await test.step('its code is coloured, and written over as any text', async () => {
      const editor = page.getByRole('textbox', { name: 'Code' });
      const keyword = editor.getByText('INSERT', { exact: true });
      const colour = (of: Locator) => of.evaluate((element) => getComputedStyle(element).color);
      expect(await colour(keyword)).not.toBe(await colour(editor));
      expect(await colour(editor.getByText('PUMP', { exact: true }))).toBe(await colour(keyword));
      await keyword.dblclick();
      await page.keyboard.type('upsert');
      await expect(editor).toContainText('upsert INTO');
      await keyword.or(editor.getByText('INTO', { exact: true })).dblclick();
      const input = await page.context().newCDPSession(page);
      await input.send('Input.imeSetComposition', { text: 'かな', selectionStart: 2, selectionEnd: 2 });
      await input.send('Input.insertText', { text: '仮名' });
      await expect(editor).toContainText('upsert 仮名');
      await editor.press('ControlOrMeta+a');
      await page.keyboard.type('( SELECT');
      await expect(editor).toHaveText(/^\( SELECT/);
      await editor.press('ControlOrMeta+z');
      await page.getByRole('button', { name: 'Take back' }).click();
      await expect(editor).toContainText('INSERT INTO');
    });

    await test.step('an error is marked at its place, and nothing is saved', async () => {
      const editor = page.getByRole('textbox', { name: 'Code' });
      await expect(editor).toContainText('STREAM_PUMP');
      await editor.fill(CODE.replace('ticker, price', 'ticker, cost'));
      await page.getByRole('button', { name: 'Check' }).click();
      await expect(page.getByRole('alert')).toContainText('Line 4, column 23');
      await expect(page.locator('.cm-lint-marker-error')).toBeVisible();
      await expectAccessible(page);
      await picture(page, 'sql');
      await editor.fill(CODE);
      await page.getByRole('button', { name: 'Check' }).click();
      await expect(page.getByText('Nothing is wrong with this code.')).toBeVisible();
      await expect(page.getByRole('alert')).toHaveCount(0);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('Saved.')).toBeVisible();
    });

    await test.step('it starts, and its rows are seen as they are made', async () => {
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByLabel('Read all that the stream has').check();
      await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
      await page.getByRole('link', { name: 'Rows' }).click();
      await expect(page.getByText(/^Looking\./)).toBeVisible();
      await expect(page.getByRole('combobox', { name: /^Stream/ }).locator('option')).toHaveText([
        'DESTINATION_SQL_STREAM',
        'SOURCE_SQL_STREAM_001',
        'error_stream',
      ]);
      await expect(page.locator('.facts')).toContainText('running');
      const rows = page.getByRole('region', { name: 'Rows of DESTINATION_SQL_STREAM' });
      await expect(async () => {
        await put('console-ticks', { ticker: 'RIA', price: 7.5 });
        await expect(rows).toContainText('RIA', { timeout: 5_000 });
      }).toPass();
      await expect(rows).toContainText('7.5');
      await expectAccessible(page);
      await picture(page, 'sql-rows');
      await page.getByRole('combobox', { name: /^Stream/ }).selectOption('error_stream');
      await expect(page.getByText(/^Looking\./)).toBeVisible();
      const errors = page.getByRole('region', { name: 'Rows of error_stream' });
      await expect(async () => {
        await put('console-ticks', 'no JSON');
        await expect(errors).toContainText('Parse error', { timeout: 2_000 });
      }).toPass();
    });

    await test.step('its job is drawn, with what goes through it', async () => {
      await page.getByRole('link', { name: 'Job', exact: true }).click();
      await expect(page.getByRole('img', { name: /A job of \d+ tasks/ })).toBeVisible();
      await expect(page.getByRole('region', { name: 'Tasks' })).toContainText('Source');
      await expect(page.getByRole('meter', { name: 'Busy' }).first()).toBeVisible();
      await expect(page.getByRole('meter', { name: 'Held up' }).first()).toBeVisible();
      await expect(page.getByText('Nothing went wrong.')).toBeVisible();
      await expectAccessible(page);
      await picture(page, 'sql-job');
      await page.setViewportSize({ width: 360, height: 740 });
      await expectNoSidewaysScrolling(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectAccessible(page, ['color-contrast']);
      for (const part of ['Rows', 'Code']) {
        await page.getByRole('link', { name: part, exact: true }).click();
        await expect(page.getByRole('heading', { name: part === 'Rows' ? 'Rows as they are made' : 'SQL', exact: true })).toBeVisible();
        await expectNoSidewaysScrolling(page);
        await expectAccessible(page, ['color-contrast']);
      }
    });

    await test.step('it is stopped and deleted', async () => {
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByLabel(/to delete it/).fill('console-ticker');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await expect(page.getByRole('heading', { name: 'SQL applications' })).toBeVisible();
      await expect(page.getByRole('link', { name: 'console-ticker' })).toHaveCount(0);
    });
  });

  test('say what is missing, and show the rest', async ({ page }) => {
    await aws('kinesisanalytics', 'KinesisAnalytics_20180523.CreateApplication', {
      ApplicationName: 'console-flink',
      RuntimeEnvironment: 'FLINK-1_20',
      ServiceExecutionRole: ROLE,
      ApplicationConfiguration: {
        ApplicationCodeConfiguration: { CodeContentType: 'PLAINTEXT', CodeContent: { TextContent: 'SELECT 1;' } },
      },
    });
    const user = await newUser('console-sql-reader', {
      Effect: 'Allow',
      Action: ['kinesisanalytics:ListApplications', 'kinesisanalytics:DescribeApplication'],
      Resource: '*',
    });
    await signIn(page, '/console/sql/console-flink', user.name, user.password);
    await expect(page.getByRole('textbox', { name: 'Code' })).toContainText('SELECT 1;');
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByRole('alert')).toContainText('kinesisanalytics:UpdateApplication');
    await page.getByRole('link', { name: 'Rows' }).click();
    await expect(page.getByText(/have no in-application streams/)).toBeVisible();
    await page.getByRole('link', { name: 'Job', exact: true }).click();
    await expect(page.getByText('kinesisanalytics:GetApplicationState').first()).toBeVisible();
    await expect(page.getByText('kinesisanalytics:ListApplicationSnapshots').first()).toBeVisible();
    await expect(page.getByText('Nothing went wrong.')).toBeVisible();
  });
});

const CODE = `CREATE OR REPLACE STREAM "DESTINATION_SQL_STREAM" (ticker VARCHAR(8), price DOUBLE);
CREATE OR REPLACE PUMP "STREAM_PUMP" AS
INSERT INTO "DESTINATION_SQL_STREAM"
SELECT STREAM ticker, price FROM "SOURCE_SQL_STREAM_001";
`;

async function newRole(): Promise<void> {
  await iam('CreateRole', {
    RoleName: 'console-analytics',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'kinesisanalytics.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
  });
  await iam('PutRolePolicy', {
    RoleName: 'console-analytics',
    PolicyName: 'streams',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kinesis:*', Resource: '*' }] }),
  });
}

async function put(stream: string, data: unknown): Promise<void> {
  await aws('kinesis', 'Kinesis_20131202.PutRecord', {
    StreamName: stream,
    PartitionKey: '1',
    Data: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)).toString('base64'),
  });
}
