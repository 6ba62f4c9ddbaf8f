import { describe, expect, test } from 'vitest';
import { type Environment, parseEnvironment } from '../../main/environment.ts';
import { databaseName } from '../../renderer/store/database.ts';

const said = {
  LANTERN_DATA: '/data',
  LANTERN_HUB_URL: 'https://hub.example',
  LANTERN_ENROL_CODE: 'a-code-that-works-once',
  LANTERN_PASSPHRASE_FILE: '/keys/passphrase',
  LANTERN_RECOVERY_KEY_FILE: '/keys/recovery.pem',
  LANTERN_POSTCODES: '/data/postcodes.index',
};

function read(variables: Record<string, string>): Environment {
  const parsed = parseEnvironment(variables);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

describe('the training world by its settings', () => {
  test('has folder, profile, database and port of its own beside the live world’s', () => {
    const live = read({ LANTERN_DATA: '/data' });
    const training = read({ LANTERN_DATA: '/data', LANTERN_WORLD: 'training' });
    expect(training.data).toBe('/data/training');
    expect(training.deskPort).not.toBe(live.deskPort);
    expect(databaseName(training.profile)).not.toBe(databaseName(live.profile));
    const named = read({ LANTERN_WORLD: 'training', LANTERN_PROFILE: live.profile });
    expect(named.profile).not.toBe(live.profile);
  });

  test('knows no hub, code, key or policy, whatever the variables say', () => {
    const training = read({ ...said, LANTERN_WORLD: 'training' });
    expect(JSON.stringify(training)).not.toMatch(/hub\.example|works-once|\/keys\/|postcodes/);
    expect(training).toMatchObject({ hubIsGiven: false, enrolCode: undefined, policy: {} });
  });
});
