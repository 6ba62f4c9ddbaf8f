import { expect, test } from '@playwright/test';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { runNode } from '../support/process.ts';
import { ROOT } from '../support/sources.ts';
import { CHROMIUM_FLAGS } from './support/chromium.ts';
import { Handler } from './support/handler.ts';
import { freePort } from '../../hub/db/free-port.ts';

test('npm start brings up hub and desk with one address, and a hub that dies comes back while the desk goes on', async () => {
  const data = await mkdtemp(join(tmpdir(), 'lantern-start-'));
  await chmod(data, 0o711);
  const env = {
    LANTERN_DATA: data,
    LANTERN_HOST: 'browser',
    LANTERN_HUB_PORT: String(await freePort()),
    LANTERN_DESK_PORT: String(await freePort()),
    LANTERN_IDENTITY_PORT: String(await freePort()),
  };
  const lantern = runNode(['main/start.ts'], { cwd: ROOT, env });
  const browser = await chromium.launch({
    executablePath: process.env['LANTERN_CHROMIUM'] ?? '',
    args: [...CHROMIUM_FLAGS],
  });
  try {
    const [, hubPid = ''] = await lantern.line(/Hub: process (\d+) on/);
    await lantern.line(/Desk: browser host, .+/);
    const [, address = ''] = await lantern.line(/Open the desk: (http:\S+)/);
    const page = await browser.newPage();
    await page.goto(address);
    // Signed in by the demonstration's identity server, without a click.
    await expect(page.getByText('Sam Okafor (demonstration)')).toBeVisible();
    await expect(page.getByText(/No clinician has approved/).first()).toBeVisible();
    const handler = new Handler(page);
    await handler.takeCall();
    await expect.poll(() => handler.light()).toContain('Safe at hub');

    process.kill(Number(hubPid), 'SIGKILL');
    await handler.note('The hub has just gone.');
    await expect.poll(() => handler.light(), { timeout: 60_000 }).toContain('Safe at hub');
    // The address works once: it is no use to whoever reads it afterwards.
    const again = await browser.newContext();
    const refused = await (await again.newPage()).goto(address);
    expect(refused?.status()).toBe(403);
  } finally {
    await browser.close();
    await lantern.end('SIGTERM');
    await rm(data, { recursive: true, force: true });
  }
  expect(lantern.child.exitCode).toBe(0);
});
