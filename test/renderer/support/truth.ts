import { IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { LanternDatabase } from '../../../renderer/store/database.ts';
import { MAX_BATCH_EVENTS } from '../../../shared/sync/protocol.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { type StreamId } from '../../../shared/ids.ts';
import { must } from '../../main/support/journals.ts';
import { eventsIn } from '../../support/sealers.ts';
import { type World } from './world.ts';

/** What is really there, read past everything under test. */
export async function inDatabase(world: World): Promise<readonly Envelope[]> {
  const database = rawDatabase(world);
  await database.open();
  const events = await eventsIn(await database.events.toArray());
  database.close();
  return events.toSorted((a, b) => (a.stream === b.stream ? a.seq - b.seq : a.stream < b.stream ? -1 : 1));
}

/** The database under test, opened by the test itself. */
export const rawDatabase = (world: World): LanternDatabase =>
  new LanternDatabase('lantern-test', {
    factory: world.storage,
    keyRange: FakeKeyRange,
  });

export async function inJournal(world: World): Promise<{ stream: StreamId; events: readonly Envelope[] }> {
  const { stream } = await must(world.journal().open());
  const events: Envelope[] = [];
  for (;;) {
    const page = await must(world.journal().read(events.at(-1)?.seq ?? 0, MAX_BATCH_EVENTS));
    if (page.events.length === 0) return { stream, events };
    events.push(...page.events);
  }
}
