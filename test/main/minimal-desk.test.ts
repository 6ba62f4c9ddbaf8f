import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { v7 } from 'uuid';
import { startIdentityServer } from '../../main/launch/identity/server.ts';
import { type PolicyKeeper } from '../../main/ports/policy.ts';
import { openConf } from '../../main/hosts/browser/ports.ts';
import { fileKeyStore } from '../../main/services/file-key-store.ts';
import { openAccounts } from '../../main/services/identity/open-accounts.ts';
import { nodePorts } from '../../main/services/node-ports.ts';
import { openDeskPolicy } from '../../main/services/policy/desk-policy.ts';
import { deskId } from '../../shared/ids.ts';
import { openHeadlessDesk } from '../support/headless-desk.ts';
import { testVault } from '../support/vault.ts';
import { testAccounts } from './support/accounts.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';
import { freePort } from '../../hub/db/free-port.ts';

/** Something at the addresses that a desk would go to. It counts who knocks, whether or not they say anything. */
async function listener(): Promise<{ readonly url: string; readonly knocks: () => number }> {
  let knocks = 0;
  const server = createServer((_request, response) => void response.end('{"live":true}'));
  server.on('connection', () => (knocks += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, knocks: () => knocks };
}

/** The real way from a file on the disk to what is in force. */
async function policyOf(text: string): Promise<PolicyKeeper> {
  const path = join(await tempFolder(), 'policy.json');
  await writeFile(path, text);
  return openDeskPolicy({ policy: {}, policyFile: path }, recordLog());
}

/** What an organisation would have set, with one thing wrong. */
const broken = (hub: string, telephonyPort: number): readonly (readonly [string, string])[] => {
  const good = { hubUrl: hub, signInIssuer: hub, telephonyPort, enrolCode: 'a-code-that-works-once' };
  return [
    ['is no JSON', `${JSON.stringify(good)}}`],
    ['is half a file', JSON.stringify(good).slice(0, -20)],
    ['is empty', ''],
    ['is a list', `[${JSON.stringify(good)}]`],
    ['holds a wrong value', JSON.stringify({ ...good, offlineSignInHours: 'twelve' })],
    ['names a hub in the clear', JSON.stringify({ ...good, hubUrl: 'http://hub.wexshire.test' })],
    [
      'names a hub at another origin',
      JSON.stringify({ ...good, allowedOrigin: 'https://hub.wexshire.test' }),
    ],
    ['names a proxy with a password', JSON.stringify({ ...good, proxy: 'http://a:b@proxy.wexshire.test' })],
  ];
};

describe('a desk whose policy cannot be used', () => {
  test('says so, takes calls and emergencies and keeps them, and contacts nobody, whatever is wrong with it', async () => {
    const hub = await listener();
    const port = await freePort();
    for (const [what, text] of broken(hub.url, port)) {
      const policy = await policyOf(text);
      expect(policy.current().mode, what).toBe('minimal');
      const headless = await openHeadlessDesk({
        data: await tempFolder(),
        hubUrl: hub.url,
        enrolCode: 'a-code-that-works-once',
        policy,
      });
      const { desk, main } = headless;
      await expect.poll(() => desk.notices().join(' ')).toContain('policy cannot be used');
      expect(desk.notices().join(' ')).toContain('Calls can be taken and are kept on this PC');
      const call = desk.takeCall({ source: 'handler' });
      expect(desk.record(call, { type: 'emergency.raised', data: {} })).toMatchObject({ ok: true });
      const { made } = desk.facts();
      await expect.poll(() => Math.min(desk.facts().inDatabase, desk.facts().inJournal)).toBe(made);
      expect(desk.light(), what).toMatchObject({ kind: 'onThisPc', waiting: made });
      await expect.poll(() => desk.hub().why ?? '').toContain('policy cannot be used');

      // A link still opens a call; the telephone system's port does not: it is the policy's to open.
      main.openLink('lantern://call?number=01632960118&hub=https://evil.example');
      main.openLink('lantern://call?number=01632+960118&waited=30');
      await expect
        .poll(() => desk.calls().map(({ events }) => events[0]?.data))
        .toContainEqual(
          expect.objectContaining({ source: 'deepLink', number: '01632 960118', waitedMs: 30_000 }),
        );
      expect(desk.calls(), what).toHaveLength(2);
      await expect(fetch(`http://127.0.0.1:${port}/v1/calls`, { method: 'POST' })).rejects.toThrow(
        'fetch failed',
      );
      await headless.close();
    }
    expect(hub.knocks()).toBe(0);
  }, 30_000);

  test('which a sound policy would have let reach the hub', async () => {
    const hub = await listener();
    const headless = await openHeadlessDesk({
      data: await tempFolder(),
      hubUrl: hub.url,
      enrolCode: 'a-code-that-works-once',
      policy: await policyOf(JSON.stringify({ hubUrl: hub.url })),
    });
    await expect.poll(() => hub.knocks()).toBeGreaterThan(0);
    await headless.close();
  });

  test('makes no demonstration of a desk where people had accounts: they come in by passphrase, for their hours', async () => {
    const [folder, desk] = [await tempFolder(), deskId.parse(v7())];
    const server = await startIdentityServer({ port: 0, clientId: 'lantern-desk' });
    onTestFinished(() => server.close());
    const before = await testAccounts({ server, folder, desk });
    expect((await before.signIn('demo-handler')).ok).toBe(true);
    expect((await before.sessions.keepOffline('kettle under lantern')).ok).toBe(true);
    await before.sessions.signOut();

    const asked: string[] = [];
    const ports: Parameters<typeof openAccounts>[0] = {
      host: 'browser',
      version: '0.0.0-test',
      profile: { name: 'test', kind: 'development', folder },
      hub: { url: server.issuer },
      role: 'adviser',
      deepLinks: false,
      notices: [],
      keyStore: fileKeyStore,
      openSettingsStore: openConf,
      ...nodePorts,
      fetch(address) {
        asked.push(address);
        return Promise.reject(new Error('nothing is to be asked'));
      },
      log: recordLog(),
    };
    const policy = await policyOf('{');
    const identity = { desk } as Parameters<typeof openAccounts>[1]['identity'];
    const sessions = await openAccounts(ports, { identity, vault: testVault(), policy });
    expect(sessions?.people().map(({ id }) => id)).toEqual(['demo-handler']);
    expect(await sessions?.begin('signIn')).toMatchObject({
      error: { code: 'session.issuerAway', message: expect.stringContaining('policy') },
    });
    expect(await sessions?.offline('demo-handler', 'wrong')).toMatchObject({
      error: { code: 'session.wrongPassphrase' },
    });
    expect(await sessions?.offline('demo-handler', 'kettle under lantern')).toMatchObject({ ok: true });
    expect(asked).toEqual([]);
    // A desk that nobody ever had an account at is the demonstration that it was.
    const empty = { ...ports, profile: { ...ports.profile, folder: await tempFolder() } };
    expect(await openAccounts(empty, { identity, vault: testVault(), policy })).toBeUndefined();
  });
});
