import { describe, expect, test } from 'vitest';
import { policy, policyKeys, aboutKey, settings } from '../../../shared/policy/policy.ts';
import {
  type Given,
  isLocked,
  type Reading,
  resolvePolicy,
  SOURCES,
} from '../../../shared/policy/resolve.ts';

const read = (values: Record<string, unknown>): Reading => ({ kind: 'read', where: 'a place', values });
const NOTHING: Given = { machine: { kind: 'absent' }, user: { kind: 'absent' }, environment: {}, person: {} };
const given = (some: Partial<Given>): Given => ({ ...NOTHING, ...some });

test('every key has its words, and a default or none', () => {
  expect(policy.safeParse({}).success).toBe(true);
  for (const key of policyKeys) {
    const { title, text } = aboutKey(key);
    expect(title, key).not.toBe('');
    expect(text, key).toMatch(/\.$/u);
  }
});

test('nothing given: defaults, unmanaged, nothing locked', () => {
  const inForce = resolvePolicy(NOTHING);
  expect(inForce.mode).toBe('unmanaged');
  expect(inForce.values).toEqual(policy.parse({}));
  expect(policyKeys.filter((key) => isLocked(inForce, key))).toEqual([]);
});

/** Each row: which of the four places say something, and who must win. Every combination. */
describe('precedence, key by key', () => {
  const themes = { machine: 'dark', user: 'light', person: 'dark' } as const;
  const combinations = Array.from({ length: 8 }, (_, bits) => ({
    machine: (bits & 4) !== 0,
    user: (bits & 2) !== 0,
    person: (bits & 1) !== 0,
  }));
  test.each(combinations)('of a key that a person may choose: %j', ({ machine, user, person }) => {
    const { values, origins } = resolvePolicy(
      given({
        ...(machine ? { machine: read({ theme: themes.machine }) } : {}),
        ...(user ? { user: read({ theme: themes.user }) } : {}),
        person: person ? { theme: themes.person } : {},
      }),
    );
    const winner = machine ? 'machine' : user ? 'user' : person ? 'person' : 'default';
    expect(origins.theme.source).toBe(winner);
    expect(values.theme).toBe(winner === 'default' ? 'system' : themes[winner]);
    const said = [...(machine ? ['machine'] : []), ...(user ? ['user'] : []), ...(person ? ['person'] : [])];
    expect(origins.theme.overrode.map(({ source }) => source)).toEqual(said.slice(1));
  });

  const hubs = {
    machine: 'https://machine.example',
    user: 'https://user.example',
    environment: 'https://environment.example',
  } as const;
  test.each([
    [['machine', 'user', 'environment'], 'machine', ['user']],
    [['machine', 'user'], 'machine', ['user']],
    [['machine', 'environment'], 'machine', []],
    [['user', 'environment'], 'user', []],
    [['machine'], 'machine', []],
    [['user'], 'user', []],
    [['environment'], 'environment', []],
    [[], 'default', []],
  ] as const)('of a key of the organisation’s, said by %j: %s wins', (said, winner, overrode) => {
    const says = (source: string): boolean => said.some((one) => one === source);
    const { values, origins } = resolvePolicy(
      given({
        ...(says('machine') ? { machine: read({ hubUrl: hubs.machine }) } : {}),
        ...(says('user') ? { user: read({ hubUrl: hubs.user }) } : {}),
        environment: says('environment') ? { hubUrl: hubs.environment } : {},
      }),
    );
    expect(origins.hubUrl.source).toBe(winner);
    expect(values.hubUrl).toBe(winner === 'default' ? 'http://127.0.0.1:7110' : hubs[winner]);
    expect(origins.hubUrl.overrode.map(({ source }) => source)).toEqual(overrode);
  });

  test('a managed PC looks at no environment variable, not even for keys that the policy leaves open', () => {
    const environment = { hubUrl: 'https://mine.example', postcodesFile: '/tmp/p' };
    const { values, mode } = resolvePolicy(given({ machine: read({ theme: 'dark' }), environment }));
    expect(mode).toBe('managed');
    expect(values.hubUrl).toBe('http://127.0.0.1:7110');
    expect(values.postcodesFile).toBeUndefined();
  });

  test('nobody at the desk sets a key of the organisation’s', () => {
    // What a file of settings could hold if somebody wrote into it by hand.
    const person = { hubUrl: 'https://mine.example' } as Given['person'];
    expect(resolvePolicy(given({ person })).values.hubUrl).toBe('http://127.0.0.1:7110');
    expect(settings.safeParse(person).success).toBe(false);
  });

  test('the order of the sources is what is documented', () => {
    expect(SOURCES).toEqual(['machine', 'user', 'environment', 'person', 'default']);
  });
});

