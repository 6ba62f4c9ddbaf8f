import { expect, test } from 'vitest';
import { type Diagnosis, diagnosis, type HubFacts } from '../../../shared/diagnose/facts.ts';
import { findingsOf, statusOf } from '../../../shared/diagnose/findings.ts';
import { readableLines } from '../../../shared/diagnose/readable.ts';

const well = { outcome: 'well', ms: 3 } as const;
const hub: HubFacts = {
  scheme: 'https',
  port: 443,
  isHere: false,
  proxy: { kind: 'none' },
  dns: well,
  tcp: well,
  tls: well,
  http: well,
  status: 200,
  isHub: true,
  tlsVersion: 'TLSv1.3',
  certificates: [{ issuer: 'Wexshire CA', notAfter: 1_800_000_000_000, daysLeft: 200 }],
  clock: { aheadMs: 120, withinMs: 502 },
};
/** A managed desk with which nothing is wrong. */
const healthy: Diagnosis = diagnosis.parse({
  v: 1,
  at: 1_790_000_000_000,
  program: {
    lantern: '0.1.0',
    host: 'electron',
    node: '24.21.0',
    electron: '45.4.1',
    chromium: '140.0',
    system: 'win32',
    systemRelease: '10.0.26100',
    architecture: 'x64',
    content: 'demonstration-4',
    protocol: 1,
    policyKeys: 30,
  },
  policy: { mode: 'managed', wrong: [], notices: 0, keys: [] },
  profile: { state: 'free', bytes: 1_000_000 },
  keyStore: {
    state: 'good',
    keys: 1,
    under: { os: 1, passphrase: 0, file: 0 },
    recoverable: 1,
    lostRings: 0,
  },
  desk: { identity: 'good', enrolment: 'enrolled' },
  journal: {
    state: 'read',
    streams: 1,
    segments: 2,
    events: 900,
    damagedLines: 0,
    tornFiles: 0,
    unreadableFiles: 0,
    missingNumbers: 0,
    unsent: 0,
    unsentBy: 'hub',
    purgedCalls: 3,
    isPurgeListBroken: false,
  },
  disk: { freeBytes: 50 * 1024 ** 3, totalBytes: 200 * 1024 ** 3 },
  storage: { usedBytes: 1_000_000, quotaBytes: 10 * 1024 ** 3, toldAt: 1_790_000_000_000 },
  hub,
} satisfies Diagnosis);

const codes = (facts: Diagnosis): string[] => findingsOf(facts).map(({ code }) => code);
const failed = { outcome: 'failed', cause: 'ECONNREFUSED' } as const;

test('nothing is found where nothing is wrong, and that is exit status 0', () => {
  expect(codes(healthy)).toEqual([]);
  expect(statusOf(findingsOf(healthy))).toBe(0);
  expect(readableLines(healthy, [])[0]).toBe('Nothing is wrong.');
});

type Table = readonly [code: string, status: 0 | 1, change: Partial<Diagnosis>];
const { journal, keyStore, policy } = healthy;
test.each<Table>([
  ['policy.unusable', 1, { policy: { ...policy, mode: 'minimal', wrong: ['hubUrl'] } }],
  ['policy.none', 0, { policy: { ...policy, mode: 'unmanaged' } }],
  ['policy.leftAside', 0, { policy: { ...policy, notices: 1 } }],
  ['profile.missing', 0, { profile: { state: 'missing' } }],
  ['profile.unreadable', 1, { profile: { state: 'unreadable', cause: 'EACCES' } }],
  ['profile.inUse', 0, { profile: { state: 'inUse' } }],
  ['profile.leftLocked', 0, { profile: { state: 'leftLocked' } }],
  ['keys.unreadable', 1, { keyStore: { ...keyStore, state: 'damaged' } }],
  ['keys.lost', 1, { keyStore: { ...keyStore, lostRings: 1 } }],
  ['keys.noRecovery', 0, { keyStore: { ...keyStore, recoverable: 0 } }],
  ['keys.inFile', 0, { keyStore: { ...keyStore, under: { os: 0, passphrase: 0, file: 1 } } }],
  ['journal.unreadable', 1, { journal: { ...journal, state: 'unreadable', cause: 'EIO' } }],
  ['journal.damaged', 1, { journal: { ...journal, damagedLines: 1 } }],
  ['journal.damaged', 1, { journal: { ...journal, missingNumbers: 4 } }],
  ['journal.purgeList', 1, { journal: { ...journal, isPurgeListBroken: true } }],
  ['journal.unsent', 0, { journal: { ...journal, unsent: 7 } }],
  ['disk.full', 1, { disk: { freeBytes: 5_000, totalBytes: 10_000 } }],
  ['hardening.broken', 1, { hardening: { at: 1, held: 19, broken: ['sandbox'], notChecked: 0 } }],
  ['storage.full', 1, { storage: { usedBytes: 10, quotaBytes: 20, toldAt: 1 } }],
  ['hub.dns', 1, { hub: { ...hub, dns: failed, http: failed } }],
  ['hub.tcp', 1, { hub: { ...hub, tcp: failed, http: failed } }],
  ['hub.tls', 1, { hub: { ...hub, tls: failed, http: failed } }],
  ['hub.http', 1, { hub: { ...hub, http: { outcome: 'tooLong' } } }],
  ['hub.isOther', 1, { hub: { ...hub, isHub: false, status: 302 } }],
  ['hub.onlyByProxy', 0, { hub: { ...hub, dns: failed } }],
  ['hub.certificateEnds', 1, { hub: { ...hub, certificates: [{ issuer: 'x', notAfter: 1, daysLeft: 20 }] } }],
  ['hub.certificateEnds', 1, { hub: { ...hub, certificates: [{ issuer: 'x', notAfter: 1, daysLeft: -3 }] } }],
  ['clock.off', 1, { hub: { ...hub, clock: { aheadMs: -31_000, withinMs: 600 } } }],
  ['desk.unreadable', 1, { desk: { identity: 'damaged', enrolment: 'keyNotOpened' } }],
  ['desk.revoked', 1, { desk: { identity: 'good', enrolment: 'revoked' } }],
  ['desk.unknownToHub', 1, { desk: { identity: 'good', enrolment: 'unknownToHub' } }],
  ['desk.ended', 1, { desk: { identity: 'good', enrolment: 'ended' } }],
])('%s, and exit status %i', (code, status, change) => {
  const facts = diagnosis.parse({ ...healthy, ...change });
  expect(codes(facts)).toEqual([code]);
  expect(statusOf(findingsOf(facts))).toBe(status);
  const lines = readableLines(facts, findingsOf(facts));
  expect(lines.join('\n')).toContain(findingsOf(facts)[0]?.words);
});

test('a clock is only called wrong beyond what HTTP can tell', () => {
  const clock = { aheadMs: 30_400, withinMs: 502 };
  expect(codes({ ...healthy, hub: { ...hub, clock } })).toEqual([]);
});

test('a desk whose policy lets nothing be contacted says so', () => {
  const { hub: _hub, ...without } = healthy;
  expect(readableLines(without, []).join('\n')).toContain('not contacted');
});

test('the closed list refuses what is not on it', () => {
  for (const more of [
    { who: 'Priya Raman' },
    { profile: { state: 'free', folder: '/home/priya' } },
    { profile: { state: 'unreadable', cause: 'EPRIYA' } },
    { program: { ...healthy.program, systemRelease: 'Priya Raman' } },
  ])
    expect(diagnosis.safeParse({ ...healthy, ...more }).success).toBe(false);
});
