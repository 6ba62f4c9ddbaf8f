import { join } from 'node:path';
import { type Disk } from '../../../main/ports/disk.ts';
import { createJournal, type Journal } from '../../../main/services/journal/journal.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';
import { sha256, systemClock, uuidSource } from '../../../main/services/node-system.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { type StreamId } from '../../../shared/ids.ts';
import { testVault } from '../../support/vault.ts';
import { makeEvents } from './events.ts';
import { recordLog } from './logs.ts';
import { tempFolder } from './temp-folder.ts';

/** A real journal on a real folder. */
export const openJournal = (
  folder: string,
  disk: Disk = nodeDisk,
  segmentBytes?: number,
  log = recordLog(),
  forget?: (calls: ReadonlySet<string>) => Promise<void>,
): Journal =>
  createJournal({
    folder,
    disk,
    clock: systemClock,
    ids: uuidSource,
    digest: sha256,
    log,
    vault: testVault(),
    ...(segmentBytes === undefined ? {} : { segmentBytes }),
    ...(forget === undefined ? {} : { forget }),
  });

/** The value of an answer that has to be good. */
export async function must<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>,
): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Everything in the journal, read page by page. */
export async function readAll(journal: Journal): Promise<Envelope[]> {
  const events: Envelope[] = [];
  for (;;) {
    const page = await must(journal.read(events.at(-1)?.seq ?? 0, 500));
    if (page.events.length === 0) return events;
    events.push(...page.events);
  }
}

/** A journal with `count` events in it, closed again. */
export async function filled(
  count: number,
  segmentBytes?: number,
): Promise<{ folder: string; stream: StreamId; events: Envelope[]; logs: string }> {
  const folder = await tempFolder();
  const journal = openJournal(folder, nodeDisk, segmentBytes);
  const { stream } = await must(journal.open());
  const events = await makeEvents(stream, count);
  for (let from = 0; from < count; from += 10) await must(journal.append(events.slice(from, from + 10)));
  await journal.close();
  return { folder, stream, events, logs: join(folder, stream) };
}
