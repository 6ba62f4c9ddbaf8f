import { type Diagnosis } from '../../../shared/diagnose/facts.ts';
import { type StreamId } from '../../../shared/ids.ts';
import { type Fetch } from '../../ports/host.ts';
import { type KeyStore } from '../../ports/key-store.ts';
import { type Disk } from '../../ports/disk.ts';
import { quietLog } from '../console-log.ts';
import { readIdentities } from '../desk-identity.ts';
import { keptFileKeyStore } from '../file-key-store.ts';
import { createHubLink } from '../hub/link.ts';
import { systemClock, systemTimers } from '../node-system.ts';
import { revealRing } from '../vault/reveal-ring.ts';
import { type RingFile } from '../vault/ring-file.ts';
import { createVault } from '../vault/vault.ts';
import { type AckedAtHub } from './journal-facts.ts';

export interface EnrolmentQuestion {
  readonly folder: string;
  readonly disk: Disk;
  readonly ring: RingFile | undefined;
  /** The passphrase of the profile, where the policy names one. */
  readonly passphrase: KeyStore | undefined;
  readonly streams: readonly StreamId[];
  readonly hubUrl: URL;
  readonly fetch: Fetch;
}

interface Enrolled {
  readonly enrolment: Diagnosis['desk']['enrolment'];
  readonly acked: AckedAtHub;
}

const REFUSED: Readonly<Record<string, Diagnosis['desk']['enrolment']>> = {
  'hub.notEnrolled': 'unknownToHub',
  'hub.revoked': 'revoked',
  'hub.enrolmentEnded': 'ended',
};

/**
 * Asks the hub as this desk how far it has each stream: nothing is enrolled, sent or written. A key in the system's key
 * store is not opened for it: only the desk itself may. Never rejects.
 */
export async function askEnrolment(question: EnrolmentQuestion): Promise<Enrolled> {
  const acked = new Map<StreamId, number>();
  const identity = await openIdentity(question).catch(() => undefined);
  if (identity === undefined) return { enrolment: 'keyNotOpened', acked };
  const link = createHubLink({
    wire: { url: question.hubUrl, fetch: question.fetch, clock: systemClock },
    timers: systemTimers,
    log: quietLog,
    identity,
    deskName: 'diagnose',
  });
  let enrolment: Enrolled['enrolment'] = 'notAsked';
  for (const stream of question.streams) {
    const head = await link.head(stream);
    if (!head.ok) return { enrolment: REFUSED[head.error.code] ?? 'couldNotAsk', acked };
    acked.set(stream, head.value.acked);
    enrolment = 'enrolled';
  }
  return { enrolment, acked };
}

async function openIdentity({ folder, disk, ring, passphrase }: EnrolmentQuestion) {
  if (ring === undefined) return undefined;
  const file = await keptFileKeyStore(folder, disk);
  const stores = [file, passphrase].filter((store) => store !== undefined);
  const { open } = await revealRing(ring, stores);
  const keys = open.map(({ key }) => key);
  if (!keys.some(({ id }) => id === ring.current)) return undefined;
  // The present one: those that were set aside have other names, which sort after it.
  const [identity] = await readIdentities(folder, disk, createVault(ring.current, keys), systemClock);
  return identity;
}
