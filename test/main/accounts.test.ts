import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { runIdentity } from '../../main/launch/identity-process.ts';
import { readFile } from 'node:fs/promises';
import { type IdentityServer, startIdentityServer } from '../../main/launch/identity/server.ts';
import { choose, testAccounts, type TestAccounts } from './support/accounts.ts';
import { tempFolder } from './support/temp-folder.ts';
import { join } from 'node:path';

let server: IdentityServer;
beforeAll(async () => {
  server = await startIdentityServer({ port: 0, clientId: 'lantern-desk' });
});
afterAll(() => server.close());

const PASSPHRASE = 'kettle under lantern';
const HOUR_MS = 3_600_000;
const code = (answer: Awaited<ReturnType<TestAccounts['signIn']>>): string =>
  answer.ok ? 'let in' : answer.error.code;

async function signedIn(options: Parameters<typeof testAccounts>[0] = {}): Promise<TestAccounts> {
  const accounts = await testAccounts({ server, ...options });
  expect(code(await accounts.signIn('demo-handler'))).toBe('let in');
  return accounts;
}

describe('signing in with the issuer', () => {
  test('gives a session of the person, with their roles, and a token for the hub', async () => {
    const accounts = await signedIn();
    expect(accounts.sessions.current()).toEqual({
      person: { id: 'demo-handler', name: 'Sam Okafor (demonstration)', role: 'adviser' },
      kind: 'account',
      roles: ['adviser'],
    });
    expect(accounts.sessions.token()).toMatch(/^eyJ/);
  });

  test('of somebody whose roles take no calls is refused in words', async () => {
    const accounts = await testAccounts({ server });
    expect(code(await accounts.signIn('demo-it'))).toBe('session.noRole');
    expect(accounts.sessions.current()).toBeUndefined();
  });

  test('with the issuer away says so, and stays possible', async () => {
    const accounts = await testAccounts({ server });
    accounts.line.down = true;
    expect(await accounts.sessions.begin('signIn')).toMatchObject({ error: { code: 'session.issuerAway' } });
    accounts.line.down = false;
    expect(code(await accounts.signIn('demo-handler'))).toBe('let in');
  });

  test('works with this PC’s clock hours away from the issuer’s', async () => {
    // In a process of its own, so that it keeps the right time.
    const far = await runIdentity({ root: process.cwd(), port: 0, clientId: 'lantern-desk' });
    if (far === undefined) throw new Error('the identity server did not start');
    onTestFinished(() => far.stop());
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const off of [-5 * HOUR_MS, 10 * HOUR_MS]) {
      vi.setSystemTime(Date.now() + off);
      const there = { issuer: new URL(far.issuer), close: () => far.stop() };
      const accounts = await testAccounts({ server: there });
      expect(code(await accounts.signIn('demo-handler'))).toBe('let in');
    }
  });

  test('an answer with another state, another path or another name in Host does not end the wait', async () => {
    const accounts = await testAccounts({ server });
    const begun = await accounts.sessions.begin('signIn');
    const address = new URL(begun.ok ? (begun.value.address ?? '') : '');
    const redirect = new URL(address.searchParams.get('redirect_uri') ?? '');
    const finished = accounts.sessions.finish();
    const attempts = [
      fetch(`${redirect.href}?code=stolen&state=guessed`),
      fetch(`${redirect.origin}/?code=x&state=${address.searchParams.get('state') ?? ''}`),
      fetch(redirect, { method: 'POST' }),
    ];
    for (const attempt of attempts) expect((await attempt).status).toBe(404);
    await choose(address.href, 'demo-handler');
    expect(code(await finished)).toBe('let in');
  });

  test('a code that was put in from elsewhere is refused: the verifier never left this program', async () => {
    const [mine, thiefs] = [await testAccounts({ server }), await testAccounts({ server })];
    const begun = await mine.sessions.begin('signIn');
    const other = await thiefs.sessions.begin('signIn');
    const state = new URL(begun.ok ? (begun.value.address ?? '') : '').searchParams.get('state') ?? '';
    const redirect = new URL(begun.ok ? (begun.value.address ?? '') : '').searchParams.get('redirect_uri');
    const finished = mine.sessions.finish();
    const theirs = thiefs.sessions.finish();
    // The thief's code, brought to our address with our state.
    await choose(other.ok ? (other.value.address ?? '') : '', 'demo-supervisor');
    await theirs;
    await fetch(
      `${redirect ?? ''}?code=of-another-sign-in&state=${state}&iss=${encodeURIComponent(server.issuer.origin)}`,
    );
    expect(code(await finished)).toBe('session.refused');
    expect(mine.sessions.current()).toBeUndefined();
  });

  test('by another person, while one is signed in, takes nothing over', async () => {
    const accounts = await signedIn();
    accounts.sessions.lock('idle');
    expect(code(await accounts.signIn('demo-clinician', 'unlock'))).toBe('session.taken');
    expect(accounts.sessions.current()).toMatchObject({ person: { id: 'demo-handler' }, locked: 'idle' });
  });

  test('again, by the same person, unlocks and is fresh for the hub', async () => {
    const accounts = await signedIn();
    const before = accounts.sessions.token();
    accounts.sessions.lock('idle');
    expect(code(await accounts.signIn('demo-handler', 'unlock'))).toBe('let in');
    expect(accounts.sessions.current()).not.toHaveProperty('locked');
    expect(accounts.sessions.token()).not.toBe(before);
  });
});

