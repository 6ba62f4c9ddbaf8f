import { describe, expect, test } from 'vitest';
import { parseEnvironment, problemLine } from '../../main/environment.ts';
import { linkAmong, readDeepLink } from '../../main/services/outside-calls.ts';

describe('the environment', () => {
  test('nothing set: everything has its default', () => {
    const parsed = parseEnvironment({ LANTERN_HUB_URL: '' });
    expect(parsed).toMatchObject({
      ok: true,
      value: { profile: 'development', deskPort: 7111, hubIsGiven: false },
    });
    expect(parsed.ok && parsed.value.hubUrl.href).toBe('http://127.0.0.1:7110/');
  });

  test('a hub port moves the hub’s address with it', () => {
    const parsed = parseEnvironment({ LANTERN_HUB_PORT: '7210' });
    expect(parsed.ok && parsed.value.hubUrl.href).toBe('http://127.0.0.1:7210/');
  });

  test.each([
    ['LANTERN_DESK_PORT', 'seven'],
    ['LANTERN_DESK_PORT', '80'],
    ['LANTERN_DESK_PORT', '99999'],
    ['LANTERN_DESK_PORT', '7111 '],
    ['LANTERN_HUB_PORT', '-1'],
    ['LANTERN_HOST', 'firefox'],
    ['LANTERN_ROLE', 'doctor'],
    ['LANTERN_PROFILE', '../../etc'],
    ['LANTERN_PROFILE', 'Development'],
    ['LANTERN_ENROL_CODE', 'short'],
    ['LANTERN_HUB_URL', 'hub'],
    ['LANTERN_HUB_URL', 'http://hub.example'],
    ['LANTERN_HUB_URL', 'http://127.0.0.1.evil.example'],
    ['LANTERN_HUB_URL', 'file:///etc/passwd'],
    ['LANTERN_HUB_URL', 'https://name:password@hub.example'],
    ['LANTERN_HUB_URL', 'https://hub.example/?a=b'],
  ])('%s=%s is refused in one line that names it and does not repeat it', (name, value) => {
    const parsed = parseEnvironment({ [name]: value });
    expect(parsed).toMatchObject({ ok: false, error: { code: 'settings.invalid', field: name } });
    if (parsed.ok) return;
    const line = problemLine(parsed.error);
    expect(line).toContain(name);
    expect(line).not.toContain('\n');
    if (name === 'LANTERN_HUB_URL' && value.includes('password')) expect(line).not.toContain('name:');
  });

  test.each(['https://hub.example', 'https://hub.example/lantern', 'http://localhost:9', 'http://[::1]:9'])(
    '%s is a hub’s address',
    (url) => {
      expect(parseEnvironment({ LANTERN_HUB_URL: url })).toMatchObject({
        ok: true,
        value: { hubIsGiven: true },
      });
    },
  );
});

describe('a link from outside', () => {
  test('offers a call', () => {
    expect(readDeepLink('lantern://call?number=%2B44%207700%20900123&waited=95')).toEqual({
      ok: true,
      value: { source: 'deepLink', number: '+44 7700 900123', waitedMs: 95_000 },
    });
  });

  test.each([
    '',
    'lantern:',
    'lantern://',
    'lantern://open',
    'lantern://call/../admin',
    'lantern://call?number=<script>',
    'lantern://call?number=1&number=2',
    'lantern://call?note=suicidal',
    'lantern://call?waited=soon',
    'lantern://call?__proto__=1',
    'https://call',
    'javascript:alert(1)',
    `lantern://call?number=${'1'.repeat(600)}`,
  ])('%j is refused, naming a field', (link) => {
    const read = readDeepLink(link);
    expect(read).toMatchObject({ ok: false, error: { code: 'deepLink.refused' } });
    expect(read.ok ? '' : read.error.field).not.toBe('');
  });

  test('is found among a program’s arguments', () => {
    expect(linkAmong(['lantern', '--flag', 'lantern://call?waited=1'])).toBe('lantern://call?waited=1');
    expect(linkAmong(['lantern', '/opt/lantern'])).toBeUndefined();
  });
});
