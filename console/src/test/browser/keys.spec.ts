import { aws, expect, expectAccessible, expectNoSidewaysScrolling, newStream, newUser, picture, signIn, test } from './console';

test.describe('Keys', () => {
  test('are created, used, rotated and given up', async ({ page }) => {
    await newStream('console-secret');
    await signIn(page, '/console/keys');
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByLabel('Alias').fill('console/orders');
    await page.getByLabel('Description').fill('for orders');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Encryption keys' })).toContainText('for orders');
    await expectAccessible(page);
    await picture(page, 'keys');
    await page.getByRole('link', { name: 'console/orders' }).click();
    await expect(page.locator('.facts')).toContainText('enabled');
    await aws('kinesis', 'Kinesis_20131202.StartStreamEncryption', {
      StreamName: 'console-secret',
      EncryptionType: 'KMS',
      KeyId: 'alias/console/orders',
    });
    await page.getByRole('button', { name: 'Look for them' }).click();
    await expect(page.getByRole('region', { name: 'Streams that use it' })).toContainText('console-secret');
    await page.getByRole('button', { name: 'Rotate every year' }).click();
    await expect(page.getByText(/every 365 days/)).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Key policy' })).toContainText('kms:*');
    await expectAccessible(page);
    await picture(page, 'key');
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScrolling(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page, ['color-contrast']);

    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await expect(page.locator('.facts')).toContainText('disabled');
    await page.getByRole('button', { name: 'Schedule deletion' }).click();
    await page.getByLabel('Days until then').fill('7');
    await page.getByRole('dialog').getByRole('button', { name: 'Schedule deletion' }).click();
    await expect(page.locator('.facts')).toContainText('pendingdeletion');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Enable', exact: true }).click();
    await expect(page.locator('.facts')).toContainText('enabled');
  });

  test('of access are made by users themselves, where they may', async ({ page }) => {
    const user = await newUser('console-selfish', {
      Effect: 'Allow',
      Action: ['iam:ListAccessKeys', 'iam:CreateAccessKey', 'iam:UpdateAccessKey', 'iam:DeleteAccessKey'],
      Resource: 'arn:aws:iam::000000000000:user/console-selfish',
    });
    await signIn(page, '/console/keys', user.name, user.password);
    await expect(page.getByRole('alert')).toContainText('kms:ListKeys');
    await page.getByRole('button', { name: 'Create access key' }).click();
    const id = await page.getByLabel('Access key ID').inputValue();
    expect(await page.getByLabel('Secret access key').inputValue()).toHaveLength(40);
    await page.getByRole('button', { name: 'I have it' }).click();
    const row = page.getByRole('row', { name: new RegExp(id) });
    await row.getByRole('button', { name: 'Disable' }).click();
    await expect(row).toContainText('inactive');
    await row.getByRole('button', { name: `Delete ${id}` }).click();
    await page.getByLabel(/to delete it/).fill(id);
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(row).toHaveCount(0);
  });
});