describe('the token that renews a sign-in', () => {
  test('is turned at each use and rests in a box', async () => {
    const folder = await tempFolder();
    const accounts = await signedIn({ folder });
    expect(await accounts.sessions.renew()).toBe(true);
    expect(new Set(accounts.refreshTokens).size).toBe(2);
    const onDisk = await readFile(join(folder, 'people.json'), 'utf8');
    for (const secret of [...accounts.refreshTokens, 'Okafor', 'demo-handler'])
      expect(onDisk).not.toContain(secret);
  });

  test('stolen and used ends the sign-in when it is used here too: locked, the person kept, the thief out', async () => {
    const accounts = await signedIn();
    const [stolen] = accounts.refreshTokens;
    const use = (token: string | undefined): Promise<Response> =>
      fetch(new URL('/token', server.issuer), {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          client_id: 'lantern-desk',
          refresh_token: token ?? '',
        }),
      });
    const taken = await use(stolen);
    expect(taken.status).toBe(200);
    const thiefs = ((await taken.json()) as { refresh_token: string }).refresh_token;
    const heard: unknown[] = [];
    accounts.sessions.start((session) => heard.push(session?.locked));
    await accounts.sessions.renew();
    expect(accounts.sessions.current()).toMatchObject({ person: { id: 'demo-handler' }, locked: 'ended' });
    expect(accounts.sessions.token()).toBeUndefined();
    expect(heard).toContain('ended');
    expect((await use(thiefs)).status).toBe(400);
    expect(accounts.log.codes()).toContain('session.ended');
    await accounts.sessions.stop();
    // The way back.
    expect(code(await accounts.signIn('demo-handler', 'unlock'))).toBe('let in');
  });

  test('outlives an issuer that is away', async () => {
    const accounts = await signedIn();
    accounts.line.down = true;
    expect(await accounts.sessions.renew()).toBe(false);
    expect(accounts.sessions.current()).not.toHaveProperty('locked');
    accounts.line.down = false;
    expect(await accounts.sessions.renew()).toBe(true);
  });
});

describe('a program started again', () => {
  test('has the same person, locked, so that their call is on screen and nothing else is', async () => {
    const accounts = await signedIn();
    const after = await accounts.again();
    expect(after.sessions.current()).toMatchObject({ person: { id: 'demo-handler' }, locked: 'restarted' });
    expect(code(await after.signIn('demo-handler', 'unlock'))).toBe('let in');
  });

  test('after a sign-out has nobody', async () => {
    const accounts = await signedIn();
    await accounts.sessions.signOut();
    expect((await accounts.again()).sessions.current()).toBeUndefined();
  });
});

describe('signing in without the issuer', () => {
  async function withPassphrase(): Promise<TestAccounts> {
    const accounts = await signedIn();
    expect((await accounts.sessions.keepOffline(PASSPHRASE)).ok).toBe(true);
    await accounts.sessions.signOut();
    accounts.line.down = true;
    return accounts;
  }
  const offline = (accounts: TestAccounts, passphrase = PASSPHRASE): Promise<string> =>
    accounts.sessions.offline('demo-handler', passphrase).then(code);

  test('works for the hours of the policy and no longer', async () => {
    const accounts = await withPassphrase();
    expect(accounts.sessions.people().map(({ id }) => id)).toEqual(['demo-handler']);
    accounts.clock.off = 11 * HOUR_MS;
    expect(await offline(accounts)).toBe('let in');
    expect(accounts.sessions.current()?.offlineUntil).toBeDefined();
    await accounts.sessions.signOut();
    accounts.clock.off = 13 * HOUR_MS;
    expect(await offline(accounts)).toBe('session.offlineEnded');
    expect(accounts.sessions.people()).toEqual([]);
  });

  test('is not made longer by a clock that is set back, also over a restart', async () => {
    const accounts = await withPassphrase();
    accounts.clock.off = 13 * HOUR_MS;
    expect(await offline(accounts)).toBe('session.offlineEnded');
    await accounts.sessions.stop();
    const after = await accounts.again();
    after.line.down = true;
    // Back to an hour after the sign-in.
    after.clock.off = HOUR_MS;
    expect(await after.sessions.offline('demo-handler', PASSPHRASE)).toMatchObject({
      error: { code: 'session.offlineEnded', message: expect.stringContaining('clock') },
    });
    after.line.down = false;
    after.clock.off = 0;
    expect(code(await after.signIn('demo-handler'))).toBe('let in');
    await after.sessions.signOut();
    expect(await offline(after)).toBe('let in');
  });

  test('is not made longer by a clock that stands still', async () => {
    const accounts = await withPassphrase();
    accounts.uptime.ms = 13 * HOUR_MS;
    expect(await offline(accounts)).toBe('session.offlineEnded');
  });

  test('takes five wrong passphrases, over restarts too, and then none', async () => {
    const accounts = await withPassphrase();
    for (let at = 0; at < 4; at += 1)
      expect(await offline(accounts, 'wrong')).toBe('session.wrongPassphrase');
    const after = await accounts.again();
    expect(await offline(after, 'wrong')).toBe('session.wrongPassphrase');
    expect(await offline(after)).toBe('session.tooManyTries');
  });

  test('is nobody’s who has chosen no passphrase, and no weak one is taken', async () => {
    const accounts = await signedIn();
    expect(await accounts.sessions.keepOffline('short')).toMatchObject({
      error: { code: 'session.weakPassphrase' },
    });
    await accounts.sessions.signOut();
    expect(await offline(accounts)).toBe('session.unknownPerson');
  });

  test('is switched off by a policy of 0 hours', async () => {
    const accounts = await signedIn({ offlineHours: 0 });
    await accounts.sessions.keepOffline(PASSPHRASE);
    await accounts.sessions.signOut();
    expect(await offline(accounts)).toBe('session.offlineEnded');
  });
});
