import {
  aws,
  expect,
  expectAccessible,
  expectNoSidewaysScrolling,
  go,
  isPictured,
  newStream,
  picture,
  signIn,
  test,
  untilActive,
} from './console';

test.describe('Streams', () => {
  test('are created, found and deleted, which takes their typed name', async ({ page }) => {
    await signIn(page, '/console/streams');
    await expect(page.getByRole('button', { name: 'Create stream' })).toBeVisible();
    await page.keyboard.press('n');
    await page.getByLabel('Name', { exact: true }).fill('console-created');
    await page.getByRole('spinbutton', { name: 'Shards' }).fill('2');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const row = page.getByRole('row', { name: /console-created/ });
    await expect(row).toContainText('active');
    await picture(page, 'streams');
    await page.keyboard.press('/');
    await page.keyboard.type('nothing-is-named-so');
    await expect(page.getByText('No stream has such a name.')).toBeVisible();
    await page.getByPlaceholder('Filter by name').fill('created');

    await row.getByRole('button', { name: 'Delete console-created' }).click();
    const confirm = page.getByRole('button', { name: 'Delete', exact: true });
    await expect(confirm).toBeDisabled();
    await page.getByLabel(/to delete it/).fill('console-create');
    await expect(confirm).toBeDisabled();
    await page.getByLabel(/to delete it/).fill('console-created');
    await confirm.click();
    await expect(row).toHaveCount(0);
  });

  test('are told why they cannot be created, in AWS’s words', async ({ page }) => {
    await newStream('console-taken');
    await signIn(page, '/console/streams');
    await page.getByRole('button', { name: 'Create stream' }).click();
    await page.getByLabel('Name', { exact: true }).fill('console-taken');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('ResourceInUseException');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('show their shards on a ring, with what they were split and merged from', async ({ page }) => {
    const stream = 'console-ring';
    await newStream(stream, 4);
    const call = (operation: string, input: object) =>
      aws('kinesis', `Kinesis_20131202.${operation}`, { StreamName: stream, ...input });
    await call('SplitShard', { ShardToSplit: 'shardId-000000000000', NewStartingHashKey: '30000000000000000000000000000000000000' });
    await untilActive(stream);
    await call('MergeShards', { ShardToMerge: 'shardId-000000000002', AdjacentShardToMerge: 'shardId-000000000003' });
    await untilActive(stream);
    await signIn(page, `/console/streams/${stream}`);
    await expect(page.getByRole('img', { name: '4 open shards on the ring of hash keys' })).toBeVisible();
    const merged = page.getByRole('row', { name: /shardId-000000000006/ });
    await expect(merged).toContainText('2 + 3');
    await expect(merged).toContainText('170141183460469231731687303715884105728340282366920938463463374607431768211455');
    await expect(page.getByRole('row', { name: /shardId-000000000000/ })).toContainText('closed');
    await merged.hover();
    await expect(page.locator('.ring path.kin')).toHaveCount(2);
    await expectAccessible(page);
    await picture(page, 'ring');
  });

  test('show what goes through them, what is throttled, and the keys that most records have', async ({ page }) => {
    const stream = 'console-traffic';
    await newStream(stream, 2);
    await signIn(page, `/console/streams/${stream}`);
    const hot = page.getByRole('region', { name: 'Hot keys' });
    await expect(hot.getByText('No record was put since this page looks.')).toBeVisible();
    const put = () =>
      aws('kinesis', 'Kinesis_20131202.PutRecords', {
        StreamName: stream,
        Records: Array.from({ length: 400 }, (_, i) => ({
          PartitionKey: i % 4 === 0 ? `user-${i % 80}` : 'the-hot-one',
          Data: Buffer.from(`{"click": ${i}}`).toString('base64'),
        })),
      });
    for (let i = 0; isPictured && i < 4; i++) {
      await put();
      await page.waitForResponse((answer) => answer.url().endsWith('/activity'));
    }
    // More than a shard takes in a second.
    await Promise.all(Array.from({ length: 5 }, put));
    await expect(page.getByRole('figure', { name: /records not taken: [\d.,]*[1-9]/ })).toBeVisible();
    await expect(hot.getByRole('row').nth(1)).toContainText('the-hot-one');
    await expect(hot.getByRole('row').nth(1)).toContainText('75 %');
    await expect(page.getByRole('figure', { name: /Records a second in: \d/ })).toBeVisible();
    await expect(page.getByRole('meter', { name: /shardId-000000000000/ })).toBeVisible();
    await expectAccessible(page);
    await picture(page, 'stream');
  });

  test('are resharded, told what is wrong with a change, and changed', async ({ page }) => {
    const stream = 'console-changed';
    await newStream(stream, 1);
    await signIn(page, `/console/streams/${stream}`);
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('spinbutton', { name: 'Shards' }).fill('9');
    await page.getByRole('button', { name: 'Reshard' }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('LimitExceededException');
    await page.getByRole('spinbutton', { name: 'Shards' }).fill('2');
    await page.getByRole('button', { name: 'Reshard' }).click();
    await expect(page.getByRole('img', { name: '2 open shards on the ring of hash keys' })).toBeVisible();
  });

  test('show a record as it comes, after it was put here, and filter what came', async ({ page }) => {
    const stream = 'console-tail';
    await newStream(stream, 2);
    await signIn(page, `/console/streams/${stream}/records`);
    await expect(page.getByText('Reading.')).toBeVisible();
    await page.getByLabel('Partition key').fill('user-1');
    await page.getByLabel('Data').fill('{"click": "first"}');
    await page.getByRole('button', { name: 'Put record' }).click();
    await expect(page.getByText(/In shardId-\d+ as \d+/)).toBeVisible();
    const records = page.getByRole('region', { name: 'Records' });
    await expect(records.getByRole('row', { name: /user-1/ })).toContainText('{"click": "first"}');
    await page.getByLabel('Partition key').fill('user-2');
    await page.getByLabel('Data').fill('{"click": "second"}');
    await page.getByRole('button', { name: 'Put record' }).click();
    await expect(records.getByRole('row', { name: /user-2/ })).toContainText('second');
    await picture(page, 'records');

    await page.getByPlaceholder(/^Filter:/).fill('key:user-2 -first');
    await expect(records.getByRole('row', { name: /user-1/ })).toHaveCount(0);
    await expect(records.getByRole('row', { name: /user-2/ })).toHaveCount(1);
    await expectAccessible(page);
  });

  test('tell who reads them, and how far behind', async ({ page }) => {
    const stream = 'console-readers';
    await newStream(stream);
    const { StreamDescriptionSummary: summary } = await aws<{ StreamDescriptionSummary: { StreamARN: string } }>(
      'kinesis',
      'Kinesis_20131202.DescribeStreamSummary',
      { StreamName: stream },
    );
    await aws('kinesis', 'Kinesis_20131202.RegisterStreamConsumer', {
      StreamARN: summary.StreamARN,
      ConsumerName: 'fan-out-reader',
    });
    await newLease('console-app', stream, 'worker-1');
    for (let i = 0; i < 3; i++) {
      await aws('kinesis', 'Kinesis_20131202.PutRecord', { StreamName: stream, PartitionKey: 'a', Data: 'aGVsbG8=' });
    }
    await signIn(page, `/console/streams/${stream}/readers`);
    const lease = page.getByRole('region', { name: 'Leases of console-app' }).getByRole('row', { name: /shardId-000000000000/ });
    await expect(lease.getByRole('cell')).toContainText(['shardId-000000000000', 'worker-1', /\d+ (ms|s|min)/, '3', 'TRIM_HORIZON', /\d/]);
    await picture(page, 'readers');
    const consumers = page.getByRole('region', { name: 'Consumers of enhanced fan-out' });
    await expect(consumers.getByRole('row', { name: /fan-out-reader/ })).toContainText('active');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Consumers', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Leases of console-app' })).toContainText(stream);
    await picture(page, 'consumers');
  });
});

