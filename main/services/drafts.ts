import { join } from 'node:path';
import { z } from 'zod';
import { boxed, type KeyId } from '../../shared/boxes/box.ts';
import { type Draft, draft } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { author } from '../../shared/events/vocabulary.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type AppendFile, type Disk } from '../ports/disk.ts';
import { causeOf, type Log } from '../ports/log.ts';
import { refuse } from './faults.ts';
import { groupCommit } from './group-commit.ts';
import { damagedBox, sealDamagedFile } from './journal/seal-plain.ts';
import { decodeLines, encodeLine } from './lines.ts';
import { type Vault } from './vault/vault.ts';

/**
 * Text somebody has begun to type, by field, so that a crash does not take it. The latest text of a key counts.
 * Faults: `drafts.writeFailed` when the disk refuses; then the text is not safe.
 */
export interface Drafts {
  /** Resolves after the fsync. Calls made at the same time share one. */
  save(draft: Draft, by?: string): Promise<Result<Record<string, never>, Fault>>;
  discard(key: string, by?: string): Promise<Result<Record<string, never>, Fault>>;
  /** Gives up every field of these calls, whoever typed in it: the calls were purged. Rejects when the disk refused. */
  forget(calls: ReadonlySet<string>): Promise<void>;
  /** Those of `by`, and those from before drafts had an author. */
  list(by?: string): Promise<Result<{ drafts: Draft[] }, Fault>>;
  close(): Promise<void>;
}

/** Who typed it; absent in what was kept before drafts had an author. */
const by = author.shape.id.optional();
const owned = draft.extend({ by });
export type OwnedDraft = z.infer<typeof owned>;
const discarded = z.strictObject({ key: draft.shape.key, discarded: z.literal(true), by });
const record = z.union([owned, discarded]);
type Entry = z.infer<typeof record>;
interface Forgotten {
  readonly calls: ReadonlySet<string>;
}
const placeOf = ({ key, by: person }: { key: string; by?: string | undefined }): string =>
  JSON.stringify([person ?? null, key]);

export interface DraftsOptions {
  /** `<profile>/drafts`. */
  readonly folder: string;
  readonly disk: Disk;
  readonly log: Log;
  readonly vault: Vault;
  /** The file is rewritten with the living drafts alone once it is larger than this, and mostly old text. */
  readonly compactBytes?: number;
}

/** A field of a call begins with the call's id. */
const callOf = (key: string): string => key.split(':', 1)[0] ?? '';

const COMPACT_BYTES = 256 * 1024;
const BOX_BYTES = 512;

interface Open {
  file: AppendFile;
  bytes: number;
  /** By author and field. */
  readonly latest: Map<string, OwnedDraft>;
  /** A write failed: the file may end in half a line, or in text that was never confirmed. */
  dirty: boolean;
}

