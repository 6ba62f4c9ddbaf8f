import { uuidSource } from '../../../main/services/node-system.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { streamId } from '../../../shared/ids.ts';
import { makeDesk, type TestDesk } from '../../hub/support/desk.ts';
import { sealedStream } from '../../support/sealed-stream.ts';
import { plainCalls } from '../../support/plain-calls.ts';

/** A desk with one stream cut into batches of at most `size`. */
export interface DeskBatches {
  readonly desk: TestDesk;
  readonly batches: readonly (readonly Envelope[])[];
}

export async function makeDeskBatches(desks: number, events: number, size: number): Promise<DeskBatches[]> {
  const scripts = plainCalls();
  const began = Date.now();
  const made: DeskBatches[] = [];
  for (let at = 0; at < desks; at += 1) {
    const desk = await makeDesk();
    const stream = streamId.parse(uuidSource.next());
    const all = await sealedStream({
      stream,
      desk: desk.id,
      count: events,
      at: (n) => began - (events - n) * 1_000,
      scripts,
      ids: uuidSource,
      offset: at,
    });
    const batches = Array.from({ length: Math.ceil(events / size) }, (_, part) =>
      all.slice(part * size, (part + 1) * size),
    );
    made.push({ desk, batches });
  }
  return made;
}
