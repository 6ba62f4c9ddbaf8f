import { expect, test } from 'vitest';
import { localDataFolder } from '../../../main/services/data-folder.ts';
import { onlyTo } from '../../../main/services/hub/only-to.ts';
import { askHub } from '../../../main/services/hub/request.ts';
import { systemClock } from '../../../main/services/node-system.ts';
import { policyAlarm, reportPolicy } from '../../../shared/policy/report.ts';
import { resolvePolicy } from '../../../shared/policy/resolve.ts';
import { z } from 'zod';

test.each([
  [['https://hub.example'], 'https://hub.example/v1/x', true],
  [['https://hub.example'], 'https://hub.example:8443/v1/x', false],
  [['https://hub.example'], 'https://hub.example.evil.example/', false],
  [['https://hub.example'], 'http://hub.example/', false],
  [['https://hub.example'], 'https://hub.example@evil.example/', false],
  [['https://hub.example'], 'not an address', false],
  [[], 'http://127.0.0.1:7110/', false],
])('with %j allowed, a request to %s is sent: %s', async (origins, address, isSent) => {
  const sent: string[] = [];
  const fetch = onlyTo(origins, (to) => {
    sent.push(to);
    return Promise.resolve(new Response('{}'));
  });
  await fetch(address, {}).catch(() => undefined);
  expect(sent).toEqual(isSent ? [address] : []);
});

test('a desk that may contact nothing says so where it says why the hub is away', async () => {
  const wire = { url: new URL('http://127.0.0.1:1'), fetch: onlyTo([], fetch), clock: systemClock };
  const { result } = await askHub(wire, { method: 'GET', path: '/v1/health/live', answer: z.unknown() });
  expect(result).toMatchObject({
    ok: false,
    error: { code: 'hub.away', message: expect.stringContaining('policy') },
  });
});

test('the report shows no secret, wherever it came from, and the alarm says what still works', () => {
  const secret = 'code-1234567890123456';
  const reading = (values: Record<string, unknown>) => ({ kind: 'read' as const, where: 'x', values });
  const report = reportPolicy(
    resolvePolicy({
      machine: reading({ enrolCode: `${secret}m` }),
      user: reading({ enrolCode: `${secret}u` }),
      environment: {},
      person: {},
    }),
  );
  expect(JSON.stringify(report)).not.toContain(secret);
  expect(policyAlarm(report)).toBeUndefined();
  const broken = resolvePolicy({
    machine: reading({ theme: 1 }),
    user: { kind: 'absent' },
    environment: {},
    person: {},
  });
  expect(policyAlarm(broken)).toContain('Calls can be taken and are kept on this PC');
  expect(policyAlarm({ ...broken, mode: 'managed' })).toContain('This desk goes on as it was');
});

const WINDOWS = { APPDATA: 'C:\\Users\\sam\\AppData\\Roaming', LOCALAPPDATA: 'D:\\Local' };
test.each([
  ['win32', WINDOWS, 'C:\\Users\\sam', 'D:\\Local\\Lantern'],
  ['win32', { APPDATA: WINDOWS.APPDATA }, 'C:\\Users\\sam', 'C:\\Users\\sam\\AppData\\Local\\Lantern'],
  ['darwin', {}, '/Users/sam', '/Users/sam/Library/Application Support/Lantern'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/sam', '/home/sam/.local/share/lantern'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/home/sam', '/data/lantern'],
] as const)(
  'on %s, with %j, an installed Lantern keeps everything in a folder that never roams',
  (platform, env, home, folder) => {
    expect(localDataFolder(platform, env, home)).toBe(folder);
  },
);
