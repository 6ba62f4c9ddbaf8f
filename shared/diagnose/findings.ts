import { type Diagnosis, type HubFacts } from './facts.ts';

/** What of the facts IT should look at, in the order in which to look. */
export interface Finding {
  /** `wrong`: something does not work, or soon will not. `note`: good to know, and nothing to mend. */
  readonly kind: 'wrong' | 'note';
  readonly code: string;
  readonly words: string;
}

/** Certificates are renewed by people: three weeks is one round of change control. */
export const RENEW_WITHIN_DAYS = 21;
/** The hub refuses an assertion that is older than its minute; half of that is left for the way. */
export const CLOCK_OFF_MS = 30_000;
/** A night of calls many times over, and what a database needs to compact itself. */
export const LITTLE_DISK_BYTES = 1024 ** 3;

const wrong = (code: string, words: string): Finding => ({ kind: 'wrong', code, words });
const note = (code: string, words: string): Finding => ({ kind: 'note', code, words });

export function findingsOf(facts: Diagnosis): readonly Finding[] {
  return [
    ...ofPolicy(facts),
    ...ofProfile(facts),
    ...ofKeys(facts),
    ...ofJournal(facts),
    ...ofDisk(facts),
    ...(facts.hub === undefined ? [] : ofHub(facts.hub)),
    ...ofDesk(facts),
    ...ofHardening(facts),
  ];
}

/** Exit status: 0 nothing is wrong, 1 something is. */
export const statusOf = (findings: readonly Finding[]): 0 | 1 =>
  findings.some(({ kind }) => kind === 'wrong') ? 1 : 0;

function ofPolicy({ policy }: Diagnosis): readonly Finding[] {
  if (policy.mode === 'minimal') {
    const keys = policy.wrong.join(', ');
    return [
      wrong(
        'policy.unusable',
        `The policy cannot be used (${keys}), so nothing is contacted: “lantern policy” says why.`,
      ),
    ];
  }
  if (policy.mode === 'unmanaged')
    return [
      note('policy.none', 'No policy was found: this PC is not managed, and works as a demonstration.'),
    ];
  return policy.notices > 0
    ? [note('policy.leftAside', 'Some keys of the policy are not known to this version and were left aside.')]
    : [];
}

function ofProfile({ profile }: Diagnosis): readonly Finding[] {
  switch (profile.state) {
    case 'missing':
      return [note('profile.missing', 'There is no profile yet: no desk has been started by this account.')];
    case 'unreadable':
      return [
        wrong(
          'profile.unreadable',
          `The profile’s folder cannot be read (${profile.cause ?? 'other'}): ask as the account whose desk it is.`,
        ),
      ];
    case 'inUse':
      return [note('profile.inUse', 'A desk is open on this profile; counts are of this moment.')];
    case 'leftLocked':
      return [
        note(
          'profile.leftLocked',
          'The last desk ended without closing; the next start takes the profile over.',
        ),
      ];
    case 'free':
      return [];
  }
}

function ofKeys({ keyStore, profile }: Diagnosis): readonly Finding[] {
  const found: Finding[] = [];
  const isThere = profile.state !== 'missing' && profile.state !== 'unreadable';
  if (keyStore.state === 'damaged' || keyStore.state === 'unreadable')
    found.push(
      wrong(
        'keys.unreadable',
        'The list of data keys cannot be read: “lantern recover” brings the calls back.',
      ),
    );
  if (keyStore.lostRings > 0)
    found.push(
      wrong(
        'keys.lost',
        `${keyStore.lostRings} list(s) of data keys were set aside because nothing opened them: calls under them need “lantern recover”.`,
      ),
    );
  if (isThere && keyStore.keys > keyStore.recoverable)
    found.push(
      note(
        'keys.noRecovery',
        'Not every data key is wrapped to a recovery key: a dead PC’s calls would be lost.',
      ),
    );
  if (keyStore.under.file > 0)
    found.push(
      note('keys.inFile', 'Data keys are kept in a file: not by the system, and under no passphrase.'),
    );
  return found;
}

