import { join } from 'node:path';
import { EMPTY_HEAD, type Head } from '../../../shared/events/chain.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { type Sha256Hex } from '../../../shared/ids.ts';
import { isPurged, purgedHash, type PurgedRun } from '../../../shared/sync/purge.ts';
import { type AppendFile, type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { decodeLines } from '../lines.ts';
import { type Vault } from '../vault/vault.ts';
import { encodeEvent, type LineEvent, openLine, placeOf } from './event-line.ts';
import { openScanned, recover, type Segment, writeSeal } from './recover.ts';
import { takeOut } from './take-out.ts';
import { sealPlainFiles } from './seal-plain.ts';
import { type Entry, logName, segmentNumbers } from './segment.ts';

/** One stream's files. Calls to `append` must not overlap: `journal.ts` sees to that. */
export interface StreamLog {
  head(): Head;
  /** The newest event was kept under a key that is not held: nothing can follow on from it here. */
  readonly isLocked: boolean;
  readonly repairs: readonly string[];
  /** Resolves after the fsync of these events. Rejects when the disk refused; then none of them count. */
  append(events: readonly Envelope[]): Promise<void>;
  /** The stored hash of event `seq`, or undefined when the journal does not have it. */
  hashOf(seq: number): Promise<Sha256Hex | undefined>;
  /** Events after `after`, in order, at most `limit`. Damage is left out and logged; so is what is under a lost key. */
  read(after: number, limit: number): Promise<JournalPage>;
  /**
   * Takes the lines of purged numbers out of the files, each file replaced whole. Must not overlap an append. Rejects
   * when the disk refused: some lines may be left, and it can be asked again.
   */
  takeOutPurged(): Promise<void>;
  close(): Promise<void>;
}

export interface JournalPage {
  readonly events: Envelope[];
  /** Numbers that are here, under a key that is not held: not lost. */
  readonly locked: number[];
}

export interface StreamLogOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly stream: string;
  /** A segment is closed before it would grow past this. */
  readonly segmentBytes: number;
  readonly log: Log;
  readonly vault: Vault;
  readonly purged: () => readonly PurgedRun[];
}

