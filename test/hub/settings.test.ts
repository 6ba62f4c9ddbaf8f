import { expect, test } from 'vitest';
import { readSettings } from '../../hub/settings.ts';

test('with nothing set the hub is on 127.0.0.1:7110 with its data under the working folder', () => {
  expect(readSettings({}, '/srv/lantern')).toEqual({
    ok: true,
    value: {
      host: '127.0.0.1',
      port: 7110,
      dataFolder: '/srv/lantern/.lantern/hub',
      dataFolderChosen: false,
      databaseUrl: undefined,
      enrolCode: undefined,
      demonstration: false,
      logLevel: 'info',
    },
  });
});

test('everything can be set, and an empty variable counts as not set', () => {
  const env = {
    LANTERN_HUB_HOST: '0.0.0.0',
    LANTERN_HUB_PORT: '0',
    LANTERN_HUB_DATA: 'data',
    DATABASE_URL: 'postgresql://hub@db.example/lantern',
    LANTERN_ENROL_CODE: 'sixteen-letters!',
    LANTERN_HUB_LOG: '',
  };
  expect(readSettings(env, '/srv')).toMatchObject({
    value: { host: '0.0.0.0', port: 0, dataFolder: '/srv/data', dataFolderChosen: true, logLevel: 'info' },
  });
});

test.each([
  ['LANTERN_HUB_PORT', 'http'],
  ['LANTERN_HUB_PORT', '70000'],
  ['LANTERN_HUB_PORT', '-1'],
  ['LANTERN_HUB_PORT', '1e3'],
  ['LANTERN_HUB_HOST', 'not a host'],
  ['DATABASE_URL', 'mysql://user:secret@db/x'],
  ['DATABASE_URL', 'secret'],
  ['LANTERN_ENROL_CODE', 'secret'],
  ['LANTERN_HUB_LOG', 'shout'],
])('junk in %s is refused by name, without its value: %s', (name, value) => {
  const read = readSettings({ [name]: value }, '/srv');
  expect(read).toMatchObject({ ok: false, error: { code: 'settings.invalid', field: name } });
  if (!read.ok) expect(read.error.message).not.toContain('secret');
});
