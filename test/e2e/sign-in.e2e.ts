import { expect, type Page, test } from '@playwright/test';
import { join } from 'node:path';
import { type IdentityServer, startIdentityServer } from '../../main/launch/identity/server.ts';
import { openDesk } from './support/desk.ts';

let server: IdentityServer;
test.beforeAll(async () => {
  server = await startIdentityServer({ port: 0, clientId: 'lantern-desk' });
});
test.afterAll(() => server.close());

/** As a person does it: the button, the page in another tab, oneself, and back. */
async function comeIn(page: Page, button: RegExp, person: RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Open the sign-in page' }).click();
  const issuer = await opened;
  await issuer.getByRole('link', { name: person }).click();
  await expect(issuer.getByText('You can close this tab.')).toBeVisible();
  await issuer.close();
}

test('people sign in with the provider; a locked desk shows an emergency and a call, and nothing else, until its person is back', async () => {
  const policy = { signInIssuer: server.issuer.href.replace(/\/$/, '') };
  const desk = await openDesk({ hub: false, policy });
  const page = desk.page();
  try {
    await comeIn(page, /^Sign in with/, /Asha Bell/);
    await expect(page.getByText('Asha Bell (demonstration)')).toBeVisible();
    await expect(page.getByText('no account')).toHaveCount(0);

    // Started again under an open window: the same person, who has not been seen since.
    await desk.lantern.killDesk();
    await desk.lantern.startDesk({ LANTERN_POLICY_FILE: join(desk.lantern.data, 'policy.json') });
    await expect(page.getByRole('heading', { name: 'This desk is locked' })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Earlier calls')).toHaveCount(0);

    // The lock is no wall before an emergency, and says under whose name it is recorded.
    await page.keyboard.press('F9');
    await expect(page.getByText('Not yet confirmed')).toBeVisible();
    await expect(page.getByText('What you record goes under Asha Bell')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'This desk is locked' })).toHaveCount(0);
    await expect(page.getByText('This desk was locked.')).toBeVisible();
  } finally {
    await desk.close();
  }
});
