import { expect, expectAccessible, expectNoSidewaysScrolling, picture, signIn, signInByForm, test } from './console';

test.describe('Identities', () => {
  test('a user is created, may do what its policy says, and is deleted with all it has', async ({ page, browser }) => {
    await signIn(page, '/console/identities');
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByLabel('Name', { exact: true }).fill('console-grace');
    await page.getByLabel('Password').fill('grace-and-her-secret');
    await page.getByLabel(/An access key/).check();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.getByLabel('Access key ID')).toHaveValue(/^AKIA/);
    await expect(page.getByLabel('Secret access key')).toHaveValue(/^.{40}$/);
    await page.getByRole('button', { name: 'I have it' }).click();
    const link = page.getByRole('link', { name: 'console-grace' });
    await expect(link).toBeVisible();
    await picture(page, 'identities');
    await link.click();
    await expect(page.getByRole('region', { name: 'Access keys' })).toContainText('active');
    await expect(page.getByText('It has a password, and may sign in here.')).toBeVisible();

    await test.step('policies are attached and written', async () => {
      await page.getByLabel('Policy to attach').fill('AmazonKinesisReadOnlyAccess');
      await page.getByRole('button', { name: 'Attach' }).click();
      await expect(page.getByRole('region', { name: 'Attached policies' })).toContainText('AmazonKinesisReadOnlyAccess');
      await page.getByRole('button', { name: 'Write a policy' }).click();
      await page.getByLabel('Name of the policy').fill('puts');
      const editor = page.getByRole('textbox', { name: 'New policy' });
      await editor.fill('{"Version": "2012-10-17", "Statement": [');
      await expect(page.getByText('This is no JSON.')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
      await editor.fill(POLICY.replace('Allow', 'Perhaps'));
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('alert')).toContainText('MalformedPolicyDocument');
      await expect(page.locator('.cm-lint-marker-error')).toBeVisible();
      await editor.fill(POLICY);
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('region', { name: 'Own policies' })).toContainText('puts');
      await expectAccessible(page);
      await picture(page, 'user');
      await page.setViewportSize({ width: 360, height: 740 });
      await expectNoSidewaysScrolling(page);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    await test.step('the simulator tells why', async () => {
      await page.getByRole('link', { name: 'What may it do?' }).click();
      await expect(page.getByLabel('Who asks')).toHaveValue('arn:aws:iam::000000000000:user/console-grace');
      await page.getByLabel('Actions').fill('kinesis:PutRecord\nkinesis:DescribeStream\nkinesis:DeleteStream\nkinesis:MergeShards');
      await page.getByRole('button', { name: 'Ask' }).click();
      const decision = (action: string) => page.getByRole('article').filter({ hasText: action });
      await expect(decision('kinesis:PutRecord is')).toContainText('is allowed');
      await expect(decision('kinesis:PutRecord is')).toContainText('Policy puts, lines 4 to 8');
      await expect(decision('kinesis:PutRecord is').locator('pre')).toHaveText(/^\{\s+"Effect": "Allow",[\s\S]+\}$/);
      await expect(decision('kinesis:DescribeStream is')).toContainText('AmazonKinesisReadOnlyAccess');
      await expect(decision('kinesis:DeleteStream is')).toContainText('outweighs all that allow it');
      await expect(decision('kinesis:MergeShards is')).toContainText('No statement allows it.');
      await expectAccessible(page);
      await picture(page, 'simulator');
      await page.setViewportSize({ width: 360, height: 740 });
      await expectNoSidewaysScrolling(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectAccessible(page, ['color-contrast']);
    });

    await test.step('the user signs in, and sees what it may', async () => {
      const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
      const own = await context.newPage();
      await signInByForm(own, '/console/identities', 'console-grace', 'grace-and-her-secret');
      await expect(own.getByRole('alert')).toContainText('iam:ListUsers');
      await context.close();
    });

    await test.step('it is deleted', async () => {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto('/console/identities/users/console-grace');
      await page.getByRole('button', { name: 'Delete', exact: true }).first().click();
      await page.getByLabel(/to delete it/).fill('console-grace');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await expect(page.getByRole('heading', { name: 'Identities' })).toBeVisible();
      await expect(page.getByRole('link', { name: 'console-grace' })).toHaveCount(0);
    });
  });

  test('groups, roles and policies are made and changed', async ({ page }) => {
    await signIn(page, '/console/identities/roles');
    await page.getByRole('button', { name: 'Create role' }).click();
    await page.getByLabel('Name', { exact: true }).fill('console-worker');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('link', { name: 'console-worker' }).click();
    const trust = page.getByRole('textbox', { name: 'Trust policy' });
    await expect(trust).toContainText('firehose.amazonaws.com');
    await trust.fill(TRUST);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await page.reload();
    await expect(trust).toContainText('kinesisanalytics.amazonaws.com');

    await page.getByRole('link', { name: 'Identities', exact: true }).first().click();
    await page.getByRole('link', { name: 'Policies', exact: true }).click();
    await page.getByRole('button', { name: 'Create policy' }).click();
    await page.getByLabel('Name', { exact: true }).fill('console-policy');
    await page.getByRole('textbox', { name: 'New policy' }).fill(POLICY);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'console-policy' }).click();
    await page.getByRole('textbox', { name: 'Policy', exact: true }).fill(POLICY.replace('PutRecord', 'GetRecords'));
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.locator('.facts')).toContainText('v2');
    await picture(page, 'policy');
    await expect(page.getByRole('textbox', { name: 'Policy', exact: true })).toContainText('GetRecords');

    await page.getByRole('link', { name: 'Identities', exact: true }).first().click();
    await page.getByRole('link', { name: 'Groups', exact: true }).click();
    await page.getByRole('button', { name: 'Create group' }).click();
    await page.getByLabel('Name', { exact: true }).fill('console-group');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('link', { name: 'console-group' }).click();
    await page.getByLabel('User to add').fill('nobody-is-named-so');
    await page.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByRole('alert')).toContainText('NoSuchEntity');
    await expectAccessible(page);
  });
});

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "kinesis:PutRecord",
      "Resource": "*"
    },
    {"Effect": "Deny", "Action": "kinesis:DeleteStream", "Resource": "*"}
  ]
}`;

const TRUST = `{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": {"Service": "kinesisanalytics.amazonaws.com"}, "Action": "sts:AssumeRole"}]}`;