describe('a policy that cannot be trusted', () => {
  const broken: [string, Partial<Given>, string][] = [
    ['cannot be read', { machine: { kind: 'unreadable', where: 'HKLM', why: 'access denied' } }, 'HKLM'],
    ['holds a wrong kind', { machine: read({ offlineSignInHours: 'many' }) }, 'offlineSignInHours'],
    ['holds plain http', { machine: read({ hubUrl: 'http://plain.example' }) }, 'hubUrl'],
    [
      'holds a half-right list',
      { user: read({ fallbackNumbers: [{ title: 'x' }] }) },
      'fallbackNumbers.0.number',
    ],
    [
      'contradicts itself',
      { machine: read({ hubUrl: 'https://a.example', allowedOrigin: 'https://b.example' }) },
      'hubUrl',
    ],
    [
      'is contradicted by the weaker one',
      { machine: read({ allowedOrigin: 'https://b.example' }), user: read({ hubUrl: 'https://a.example' }) },
      'hubUrl',
    ],
  ];
  test.each(broken)('%s: minimal, whole, naming the place and not the value', (_what, some, field) => {
    const inForce = resolvePolicy(
      given({ ...some, person: { theme: 'dark' }, environment: { hubUrl: 'https://e.example' } }),
    );
    expect(inForce.mode).toBe('minimal');
    expect(inForce.values).toEqual({ ...policy.parse({}), theme: 'dark' });
    expect(inForce.problems.map((problem) => problem.field)).toEqual([field]);
    expect(JSON.stringify(inForce.problems)).not.toMatch(/many|plain\.example|a\.example/u);
  });

  test('keeps where the keys of this PC’s calls are, which would otherwise be closed to everybody', () => {
    const values = {
      theme: 'purple',
      passphraseFile: '/etc/lantern/p',
      recoveryKeyFile: 7,
      packFolder: '/srv',
    };
    const inForce = resolvePolicy(given({ machine: read(values) }));
    expect(inForce.mode).toBe('minimal');
    expect(inForce.values.passphraseFile).toBe('/etc/lantern/p');
    expect(inForce.values.recoveryKeyFile).toBeUndefined();
    expect(inForce.values.packFolder).toBeUndefined();
  });

  test('a key from a newer version is said, and the rest is in force', () => {
    const inForce = resolvePolicy(given({ machine: read({ theme: 'dark', 'new<key>': 1, __proto__x: 2 }) }));
    expect(inForce.mode).toBe('managed');
    expect(inForce.values.theme).toBe('dark');
    expect(inForce.notices).toEqual([expect.stringContaining('“new?key?”, “__proto__x”')]);
  });

  test('a prototype is not a key', () => {
    const values = JSON.parse('{"__proto__":{"hubUrl":"https://x.example"},"constructor":1}') as Record<
      string,
      unknown
    >;
    const inForce = resolvePolicy(given({ machine: read(values) }));
    expect(inForce.mode).toBe('managed');
    expect(inForce.values.hubUrl).toBe('http://127.0.0.1:7110');
    expect(Object.keys({})).toEqual([]);
  });
});