function ofJournal({ journal }: Diagnosis): readonly Finding[] {
  const { damagedLines, unreadableFiles, missingNumbers, unsent, unsentBy } = journal;
  const found: Finding[] = [];
  if (journal.state === 'unreadable')
    found.push(wrong('journal.unreadable', `The journal cannot be read (${journal.cause ?? 'other'}).`));
  if (damagedLines + unreadableFiles + missingNumbers > 0)
    found.push(
      wrong(
        'journal.damaged',
        `The journal is damaged: ${damagedLines} line(s), ${unreadableFiles} file(s), ${missingNumbers} number(s) missing. Keep the folder; do not reset the profile.`,
      ),
    );
  if (journal.isPurgeListBroken)
    found.push(wrong('journal.purgeList', 'The list of what was purged cannot be read.'));
  if (unsent > 0) {
    const by = {
      hub: '',
      desk: ', as this desk last heard from the hub',
      nobody: ': nobody said how far the hub is',
    }[unsentBy];
    found.push(
      note(
        'journal.unsent',
        `Up to ${unsent} entries are not at the hub${by}. Do not wipe or replace this PC before they are.`,
      ),
    );
  }
  return found;
}

function ofDisk({ disk, storage }: Diagnosis): readonly Finding[] {
  const found: Finding[] = [];
  if (disk !== undefined && disk.freeBytes < LITTLE_DISK_BYTES)
    found.push(wrong('disk.full', 'Less than 1 GB is free on the disk of the profile.'));
  if (storage !== undefined && storage.quotaBytes - storage.usedBytes < LITTLE_DISK_BYTES / 16)
    found.push(wrong('storage.full', 'Less than 64 MB is left for the window’s database.'));
  return found;
}

function ofHub(hub: HubFacts): readonly Finding[] {
  const found: Finding[] = [];
  const step = (['dns', 'tcp', 'tls'] as const).find(
    (name) => hub[name].outcome === 'failed' || hub[name].outcome === 'tooLong',
  );
  if (hub.http.outcome !== 'well') found.push(wrong(`hub.${step ?? 'http'}`, away(hub, step ?? 'http')));
  else if (!hub.isHub)
    found.push(
      wrong(
        'hub.isOther',
        `Something answers at the hub’s address (${hub.status ?? '-'}), and it is not a Lantern hub.`,
      ),
    );
  else if (step !== undefined)
    found.push(note('hub.onlyByProxy', 'The hub is reached, but not straight: only by the proxy.'));
  const [own] = hub.certificates;
  const ending = hub.certificates.toSorted((a, b) => a.daysLeft - b.daysLeft)[0];
  if (own !== undefined && ending !== undefined && ending.daysLeft < RENEW_WITHIN_DAYS)
    found.push(
      wrong(
        'hub.certificateEnds',
        ending.daysLeft < 0
          ? `A certificate of the hub ended ${-ending.daysLeft} day(s) ago.`
          : `A certificate of the hub ends in ${ending.daysLeft} day(s).`,
      ),
    );
  const { clock } = hub;
  if (clock !== undefined && Math.abs(clock.aheadMs) - clock.withinMs > CLOCK_OFF_MS)
    found.push(
      wrong(
        'clock.off',
        `This PC’s clock is ${Math.abs(Math.round(clock.aheadMs / 1000))} s ${clock.aheadMs > 0 ? 'ahead of' : 'behind'} the hub’s: times in calls are wrong by that.`,
      ),
    );
  return found;
}

const STEPS = {
  dns: 'Its name is not found',
  tcp: 'Nothing answers at its address',
  tls: 'Its certificate is not trusted here, or TLS cannot be agreed',
  http: 'It does not answer',
} as const;

function away(hub: HubFacts, step: 'dns' | 'tcp' | 'tls' | 'http'): string {
  const { outcome, cause } = hub[step];
  const why = outcome === 'tooLong' ? 'no answer in time' : (cause ?? 'other');
  return `The hub cannot be reached. ${STEPS[step]} (${why}).`;
}

function ofHardening({ hardening }: Diagnosis): readonly Finding[] {
  if (hardening === undefined || hardening.broken.length === 0) return [];
  const items = hardening.broken.join(', ');
  return [wrong('hardening.broken', `The program found parts of its own hardening broken: ${items}.`)];
}

function ofDesk({ desk }: Diagnosis): readonly Finding[] {
  const found: Finding[] = [];
  if (desk.identity === 'damaged' || desk.identity === 'unreadable')
    found.push(wrong('desk.unreadable', 'The desk’s own key cannot be read: it must be enrolled anew.'));
  const words = {
    unknownToHub: 'The hub does not know this desk: enrol it.',
    revoked: 'The hub has shut this desk out.',
    ended: 'The desk’s enrolment has ended: enrol it again.',
  };
  const { enrolment } = desk;
  if (enrolment === 'unknownToHub' || enrolment === 'revoked' || enrolment === 'ended')
    found.push(wrong(`desk.${enrolment}`, words[enrolment]));
  return found;
}
