import { join } from 'node:path';
import { type JournalFacts } from '../../../shared/diagnose/facts.ts';
import { streamId, type StreamId } from '../../../shared/ids.ts';
import { causeOf } from '../../../shared/log/cause.ts';
import { isPurged } from '../../../shared/sync/purge.ts';
import { type Disk } from '../../ports/disk.ts';
import { type HealthFile } from '../health.ts';
import { readPurgeLog } from '../journal/purge-log.ts';
import { readPurged } from '../journal/purged.ts';
import { segmentNumbers } from '../journal/segment.ts';
import { sha256 } from '../node-system.ts';
import { readStream } from '../recover/read-stream.ts';
import { SHUT } from '../vault/vault.ts';

const NOTHING: JournalFacts = {
  state: 'missing',
  streams: 0,
  segments: 0,
  events: 0,
  damagedLines: 0,
  tornFiles: 0,
  unreadableFiles: 0,
  missingNumbers: 0,
  unsent: 0,
  unsentBy: 'nobody',
  purgedCalls: 0,
  isPurgeListBroken: false,
};

/** How far the hub is with a stream, as it said just now; absent when it was not asked or did not say. */
export type AckedAtHub = ReadonlyMap<StreamId, number>;

/**
 * Looks through the whole journal of a profile, beside a running desk. No key is needed: a line says its stream and number in the
 * open, and what was said stays in its box. Never rejects, mends and writes nothing.
 */
export async function journalFacts(
  profile: string,
  disk: Disk,
  health: HealthFile | undefined,
  atHub: AckedAtHub,
): Promise<JournalFacts> {
  const folder = join(profile, 'journal');
  try {
    const names = await disk.list(folder);
    if (names.length === 0) return NOTHING;
    return await look(folder, names, disk, health, atHub);
  } catch (error) {
    return { ...NOTHING, state: 'unreadable', cause: causeOf(error) };
  }
}

async function look(
  folder: string,
  names: readonly string[],
  disk: Disk,
  health: HealthFile | undefined,
  atHub: AckedAtHub,
): Promise<JournalFacts> {
  const purged = await readPurged(disk, folder, SHUT);
  const log = await readPurgeLog(disk, folder);
  const facts = { ...NOTHING };
  const lastReceipt = health?.lastSyncAt;
  let isAsked = false;
  for (const stream of names.flatMap((name) => streamId.safeParse(name).data ?? [])) {
    const runs = purged === 'broken' ? [] : (purged.get(stream) ?? []);
    const found = await readStream(folder, stream, disk, SHUT, sha256, runs);
    const here = [...found.events.map(({ seq }) => seq), ...found.locked].filter(
      (seq) => !isPurged(runs, seq),
    );
    const last = Math.max(
      0,
      ...runs.map(({ to }) => to),
      here.reduce((most, seq) => Math.max(most, seq), 0),
    );
    const hub = atHub.get(stream);
    isAsked ||= hub !== undefined;
    const acked = Math.max(hub ?? 0, health?.acked[stream] ?? 0, found.acked);
    facts.streams += 1;
    facts.segments += segmentNumbers(await disk.list(join(folder, stream))).length;
    facts.events += here.length;
    facts.damagedLines += found.damaged.length;
    facts.tornFiles += found.torn.length;
    facts.unreadableFiles += found.unreadable.length;
    facts.missingNumbers += found.missing.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    facts.unsent += Math.max(0, last - acked);
  }
  const lastPurge = log.entries.reduce((most, { at }) => Math.max(most, at), 0);
  return {
    ...facts,
    state: 'read',
    unsentBy: isAsked ? 'hub' : health === undefined ? 'nobody' : 'desk',
    purgedCalls: new Set(log.entries.map(({ call }) => call)).size,
    isPurgeListBroken: purged === 'broken',
    ...(lastReceipt === undefined ? {} : { lastSyncAt: lastReceipt }),
    ...(lastPurge === 0 ? {} : { lastPurgeAt: lastPurge }),
  };
}
