import { readFile } from 'node:fs/promises';
import { aws, expect, expectAccessible, expectNoSidewaysScrolling, newStream, newUser, picture, signIn, test } from './console';

test.describe('Usage', () => {
  test('is told by resource and principal, costs what the prices say, and is downloaded', async ({ page }) => {
    await newStream('console-used');
    for (let i = 0; i < 3; i++) {
      await aws('kinesis', 'Kinesis_20131202.PutRecord', { StreamName: 'console-used', PartitionKey: '1', Data: 'eA==' });
    }
    await signIn(page, '/console/usage/prices');
    await page.getByLabel('Currency').fill('EUR');
    await page.getByLabel('Where they are from').fill('made up for a test');
    await page.getByLabel('Price of streams.put-payload-units').fill('2');
    await page.getByLabel('Units of streams.put-payload-units').fill('4');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save prices' }).click();
    await expect(page.getByText(/^Saved at/)).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('Price of streams.put-payload-units')).toHaveValue('2');
    await picture(page, 'prices');
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScrolling(page);
    await page.setViewportSize({ width: 1280, height: 800 });

    await page.getByRole('link', { name: 'Used', exact: true }).click();
    await page.getByRole('combobox', { name: /^By/ }).selectOption({ label: 'resource and principal' });
    await page.getByRole('combobox', { name: /^Of/ }).selectOption({ label: 'streams' });
    const row = page.getByRole('row', { name: /console-used.*streams\.put-payload-units/ });
    await expect(row).toContainText('3 units');
    await expect(row).toContainText('1.50 EUR');
    await expect(row).toContainText('root');
    await expect(page.getByRole('row', { name: /console-used.*streams\.shard-hours/ })).toContainText('by being there');
    await expectAccessible(page);
    await picture(page, 'usage');
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScrolling(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page, ['color-contrast']);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text.split('\n').filter((line) => line.includes('console-used') && line.includes('streams.put-payload-units'))).toHaveLength(1);
  });

  test('is not told to those who may not see it', async ({ page }) => {
    const user = await newUser('console-thrifty');
    await signIn(page, '/console/usage', user.name, user.password);
    await expect(page.getByRole('alert')).toContainText('riacho:GetUsage');
  });
});
