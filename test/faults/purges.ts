import { type StreamId } from '../../shared/ids.ts';
import { type DeskLedger, type WrongKind } from './ledger.ts';
import { type SimulatedDesk, type World } from './world/world.ts';

/** Holds what a PC has purged against the hub, as soon as its platter says so: nothing goes that the hub has not got. */
export function watchPurges(
  world: World,
  { truth }: SimulatedDesk,
  ledger: DeskLedger,
  wrong: (kind: WrongKind, detail: string) => void,
): void {
  for (const place of truth.purged()) {
    if (ledger.purged.has(place)) continue;
    ledger.purged.add(place);
    const [stream = '', seq] = place.split('/');
    const kept = world.database.committed().streams.get(stream as StreamId);
    if (kept?.events.has(Number(seq)) !== true)
      wrong('purged unsent', `${place} was purged and the hub has not got it`);
  }
}