export function createDrafts({
  folder,
  disk,
  log,
  vault,
  compactBytes = COMPACT_BYTES,
}: DraftsOptions): Drafts {
  const encode = (entry: Entry): Uint8Array => encodeLine(vault.seal(JSON.stringify(entry), ['draft']));
  const path = join(folder, 'drafts.log');
  let opening: Promise<Open> | undefined;
  let closed = false;

  function opened(): Promise<Open> {
    if (closed) return Promise.reject(new Error('the drafts are closed'));
    opening ??= load().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function load(): Promise<Open> {
    await disk.makeFolder(folder);
    const bytes = (await disk.read(path)) ?? new Uint8Array();
    const lines = decodeLines(bytes);
    const read = lines.map(({ value }) => readLine(value, vault));
    const latest = new Map<string, OwnedDraft>();
    for (const { entry } of read) if (entry !== undefined) applyDraft(latest, entry);
    const broken = read.filter(({ kind }) => kind === 'broken').length;
    const locked = read.find(({ kind }) => kind === 'locked');
    if (broken > 0) {
      // Kept for whoever looks into it; the newest damage replaces the copy of the last one.
      await tryTo(() => disk.replace(`${path}.damaged`, damagedBox(bytes, 'drafts.log.damaged', vault)));
      log.warn({ code: 'drafts.repaired', message: `${broken} unreadable draft line(s) were left out` });
    }
    // Text of a key that cannot be opened now is kept beside: for the recovery key, and for a better day.
    if (locked?.key !== undefined) await disk.copy(path, join(folder, `drafts.locked-${locked.key}.log`));
    await tryTo(() => sealDamagedFile(disk, folder, 'drafts.log.damaged', vault));
    const open = { file: await disk.openAppend(path), bytes: 0, latest, dirty: false };
    const last = lines.at(-1);
    open.bytes = last === undefined ? 0 : last.offset + last.length;
    if (lines.length > 0) await settle(open);
    return open;
  }

  /** A disk that refuses is no reason not to give back what somebody typed. */
  async function tryTo(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const message = 'the drafts were read, and could not be put in order';
      log.warn({ code: 'drafts.disorder', message, cause: causeOf(error) });
    }
  }

  /**
   * What a killed run left may be in the system's cache alone, and after a failed fsync no later one writes it: written
   * anew it is on the disk. Where that cannot be done now, the next draft does it.
   */
  async function settle(open: Open): Promise<void> {
    open.dirty = true;
    await tryTo(() => rewrite(open));
    if (open.dirty) await tryTo(() => open.file.sync());
  }

  /** Replaces the file with the living drafts alone. */
  async function rewrite(open: Open): Promise<void> {
    const bytes = Buffer.concat([...open.latest.values()].map((held) => encode(held)));
    await disk.replace(path, bytes);
    const old = open.file;
    open.file = await disk.openAppend(path);
    open.bytes = bytes.length;
    open.dirty = false;
    await old.close();
  }

  const commits = groupCommit<Entry | Forgotten, Result<Record<string, never>, Fault>>(async (jobs) => {
    try {
      const open = await opened();
      const entries = jobs.flatMap((job) => ('calls' in job ? [] : [job]));
      // Only the last text of a field matters: a group of key strokes is one line.
      const wanted = new Map(entries.map((entry) => [placeOf(entry), entry]));
      const bytes = Buffer.concat([...wanted.values()].map((entry) => encode(entry)));
      if (open.dirty) await rewrite(open);
      if (entries.length > 0) {
        open.dirty = true;
        await open.file.append(bytes);
        await open.file.sync();
        open.dirty = false;
        open.bytes += bytes.length;
      }
      for (const entry of wanted.values()) applyDraft(open.latest, entry);
      for (const job of jobs) if ('calls' in job) await leaveOut(open, job.calls);
      if (open.bytes > compactBytes && open.bytes > 4 * livingBytes(open.latest)) await compact(open);
      return jobs.map(() => ok({}));
    } catch (error) {
      log.error({ code: 'drafts.writeFailed', message: 'the disk refused a draft', cause: causeOf(error) });
      return jobs.map(() =>
        refuse('drafts.writeFailed', '(whole)', 'the disk refused: this text is not kept yet'),
      );
    }
  });

  /** What was typed in these calls is not left in the file either. */
  async function leaveOut(open: Open, calls: ReadonlySet<string>): Promise<void> {
    const theirs = [...open.latest].filter(([, { key }]) => calls.has(callOf(key)));
    for (const [place] of theirs) open.latest.delete(place);
    if (theirs.length > 0) await rewrite(open);
  }

  /** The drafts are safe before this: a failure costs only disk space, and is tried again with the next one. */
  async function compact(open: Open): Promise<void> {
    try {
      await rewrite(open);
    } catch (error) {
      open.dirty = true;
      log.warn({
        code: 'drafts.notCompacted',
        message: 'the drafts file could not be rewritten',
        cause: causeOf(error),
      });
    }
  }

  return {
    save: (entry, person) => commits.add(person === undefined ? entry : { ...entry, by: person }),
    discard: (key, person) =>
      commits.add({ key, discarded: true, ...(person === undefined ? {} : { by: person }) }),
    async forget(calls) {
      const done = await commits.add({ calls });
      if (!done.ok) throw new Error(done.error.message);
    },
    async list(person) {
      try {
        await commits.idle();
        return ok({ drafts: draftsOf((await opened()).latest, person) });
      } catch (error) {
        log.error({ code: 'drafts.unavailable', message: 'drafts cannot be read', cause: causeOf(error) });
        return refuse('drafts.unavailable', '(whole)', `drafts cannot be read (${causeOf(error)})`);
      }
    },
    async close() {
      await commits.idle();
      closed = true;
      // Drafts that never opened have nothing to close; whoever asked for them was told why.
      const open = await opening?.catch(() => undefined);
      await open?.file.close();
    },
  };
}

interface DraftLine {
  readonly kind: 'good' | 'plain' | 'locked' | 'broken';
  readonly entry?: Entry;
  readonly key?: KeyId;
}

/** A line as it is written now, or as an older Lantern wrote it (`plain`). */
export function readLine(value: unknown, vault: Pick<Vault, 'open'>): DraftLine {
  const plain = record.safeParse(value);
  if (plain.success) return { kind: 'plain', entry: plain.data };
  const box = boxed.safeParse(value);
  if (!box.success) return { kind: 'broken' };
  const opened = vault.open(box.data, ['draft']);
  if (opened.kind === 'locked') return { kind: 'locked', key: box.data.key };
  const entry = opened.kind === 'open' ? record.safeParse(JSON.parse(opened.text)).data : undefined;
  return entry === undefined ? { kind: 'broken' } : { kind: 'good', entry };
}

/** Whoever writes or gives up a field takes over what stood in it before drafts had an author. */
export function applyDraft(latest: Map<string, OwnedDraft>, entry: Entry): void {
  latest.delete(placeOf({ key: entry.key }));
  if ('discarded' in entry) latest.delete(placeOf(entry));
  else latest.set(placeOf(entry), entry);
}

function draftsOf(latest: ReadonlyMap<string, OwnedDraft>, person: string | undefined): Draft[] {
  const found = [...latest.values()].filter((one) => one.by === undefined || one.by === person);
  return found.map(({ by: _author, ...kept }) => kept);
}

function livingBytes(latest: ReadonlyMap<string, OwnedDraft>): number {
  let bytes = 0;
  // A box is its text and what is around it, filled up, in base64.
  for (const { key, text } of latest.values()) bytes += BOX_BYTES + 2 * (key.length + text.length);
  return bytes;
}
