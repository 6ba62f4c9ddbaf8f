import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type IdentityServer, startIdentityServer } from '../../main/launch/identity/server.ts';
import { policy } from '../../shared/policy/policy.ts';
import { testAccounts } from './support/accounts.ts';

/** An issuer that tells names and roles at its userinfo endpoint alone, as NHS Care Identity Service 2 does. */
let server: IdentityServer;
beforeAll(async () => {
  server = await startIdentityServer({ port: 0, clientId: 'lantern-desk', rolesAtUserinfo: true });
});
afterAll(() => server.close());

describe('an issuer with roles at its userinfo endpoint', () => {
  test('is asked for them with the person’s own token, at sign-in and at each renewal', async () => {
    const accounts = await testAccounts({ server });
    expect(await accounts.signIn('demo-clinician')).toMatchObject({ ok: true });
    expect(decodeJwt(accounts.sessions.token() ?? '')).not.toHaveProperty('lantern_roles');
    const there = {
      person: { id: 'demo-clinician', name: 'Asha Bell (demonstration)', role: 'clinician' },
      roles: ['clinician'],
    };
    expect(accounts.sessions.current()).toMatchObject(there);
    expect(await accounts.sessions.renew()).toBe(true);
    expect(accounts.sessions.current()).toMatchObject(there);
  });

  test('gives roles by the policy’s own list of codes, and none for a code that is not in it', async () => {
    const mapped = await testAccounts({ server, codes: { adviser: 'clinician' } });
    expect(await mapped.signIn('demo-handler')).toMatchObject({ ok: true });
    expect(mapped.sessions.current()).toMatchObject({ roles: ['clinician'], person: { role: 'clinician' } });
    const unknown = await testAccounts({ server, codes: { 'S0010:G0020:R8001': 'clinician' } });
    expect(await unknown.signIn('demo-handler')).toMatchObject({ error: { code: 'session.noRole' } });
  });

  const rbac = {
    selected_roleid: '2',
    nhsid_nrbac_roles: [
      { person_roleid: '1', role_code: 'adviser' },
      { person_roleid: '2', role_code: 'supervisor' },
    ],
  };
  test.each([
    ['CIS2’s own shape, the selected role first', 200, { sub: 'demo-handler', ...rbac }, 'supervisor'],
    ['another person', 200, { sub: 'demo-supervisor', lantern_roles: ['supervisor'] }, 'session.noRole'],
    ['nobody', 200, { lantern_roles: ['supervisor'] }, 'session.noRole'],
    ['an error', 500, {}, 'session.noRole'],
    ['a refusal', 401, {}, 'session.noRole'],
    ['roles of another type', 200, { sub: 'demo-handler', lantern_roles: 'supervisor' }, 'session.refused'],
    [
      'a stronger proof than the token’s',
      200,
      { sub: 'demo-handler', acr: 'AAL3', auth_time: 1 },
      'session.noRole',
    ],
  ])(
    'that answers with %s is taken at its word no further than that',
    async (_what, status, body, outcome) => {
      const accounts = await testAccounts({
        server,
        instead: (address) =>
          new URL(address).pathname === '/me' ? Response.json(body, { status }) : undefined,
      });
      const signedIn = await accounts.signIn('demo-handler');
      expect(signedIn.ok ? signedIn.value.person.role : signedIn.error.code).toBe(outcome);
    },
  );

  test('and names it at another address is not asked there', async () => {
    const configuration = new URL('/.well-known/openid-configuration', server.issuer);
    const metadata = (await (await fetch(configuration)).json()) as Record<string, unknown>;
    const asked: string[] = [];
    const accounts = await testAccounts({
      server,
      instead(address) {
        asked.push(new URL(address).origin);
        if (address !== configuration.href) return undefined;
        return Response.json({ ...metadata, userinfo_endpoint: 'http://127.0.0.1:1/me' });
      },
    });
    expect(await accounts.signIn('demo-handler')).toMatchObject({ error: { code: 'session.noRole' } });
    expect(new Set(asked)).toEqual(new Set([server.issuer.origin]));
  });
});

test.each([
  ['openid', true],
  ['openid profile nationalrbacaccess', true],
  ['profile openid', false],
  ['openid  profile', false],
  ['openid profile"', false],
  ['', false],
])('%j as scopes is taken: %s', (signInScope, isTaken) => {
  expect(policy.shape.signInScope.safeParse(signInScope).success).toBe(isTaken);
});