test.describe('The console', () => {
  test('is used by keys alone, and says which', async ({ page }) => {
    await signIn(page, '/console/streams');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Go to Consumers');
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await expect(page.getByRole('heading', { name: 'Consumers' })).toBeVisible();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`fits a phone, and can be read, in ${colorScheme}`, async ({ page }) => {
      const stream = `console-phone-${colorScheme}-with-a-name-that-is-as-long-as-names-of-streams-are-where-people-have-many-of-them`;
      await newStream(stream, 2);
      await page.setViewportSize({ width: 360, height: 740 });
      await page.emulateMedia({ colorScheme });
      await signIn(page, '/console/streams');
      for (const [path, ready] of [
        ['/console/streams', page.getByRole('link', { name: stream })],
        [`/console/streams/${stream}`, page.getByRole('img', { name: /2 open shards/ })],
        [`/console/streams/${stream}/records`, page.getByText('Reading.')],
        [`/console/streams/${stream}/readers`, page.getByText('None is registered.')],
        ['/console/applications', page.getByRole('heading', { name: 'Consumers' })],
      ] as const) {
        await go(page, path);
        await expect(ready).toBeVisible();
        await expectNoSidewaysScrolling(page);
        await expectAccessible(page, colorScheme === 'dark' ? ['color-contrast'] : undefined);
      }
      for (const [path, title] of OTHERS) {
        await go(page, `/console/${path}`);
        await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
        await expectNoSidewaysScrolling(page);
        await expectAccessible(page, ['color-contrast']);
      }
      await page.getByRole('button', { name: 'Navigation' }).click();
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Streams', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Streams' })).toBeVisible();
      await expect(page.getByRole('link', { name: stream })).toBeVisible();
      await picture(page, `phone-${colorScheme}`);
    });
  }

  test('changes its colours by a switch, and remembers them', async ({ page }) => {
    await signIn(page, '/console/streams');
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await page.getByRole('button', { name: 'Colours: system' }).click();
    const light = await ground();
    await page.getByRole('button', { name: 'Colours: light' }).click();
    expect(await ground()).not.toBe(light);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Colours: dark' })).toBeVisible();
    await expect(page.getByRole('table')).toHaveAttribute('aria-busy', 'false');
    await picture(page, 'dark');
  });
});

/** Pages that no other test looks at on a phone. */
const OTHERS = [
  ['delivery-streams', 'Delivery streams'],
  ['sql', 'SQL applications'],
  ['identities', 'Identities'],
  ['identities/policies', 'Identities'],
  ['keys', 'Keys'],
] as const;

/** What an application of the Kinesis Client Library writes of a shard that it has begun with. */
async function newLease(application: string, stream: string, worker: string): Promise<void> {
  await aws('dynamodb', 'DynamoDB_20120810.CreateTable', {
    TableName: application,
    AttributeDefinitions: [{ AttributeName: 'leaseKey', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'leaseKey', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  const put = () =>
    aws('dynamodb', 'DynamoDB_20120810.PutItem', {
      TableName: application,
      Item: {
        leaseKey: { S: `000000000000:${stream}:1:shardId-000000000000` },
        streamName: { S: `000000000000:${stream}:1` },
        shardId: { S: 'shardId-000000000000' },
        leaseOwner: { S: worker },
        leaseCounter: { N: '1' },
        checkpoint: { S: 'TRIM_HORIZON' },
      },
    });
  await expect(put).toPass();
}
