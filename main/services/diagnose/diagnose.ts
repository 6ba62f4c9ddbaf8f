import { release } from 'node:os';
import { join } from 'node:path';
import { currentContent } from '../../../shared/content/packs.ts';
import { type Diagnosis, type PolicyFact, type ProxyFact } from '../../../shared/diagnose/facts.ts';
import { streamId } from '../../../shared/ids.ts';
import { kindOf } from '../../../shared/policy/kind.ts';
import { isPolicyKey, policyKeys } from '../../../shared/policy/policy.ts';
import { type PolicyInForce } from '../../../shared/policy/resolve.ts';
import { PROTOCOL_VERSION } from '../../../shared/sync/protocol.ts';
import { type Clock } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { type Fetch } from '../../ports/host.ts';
import { type KeyStore } from '../../ports/key-store.ts';
import { readHardening } from '../hardening/report.ts';
import { readHealth } from '../health.ts';
import { askEnrolment } from './enrolment.ts';
import { journalFacts } from './journal-facts.ts';
import { probeHub } from './probe-hub.ts';
import { diskFacts, identityState, keyFacts, profileFacts } from './profile-facts.ts';

export interface DiagnoseOptions {
  readonly folder: string;
  readonly host: 'electron' | 'browser';
  readonly lantern: string;
  readonly policy: PolicyInForce;
  readonly passphrase: KeyStore | undefined;
  readonly fetch: Fetch;
  readonly proxy: ProxyFact;
  readonly authorities: readonly string[];
  readonly disk: Disk;
  readonly clock: Clock;
  /** The most that each step on the way to the hub may take (ms). */
  readonly limitMs?: number;
}

const LIMIT_MS = 5_000;

/** Gathers the facts. Reads only; a running desk is not disturbed. Never rejects. */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { folder, policy, passphrase, fetch, proxy, authorities, disk, clock } = options;
  const at = clock.now();
  const profile = await profileFacts(folder);
  const { facts: keyStore, ring } = await keyFacts(folder, disk);
  const health = await readHealth(folder, disk);
  const isAllowed = policy.mode !== 'minimal';
  const url = new URL(policy.values.hubUrl);
  const limitMs = options.limitMs ?? LIMIT_MS;
  const hub = isAllowed ? await probeHub({ url, fetch, proxy, authorities, clock, limitMs }) : undefined;
  const names = await disk.list(join(folder, 'journal')).catch(() => []);
  const streams = names.flatMap((name) => streamId.safeParse(name).data ?? []);
  const asked =
    hub?.isHub === true
      ? await askEnrolment({ folder, disk, ring, passphrase, streams, hubUrl: url, fetch })
      : { enrolment: 'notAsked' as const, acked: new Map() };
  const room = await diskFacts(folder);
  const hardening = await hardeningFacts(folder, disk);
  return {
    v: 1,
    at,
    program: programFacts(options),
    policy: policyFacts(policy),
    profile,
    keyStore,
    desk: { identity: await identityState(folder, disk), enrolment: asked.enrolment },
    journal: await journalFacts(folder, disk, health, asked.acked),
    ...(room === undefined ? {} : { disk: room }),
    ...(hardening === undefined ? {} : { hardening }),
    ...(health?.storage === undefined ? {} : { storage: health.storage }),
    ...(hub === undefined ? {} : { hub }),
  };
}

async function hardeningFacts(folder: string, disk: Disk): Promise<Diagnosis['hardening']> {
  const read = await readHardening(folder, disk).catch(() => undefined);
  if (read?.kind !== 'good') return undefined;
  const { at, findings } = read.value;
  const of = (state: 'held' | 'broken' | 'notChecked') => findings.filter((one) => one.state === state);
  return {
    at,
    held: of('held').length,
    broken: of('broken').map(({ item }) => item),
    notChecked: of('notChecked').length,
  };
}

function programFacts({ lantern, host }: DiagnoseOptions): Diagnosis['program'] {
  const { node, electron, chrome } = process.versions;
  const { platform, arch } = process;
  return {
    lantern: versionOf(lantern),
    host,
    node: versionOf(node),
    ...(electron === undefined ? {} : { electron: versionOf(electron) }),
    ...(chrome === undefined ? {} : { chromium: versionOf(chrome) }),
    system: platform === 'win32' || platform === 'darwin' || platform === 'linux' ? platform : 'other',
    systemRelease: versionOf(release()),
    architecture: arch === 'x64' || arch === 'arm64' ? arch : 'other',
    content: versionOf(currentContent().manifest.version),
    protocol: PROTOCOL_VERSION,
    policyKeys: policyKeys.length,
  };
}

/** A kernel's name may be anything that its builder chose. */
const versionOf = (text: string): string => text.replaceAll(/[^\w.+~-]/g, '-').slice(0, 80) || '-';

function policyFacts({ mode, values, origins, problems, notices }: PolicyInForce): Diagnosis['policy'] {
  return {
    mode,
    wrong: problems.map(({ field }) => (isPolicyKey(field) ? field : 'other')),
    notices: notices.length,
    keys: policyKeys.map((key): PolicyFact => {
      const { source, overrode } = origins[key];
      const value = values[key];
      const isShown = kindOf(key) !== 'words' && kindOf(key) !== 'structure';
      const shown = isShown && typeof value !== 'object' ? value : undefined;
      return {
        key,
        source,
        overrode: overrode.map((weaker) => weaker.source),
        isSet: value !== undefined,
        ...(shown === undefined ? {} : { value: shown }),
      };
    }),
  };
}
