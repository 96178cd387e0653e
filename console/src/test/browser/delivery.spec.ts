import { expect, expectAccessible, expectNoSidewaysScrolling, iam, newBucket, newUser, aws, picture, signIn, test } from './console';

const ROLE = 'arn:aws:iam::000000000000:role/console-firehose';

test.describe('Delivery streams', () => {
  test('are created, put to, looked at and deleted', async ({ page }) => {
    await iam('CreateRole', {
      RoleName: 'console-firehose',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      }),
    });
    await newBucket('console-bucket');
    await signIn(page, '/console/delivery-streams');
    await page.getByRole('button', { name: 'Create delivery stream' }).click();
    await page.getByLabel('Name', { exact: true }).fill('console-orders');
    await expect(page.locator('datalist option').first()).toHaveAttribute('value', ROLE);
    await page.getByLabel('Role').fill(ROLE);
    await page.getByLabel('Bucket').fill('console-bucket');
    await page.getByLabel('Prefix of keys').fill('orders/');
    await page.getByLabel('Seconds at most').fill('0');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const link = page.getByRole('link', { name: 'console-orders' });
    await expect(link).toBeVisible();
    await picture(page, 'delivery-streams');
    await link.click();
    await expect(page.locator('.facts').first()).toContainText('active');
    await expect(page.locator('.facts').first()).toContainText('Direct PUT');
    await expect(page.getByRole('region', { name: 'Settings' })).toContainText('arn:aws:s3:::console-bucket');

    await page.getByLabel('Data').fill('{"order": "ä"}');
    await page.getByRole('button', { name: 'Put record' }).click();
    await expect(page.getByText('Taken as')).toBeVisible();
    const deliveries = page.getByRole('region', { name: 'Last deliveries' });
    // With its line end, and ä as two bytes.
    await expect(deliveries).toContainText('16 B');
    await expect(page.getByRole('figure', { name: /Freshness/ })).toBeVisible();
    await expect(page.getByText('Nothing went wrong.')).toBeVisible();
    await expectAccessible(page);
    await picture(page, 'delivery-stream');
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScrolling(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page, ['color-contrast']);

    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByLabel(/to delete it/).fill('console-orders');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('heading', { name: 'Delivery streams' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'console-orders' })).toHaveCount(0);
  });

  test('tell what fails', async ({ page }) => {
    await aws('firehose', 'Firehose_20150804.CreateDeliveryStream', {
      DeliveryStreamName: 'console-nowhere',
      ExtendedS3DestinationConfiguration: {
        RoleARN: ROLE,
        BucketARN: 'arn:aws:s3:::console-no-such-bucket',
        BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 0 },
      },
    });
    const user = await newUser('console-watcher', { Effect: 'Allow', Action: 'firehose:DescribeDeliveryStream', Resource: '*' });
    await signIn(page, '/console/delivery-streams/console-nowhere', user.name, user.password);
    await expect(page.locator('.facts').first()).toContainText('active');
    await page.getByRole('button', { name: 'Put record' }).click();
    await expect(page.getByRole('alert')).toContainText('firehose:PutRecord');
    await aws('firehose', 'Firehose_20150804.PutRecord', { DeliveryStreamName: 'console-nowhere', Record: { Data: 'eA==' } });
    await expect(page.getByRole('region', { name: 'Last errors' })).toContainText('NoSuchBucket');
  });
});
