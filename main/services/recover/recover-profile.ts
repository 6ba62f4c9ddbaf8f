import { join } from 'node:path';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { canonicalJson } from '../../../shared/canonical.ts';
import { type Digest, streamId, type StreamId } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Clock } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf } from '../../ports/log.ts';
import { asidePlaces, asidesOf } from '../asides.ts';
import { type DeskIdentity, readIdentities } from '../desk-identity.ts';
import { refuse } from '../faults.ts';
import { type HubLink } from '../../ports/hub-link.ts';
import { currentFile } from '../journal/current.ts';
import { readPurged } from '../journal/purged.ts';
import { readJsonFile } from '../json-file.ts';
import { lockProfile } from '../profile-lock.ts';
import { readRecoveryPrivateKey, type RecoveryOpener } from '../vault/recovery-key.ts';
import { createVault } from '../vault/vault.ts';
import { writeNewFile } from './new-file.ts';
import { pushRecovered } from './push-recovered.ts';
import { readStream, type StreamFound } from './read-stream.ts';
import { recoverDrafts } from './recover-drafts.ts';
import { recoveredKeys } from './recovered-keys.ts';
import { type RecoveryReport } from './report.ts';

export interface RecoverOptions {
  /** The dead profile's folder. Read only, but for `lock` while it is read. */
  readonly profile: string;
  /** The file with the private recovery key: PEM or JWK. */
  readonly key: string;
  /** The file to be made. */
  readonly out: string;
  readonly disk: Disk;
  readonly digest: Digest;
  readonly clock: Clock;
  /** Where recovered events are sent, signed as the desk that wrote them. Absent: they are only written to the file. */
  readonly linkOf?: ((identity: DeskIdentity) => HubLink) | undefined;
}

/**
 * Reads a profile with the organisation's recovery key instead of its key store, and writes its events as canonical JSON
 * lines. Faults: `recoveryKey.refused`, `profile.inUse`, `recover.unreadable`, and those of the keys and the new file.
 */
export async function recoverProfile(options: RecoverOptions): Promise<Result<RecoveryReport, Fault>> {
  const { profile, disk } = options;
  const opener = await readKey(options.key, disk);
  if (!opener.ok) return opener;
  try {
    const names = await disk.list(profile);
    if (names.length === 0) return refuse('recover.unreadable', 'profile', 'is not there, or is empty');
    const lock = await lockProfile(profile).catch(readOnly);
    if (!lock.ok) return lock;
    try {
      return await readAndWrite(options, opener.value);
    } finally {
      await lock.value.release();
    }
  } catch (error) {
    return refuse('recover.unreadable', 'profile', `cannot be read (${causeOf(error)})`);
  }
}

/** A disk that is mounted for reading alone: nobody writes there, and a lock cannot be. */
function readOnly(error: unknown): Result<{ release(): Promise<void> }, Fault> {
  if (causeOf(error) !== 'EROFS') throw error;
  return ok({ release: () => Promise.resolve() });
}

async function readAndWrite(
  { profile, out, disk, digest, clock, linkOf }: RecoverOptions,
  opener: RecoveryOpener,
): Promise<Result<RecoveryReport, Fault>> {
  const keys = await recoveredKeys(profile, disk, opener);
  if (!keys.ok) return keys;
  const journal = join(profile, 'journal');
  const folders = (await disk.list(journal)).flatMap((name) => streamOf(name)).toSorted();
  const absent = (await listed(journal, disk)).filter((stream) => !folders.includes(stream));
  if (folders.length + absent.length === 0) return refuse('recover.noJournal', 'profile', 'has no journal');
  const vault = createVault(keys.value.keys[0].id, keys.value.keys);
  return writeNewFile(out, profile, async (write) => {
    const streams: StreamFound[] = [];
    const purged = await readPurged(disk, journal, vault);
    for (const stream of folders) {
      const found = await readStream(
        journal,
        stream,
        disk,
        vault,
        digest,
        purged === 'broken' ? [] : purged.get(stream),
      );
      for (const event of found.events) await write(`${canonicalJson(event)}\n`);
      streams.push(found);
    }
    // After the events, so that a reader of events may stop there.
    const found = await recoverDrafts(profile, disk, vault);
    for (const draft of found.drafts) await write(`${canonicalJson({ draft })}\n`);
    const identities = linkOf === undefined ? [] : await readIdentities(profile, disk, vault, clock);
    return {
      streams,
      absent,
      closedKeys: keys.value.closed,
      brokenRings: keys.value.broken,
      isPurgeListBroken: purged === 'broken',
      asides: (await asidesOf(asidePlaces(profile), disk)).map(({ name }) => name),
      drafts: { found: found.drafts.length, unread: found.unread },
      pushed: linkOf === undefined ? undefined : await pushRecovered(streams, identities, linkOf),
    };
  });
}

function streamOf(name: string): StreamId[] {
  const id = streamId.safeParse(name);
  return id.success ? [id.data] : [];
}

/** The streams that the journal's own list names. A list that cannot be read names none: the folders speak. */
async function listed(journal: string, disk: Disk): Promise<StreamId[]> {
  const list = await readJsonFile(disk, join(journal, 'current.json'), currentFile);
  if (list.kind !== 'good') return [];
  return [...new Set([...list.value.previous.map(({ stream }) => stream), list.value.stream])];
}

const KEY_FILE_BYTES = 100_000;

async function readKey(path: string, disk: Disk): Promise<Result<RecoveryOpener, Fault>> {
  const refused = (message: string): Result<never, Fault> => refuse('recoveryKey.refused', 'key', message);
  try {
    const size = await disk.size(path);
    const bytes = size === undefined || size > KEY_FILE_BYTES ? undefined : await disk.read(path);
    if (bytes === undefined) return refused(size === undefined ? 'is not there' : 'is too long for a key');
    const opener = await readRecoveryPrivateKey(Buffer.from(bytes).toString('utf8')).catch(() => undefined);
    return opener?.ok === true ? opener : refused('must be a private X25519 or P-256 key, PEM or JWK');
  } catch (error) {
    return refused(`cannot be read (${causeOf(error)})`);
  }
}
