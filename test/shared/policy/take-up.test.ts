import { expect, test } from 'vitest';
import { type PolicyInForce, resolvePolicy } from '../../../shared/policy/resolve.ts';
import { takeUp } from '../../../shared/policy/take-up.ts';

const managed = (values: Record<string, unknown>): PolicyInForce =>
  resolvePolicy({
    machine: { kind: 'read', where: 'a place', values },
    user: { kind: 'absent' },
    environment: {},
    person: {},
  });
const BEFORE = managed({ theme: 'light', keys: { consult: ['Alt+C'] }, hubUrl: 'https://a.example' });
const AFTER = managed({ theme: 'dark', keys: { consult: ['Alt+K'] }, hubUrl: 'https://b.example' });

test.each([
  [true, ['Alt+C'], ['hubUrl', 'keys']],
  [false, ['Alt+K'], ['hubUrl']],
])(
  'with a call open (%s): the theme at once, keys after the call, the hub at the next start',
  (open, keys, wait) => {
    const { inForce, waiting } = takeUp(BEFORE, AFTER, open);
    expect(inForce.values.theme).toBe('dark');
    expect(inForce.values.keys?.consult).toEqual(keys);
    expect(inForce.values.hubUrl).toBe('https://a.example');
    expect(waiting.map(({ key }) => key).toSorted()).toEqual(wait);
  },
);

test('a policy taken away gives the key back', () => {
  const { inForce } = takeUp(BEFORE, managed({}), false);
  expect(inForce.values.theme).toBe('system');
  expect(inForce.values.keys).toBeUndefined();
  expect(inForce.origins.theme.source).toBe('default');
});

test('a policy that becomes unreadable changes nothing on a running desk, and is said', () => {
  const broken = resolvePolicy({
    machine: { kind: 'unreadable', where: 'a place', why: 'is not JSON' },
    user: { kind: 'absent' },
    environment: {},
    person: {},
  });
  const { inForce, waiting } = takeUp(BEFORE, broken, true);
  expect(inForce.values).toEqual(BEFORE.values);
  expect(inForce.mode).toBe('managed');
  expect(inForce.problems).toEqual(broken.problems);
  expect(waiting).toEqual([]);
  // Mended: the problem goes, without a new start.
  expect(takeUp(inForce, BEFORE, true).inForce.problems).toEqual([]);
});

test('a desk that began minimal stays minimal until it is started again', () => {
  const minimal = managed({ hubUrl: 7 });
  const { inForce } = takeUp(minimal, AFTER, false);
  expect(inForce.mode).toBe('minimal');
  expect(inForce.values.hubUrl).toBe('http://127.0.0.1:7110');
  expect(inForce.problems).toEqual(minimal.problems);
});