export async function openStreamLog(options: StreamLogOptions): Promise<StreamLog> {
  const { disk, folder, segmentBytes, log, vault } = options;
  await disk.makeFolder(folder);
  let recovered = await recover(options);
  if (recovered.hasPlain && (await sealPlainFiles(disk, folder, vault)) > 0) {
    const { repairs } = recovered;
    recovered = { ...(await recover(options)), repairs };
  }
  const { segments } = recovered;
  let active: Segment = segments.pop() ?? emptySegment(1, 0);
  let file: AppendFile = await disk.openAppend(join(folder, logName(active.number)));
  /** Set after a failure: what must be put right before anything more is written. */
  let broken: 'write' | 'sync' | undefined;
  /** The sealed segment read last, so that reading page after page scans each file once. */
  let cached: Segment | undefined;
  const found = await newestOf();
  const { isLocked } = found;
  let { head } = found;
  /** Reading and taking lines out take turns: a file's lines must not move under a reader. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  }

  function pathOf({ number }: Segment): string {
    return join(folder, logName(number));
  }

  async function roll(): Promise<void> {
    const full = active;
    const next = emptySegment(full.number + 1, head.seq);
    const nextFile = await disk.openAppend(join(folder, logName(next.number)));
    const old = file;
    active = next;
    file = nextFile;
    broken = undefined;
    if (full.to >= full.from) segments.push({ ...full, entries: undefined });
    // The events of the old file are safe already; what fails from here on costs only time at the next start.
    try {
      await old.truncate(full.bytes);
      await old.close();
      const sealed = segments.at(-1);
      if (sealed?.number === full.number) await writeSeal(disk, folder, sealed);
    } catch (error) {
      log.warn({
        code: 'journal.unsealed',
        message: 'a full journal file could not be sealed',
        cause: causeOf(error),
      });
    }
  }

  async function mend(): Promise<void> {
    // After a failed fsync the kernel may call the lost pages clean: nothing more goes into that file.
    if (broken === 'sync') return roll();
    if (broken === 'write') await file.truncate(active.bytes);
    broken = undefined;
  }

  /** Lines that no disk has are not left for the next run to find. */
  async function syncOrCut(): Promise<void> {
    try {
      await file.sync();
    } catch (error) {
      // If not even this works, the next start puts on the disk what it reads: see `recover`.
      await file.truncate(active.bytes).catch(() => undefined);
      throw error;
    }
  }

  async function entriesOf(segment: Segment): Promise<readonly Entry[]> {
    const entries = segment.entries ?? (await readThrough(segment));
    // A later file may hold the same numbers, confirmed: then this one counts only up to there.
    return entries.at(-1)?.seq === segment.to ? entries : entries.filter(({ seq }) => seq <= segment.to);
  }

  async function readThrough(segment: Segment): Promise<readonly Entry[]> {
    if (cached?.number !== segment.number) {
      const damage: string[] = [];
      cached = await openScanned(options, segment.number, damage);
      if (segment.sha !== undefined && segment.sha !== cached.sha) {
        damage.push(`Journal file ${logName(segment.number)} is not as it was when it was sealed.`);
      }
      for (const message of damage) log.error({ code: 'journal.damaged', message });
    }
    return cached.entries ?? [];
  }

  return {
    head: () => head,
    isLocked,
    repairs: recovered.repairs,

    async append(events) {
      await mend();
      const lines = events.map((event) => encodeEvent(vault, event));
      const bytes = Buffer.concat(lines);
      if (active.bytes > 0 && active.bytes + bytes.length > segmentBytes) await roll();
      broken = 'write';
      await file.append(bytes);
      broken = 'sync';
      await syncOrCut();
      broken = undefined;
      let offset = active.bytes;
      events.forEach(({ seq, hash }, index) => {
        const length = lines[index]?.length ?? 0;
        active.entries?.push({ seq, key: vault.current, offset, length });
        offset += length;
        active.to = seq;
        head = { seq, hash };
      });
      active.bytes = offset;
    },

    hashOf: (seq) => inTurn(() => hashOf(seq)),
    read: (after, limit) => inTurn(() => readPage(after, limit)),
    takeOutPurged: () => inTurn(takeOutPurged),

    async close() {
      await file.close();
    },
  };

  async function hashOf(seq: number): Promise<Sha256Hex | undefined> {
    if (isPurged(options.purged(), seq)) return purgedHash(options.purged(), seq);
    const segment = [...segments, active].find(({ from, to }) => from <= seq && seq <= to);
    if (segment === undefined) return undefined;
    const entry = (await entriesOf(segment)).find((one) => one.seq === seq);
    const [event] = entry === undefined ? [] : await readEntries(pathOf(segment), [entry]);
    return event?.hash;
  }

  async function readPage(after: number, limit: number): Promise<JournalPage> {
    const events: Envelope[] = [];
    const locked: number[] = [];
    const purged = options.purged();
    for (const segment of [...segments, active]) {
      if (segment.to <= after) continue;
      let wanted = (await entriesOf(segment)).filter(({ seq }) => seq > after && !isPurged(purged, seq));
      // Lines that cannot be read do not count: an empty answer means that there is nothing more.
      while (wanted.length > 0 && events.length < limit) {
        const some = wanted.slice(0, limit - events.length);
        events.push(...(await readEntries(pathOf(segment), some, locked)));
        wanted = wanted.slice(some.length);
      }
    }
    return { events, locked };
  }

  async function takeOutPurged(): Promise<void> {
    const purged = options.purged();
    if (purged.length === 0) return;
    const hits = ({ from, to }: Segment): boolean => purged.some((run) => run.from <= to && from <= run.to);
    await mend();
    // The file that is being written is only ever appended to.
    if (hits(active) && (await entriesOf(active)).some(({ seq }) => isPurged(purged, seq))) await roll();
    cached = undefined;
    for (const number of segmentNumbers(await disk.list(folder))) {
      if (number === active.number) continue;
      const at = segments.findIndex((one) => one.number === number);
      const segment = segments[at];
      // One that is not in the list holds lines that a later file confirmed: words are in them all the same.
      if (segment !== undefined && segment.hasStale !== true && !hits(segment)) continue;
      const left = await takeOut(options, number, segment, purged);
      if (segment === undefined || left === undefined) continue;
      if (left.to < left.from) segments.splice(at, 1);
      else segments[at] = left;
    }
  }

  async function readEntries(
    path: string,
    wanted: readonly Entry[],
    locked: number[] = [],
  ): Promise<Envelope[]> {
    const first = wanted[0];
    const last = wanted.at(-1);
    if (first === undefined || last === undefined) return [];
    const bytes = await disk.readRange(path, first.offset, last.offset + last.length - first.offset);
    const seqs = new Set(wanted.map(({ seq }) => seq));
    return decodeLines(bytes).flatMap(({ value }) => {
      const opened = openLine(vault, value);
      if (opened.kind === 'event') return seqs.has(opened.event.seq) ? [opened.event] : [];
      const place = placeOf(value);
      if (opened.kind === 'locked' && place !== undefined) locked.push(place.seq);
      const field = opened.kind === 'locked' ? 'key' : opened.field;
      log.error({ code: 'journal.damaged', field, message: 'a journal line could not be read' });
      return [];
    });
  }

  /** Where the stream ends: at its newest line, or at what was purged behind it. */
  async function newestOf(): Promise<{ readonly head: Head; readonly isLocked: boolean }> {
    const line = await lastLine();
    const seq = [...segments, active].findLast(({ from, to }) => from <= to)?.to ?? 0;
    const purged = options.purged().at(-1);
    if (purged !== undefined && purged.to >= seq) {
      const { to, hash } = purged;
      return { head: { seq: to, hash: hash ?? EMPTY_HEAD.hash }, isLocked: hash === undefined };
    }
    if (line?.kind === 'event')
      return { head: { seq: line.event.seq, hash: line.event.hash }, isLocked: false };
    return { head: { ...EMPTY_HEAD, seq: active.to }, isLocked: line?.kind === 'locked' };
  }

  async function lastLine(): Promise<LineEvent | undefined> {
    const holder = [...segments, active].findLast(({ from, to }) => from <= to);
    const entry = holder === undefined ? undefined : (await entriesOf(holder)).at(-1);
    if (holder === undefined || entry === undefined) return undefined;
    const bytes = await disk.readRange(pathOf(holder), entry.offset, entry.length);
    return openLine(vault, decodeLines(bytes)[0]?.value);
  }
}

const emptySegment = (number: number, end: number): Segment => ({
  number,
  from: end + 1,
  to: end,
  bytes: 0,
  entries: [],
});
