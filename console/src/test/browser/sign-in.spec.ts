import { expect, expectAccessible, newUser, picture, signIn, signInByForm, test } from './console';
import { ROOT_KEY } from './server';

test.describe('Signing in', () => {
  test('leads from the server’s address to the console, and by the sign-in page back to the page that was asked for', async ({
    page,
  }) => {
    await page.goto('/');
    await expect(page).toHaveURL(/\/console\/$/);
    await expectAccessible(page);
    await signInByForm(page, '/console/applications');
    await expect(page).toHaveURL(/\/console\/applications$/);
    await expect(page.getByRole('heading', { name: 'Consumers' })).toBeVisible();
  });

  test('shows a page of its own that anybody can use', async ({ page }) => {
    await page.goto('/console/');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('User name')).toBeFocused();
    await expectAccessible(page);
    await picture(page, 'sign-in');
  });

  test('lets an IAM user in by its password, as that user', async ({ page }) => {
    const user = await newUser('console-reader');
    await signIn(page, '/console/', user.name, user.password);
    await expect(page.getByTitle(`:user/${user.name}`)).toBeVisible();
  });

  test('lets nobody in with a wrong password', async ({ page }) => {
    await page.goto('/console/');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('User name').fill(ROOT_KEY.id);
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toHaveText('The user name or the password is wrong.');
  });

  test('outlives a reload and no tab, and leaves no token where others find it', async ({ page, context }) => {
    await signIn(page);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('eyJ');
    const other = await context.newPage();
    await other.goto('/console/');
    await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible();
  });

  test('ends everything when the user signs out: the token, its refresh, and the sign-in page’s session', async ({ page }) => {
    await signInByForm(page);
    const kept = JSON.parse((await page.evaluate(() => sessionStorage.getItem('riacho.tokens')))!) as {
      access: string;
      refresh: string;
    };
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('Password')).toBeVisible();
    expect(await page.evaluate(() => sessionStorage.getItem('riacho.tokens'))).toBeNull();
    const streams = await page.request.get('/v1/streams', { headers: { Authorization: `Bearer ${kept.access}` } });
    expect(streams.status()).not.toBe(200);
    const refreshed = await page.request.post('/oauth2/token', {
      form: { grant_type: 'refresh_token', client_id: 'riacho-console', refresh_token: kept.refresh },
    });
    expect(refreshed.status()).toBe(400);
  });

  test('says which permission is missing, and what works goes on', async ({ page }) => {
    const user = await newUser('console-nobody');
    await signIn(page, '/console/streams', user.name, user.password);
    await expect(page.getByRole('alert')).toContainText('List streams: you lack the permission kinesis:ListStreams');
    await expect(page.getByRole('button', { name: 'Create stream' })).toBeEnabled();
  });

  test('goes on unseen when a token ends, in the tab that it was begun in and in no copy of it', async ({ page, context }) => {
    await page.clock.install();
    await signIn(page, '/console/streams');
    await expect(page.getByRole('button', { name: 'Create stream' })).toBeVisible();
    const tokens = () => page.evaluate(() => sessionStorage.getItem('riacho.tokens'));
    const first = await tokens();
    await expect(async () => {
      await page.clock.fastForward('00:45');
      expect(await tokens()).not.toBe(first);
    }).toPass();
    const storage = await page.evaluate(() => ({ ...sessionStorage }));

    const copy = await context.newPage();
    await copy.clock.install();
    await copy.goto('/console/signed-out');
    await copy.evaluate((kept) => Object.entries(kept).forEach(([key, value]) => sessionStorage.setItem(key, value)), storage);
    await copy.goto('/console/streams');
    await expect(copy.getByRole('button', { name: 'Sign out' })).toBeVisible();
    // What is asked while the clock is moved takes all that time, for the page, and it waits before it asks again.
    await expect(async () => {
      await copy.clock.fastForward('03:00');
      await expect(copy.getByText('Your session is over.')).toBeVisible({ timeout: 2_000 });
    }).toPass();

    await page.clock.fastForward('00:45');
    await page.getByRole('link', { name: 'Consumers' }).click();
    await expect(page.getByText(/Nobody has read a stream|behind/i).first()).toBeVisible();
  });
});
