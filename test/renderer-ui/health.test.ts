import { describe, expect, test } from 'vitest';
import {
  healthAnnouncement,
  type HealthFacts,
  type HealthRow,
  healthRows,
} from '../../renderer/screens/health/health.ts';

const AT = Date.UTC(2026, 10, 25, 14, 2);
const GB = 1024 ** 3;
const well: HealthFacts = {
  hub: { reach: 'reachable', since: AT },
  isShutOut: false,
  unsent: 0,
  room: { usage: 5_000_000, quota: 20 * GB },
  policy: { mode: 'managed' },
  version: '0.1.0',
};
const line = (change: Partial<HealthFacts>): string =>
  healthRows({ ...well, ...change })
    .map(({ short, isWell }) => (isWell ? short : `!${short}`))
    .join(' · ');

describe('the line on how this desk is', () => {
  test('is quiet and whole when all is well', () => {
    expect(line({})).toBe('hub answers · all sent · 19 GB of room · clock right · managed · Lantern 0.1.0');
  });

  test.each<[Partial<HealthFacts>, string]>([
    [{ hub: { reach: 'away', since: AT, why: 'nothing answers' } }, '!no hub since 14:02'],
    [{ isShutOut: true }, '!hub shuts this desk out'],
    [{ unsent: 1 }, '1 entry waits'],
    [{ unsent: 7 }, '7 entries wait'],
    [{ room: { usage: 10, quota: 40 * 1024 * 1024 } }, '!39 MB of room'],
    [{ hub: { reach: 'reachable', since: AT, clockOffMs: 185_000 } }, '!clock 3 min behind the hub’s'],
    [{ hub: { reach: 'reachable', since: AT, clockOffMs: -3_700_000 } }, '!clock 62 min ahead of the hub’s'],
    [{ policy: { mode: 'minimal' } }, '!policy cannot be used'],
    [{ policy: { mode: 'unmanaged' } }, 'not managed'],
  ])('%j is said as “%s”', (change, words) => {
    expect(line(change).split(' · ')).toContain(words);
  });

  test('what is not known is said as that, and is not called wrong or well', () => {
    const said = line({ hub: { reach: 'unknown', since: AT }, room: undefined, policy: undefined });
    expect(said).toBe(
      'hub not asked yet · all sent · room not known · clock not compared · policy not read yet · Lantern 0.1.0',
    );
  });
});

describe('what is heard', () => {
  const rows = (change: Partial<HealthFacts> = {}): readonly HealthRow[] =>
    healthRows({ ...well, ...change });
  const minimal = rows({ policy: { mode: 'minimal' } });

  test('nothing at the start and nothing while it stays well', () => {
    expect(healthAnnouncement(rows(), '')).toBe('');
  });

  test('what has gone wrong, once, and that it is well again', () => {
    const said = healthAnnouncement(minimal, '');
    expect(said).toBe('Policy: Cannot be used, so nothing is contacted: tell IT.');
    expect(healthAnnouncement(minimal, said)).toBe(said);
    expect(healthAnnouncement(rows(), said)).toContain('well again');
  });

  test('not the hub or sending: the save light says those', () => {
    expect(healthAnnouncement(rows({ unsent: 9, hub: { reach: 'away', since: AT } }), '')).toBe('');
  });
});
