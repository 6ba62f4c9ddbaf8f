import { type Diagnosis, type HubFacts, type Step } from './facts.ts';
import { type Finding } from './findings.ts';

/** The facts and findings as lines for a terminal: what is wrong first. */
export function readableLines(facts: Diagnosis, findings: readonly Finding[]): readonly string[] {
  const wrong = findings.filter(({ kind }) => kind === 'wrong');
  const notes = findings.filter(({ kind }) => kind === 'note');
  return [
    wrong.length === 0 ? 'Nothing is wrong.' : `${wrong.length} thing(s) to look at:`,
    ...wrong.map(({ words }) => `  ! ${words}`),
    ...notes.map(({ words }) => `  - ${words}`),
    '',
    ...rows(facts).map(([name, text]) => `${name.padEnd(WIDTH)}${text}`),
  ];
}

const WIDTH = 16;

function rows(facts: Diagnosis): readonly (readonly [string, string])[] {
  const { program, policy, profile, keyStore, desk, journal, disk, storage, hardening, hub } = facts;
  const runs = program.electron === undefined ? '' : `, Electron ${program.electron}`;
  const { under } = keyStore;
  return [
    ['at', day(facts.at)],
    ['program', `Lantern ${program.lantern}, ${program.host} host, Node ${program.node}${runs}`],
    ['system', `${program.system} ${program.systemRelease}, ${program.architecture}`],
    [
      'versions',
      `content ${program.content}, protocol ${program.protocol}, ${program.policyKeys} settings known`,
    ],
    ['policy', policy.mode],
    ...policy.keys
      .filter(({ source, overrode }) => source !== 'default' || overrode.length > 0)
      .map(({ key, source, overrode, isSet, value }): [string, string] => {
        const over = overrode.length === 0 ? '' : `, over ${overrode.join(', ')}`;
        return ['', `${key}: ${value ?? (isSet ? 'set' : 'not set')} [${source}${over}]`];
      }),
    [
      'profile',
      profile.bytes === undefined ? profile.state : `${profile.state}, ${megabytes(profile.bytes)}`,
    ],
    [
      'key store',
      `${keyStore.state}, ${keyStore.keys} key(s): ${under.os} by the system, ${under.passphrase} under a passphrase, ${under.file} in a file; ${keyStore.recoverable} recoverable; ${keyStore.lostRings} list(s) set aside`,
    ],
    ['desk', `key ${desk.identity}, enrolment ${desk.enrolment}`],
    [
      'journal',
      `${journal.state}, ${journal.streams} stream(s), ${journal.segments} file(s), ${journal.events} entries; damaged ${journal.damagedLines} line(s), ${journal.unreadableFiles} file(s), ${journal.tornFiles} torn end(s); ${journal.missingNumbers} missing`,
    ],
    ['unsent', `${journal.unsent} at most, by ${journal.unsentBy}`],
    ['last sync', journal.lastSyncAt === undefined ? 'not known' : day(journal.lastSyncAt)],
    [
      'purged',
      `${journal.purgedCalls} call(s)${journal.lastPurgeAt === undefined ? '' : `, last ${day(journal.lastPurgeAt)}`}`,
    ],
    [
      'disk',
      disk === undefined ? 'not known' : `${megabytes(disk.freeBytes)} free of ${megabytes(disk.totalBytes)}`,
    ],
    [
      'window storage',
      storage === undefined
        ? 'not told yet'
        : `${megabytes(storage.usedBytes)} of ${megabytes(storage.quotaBytes)}, told ${day(storage.toldAt)}`,
    ],
    ...(hardening === undefined
      ? []
      : [
          [
            'hardening',
            `${hardening.held} held, ${hardening.broken.length} broken, ${hardening.notChecked} not checked, ${day(hardening.at)}`,
          ] as const,
        ]),
    ...(hub === undefined ? [['hub', 'not contacted: the policy cannot be used'] as const] : hubRows(hub)),
  ];
}

function hubRows(hub: HubFacts): readonly (readonly [string, string])[] {
  const { proxy, clock, certificates } = hub;
  const steps = (['dns', 'tcp', 'tls', 'http'] as const).map((name) => `${name} ${stepWords(hub[name])}`);
  return [
    ['hub', `${hub.scheme}, port ${hub.port}${hub.isHere ? ', on this PC' : ''}: ${steps.join(', ')}`],
    [
      '',
      `answers ${hub.status ?? '-'}, ${hub.isHub ? 'a Lantern hub' : 'no Lantern hub'}${hub.tlsVersion === undefined ? '' : `, ${hub.tlsVersion}`}`,
    ],
    ['proxy', proxy.at === undefined ? proxy.kind : `${proxy.kind} ${proxy.at}`],
    ...certificates.map(({ issuer, notAfter, daysLeft }, at): [string, string] => [
      at === 0 ? 'certificates' : '',
      `by ${issuer}, until ${day(notAfter)}, ${daysLeft} day(s)`,
    ]),
    [
      'clock',
      clock === undefined
        ? 'not known'
        : `${clock.aheadMs} ms ahead of the hub's, within ${clock.withinMs} ms`,
    ],
  ];
}

const stepWords = ({ outcome, ms, cause }: Step): string =>
  [outcome, ...(ms === undefined ? [] : [`${ms} ms`]), ...(cause === undefined ? [] : [cause])].join(' ');

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
const day = (at: number): string => new Date(at).toISOString();
