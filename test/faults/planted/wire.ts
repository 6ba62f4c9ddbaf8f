import { type HubLink } from '../../../main/ports/hub-link.ts';
import { ok } from '../../../shared/result.ts';
import { type PushResponse, type SentItem } from '../../../shared/sync/protocol.ts';

type Batch = Parameters<HubLink['push']>[0];
type Pushed = Awaited<ReturnType<HubLink['push']>>;

/** An answer that nobody at the hub has given. */
export function madeUp({ stream, events }: Batch): { readonly ok: true; readonly value: PushResponse } {
  const last = events.at(-1);
  const from = events[0]?.seq ?? 1;
  const to = last?.seq ?? from;
  const receipt = {
    n: 1,
    stream,
    from,
    to,
    hash: last === undefined || 'lost' in last ? null : last.hash,
    at: 0,
  };
  return ok({ v: 1, acked: to, receipts: [receipt], flagged: [], quarantined: [] });
}

/** A link whose pushes are answered as the bug has it. `push` is the real one. */
export const pushing =
  (answer: (batch: Batch, push: HubLink['push']) => Promise<Pushed>) =>
  (link: HubLink): HubLink => ({ ...link, push: (batch) => answer(batch, (real) => link.push(real)) });

/** The batch with only some of its events, as if the others were not this desk's business. */
export async function pushOnly(
  batch: Batch,
  push: HubLink['push'],
  wanted: (event: SentItem) => boolean,
): Promise<Pushed> {
  const first = batch.events.findIndex(wanted);
  const run = first === -1 ? [] : batch.events.slice(first);
  const end = run.findIndex((event) => !wanted(event));
  const events = end === -1 ? run : run.slice(0, end);
  const from = events[0]?.seq;
  if (from === undefined) return madeUp(batch);
  const pushed = await push({ ...batch, from, events });
  return pushed.ok ? madeUp({ ...batch, events: batch.events.slice(0, first + events.length) }) : pushed;
}
