import { type Envelope } from '../../shared/events/event.ts';
import { type CallRow } from './rows.ts';

/** A call's summary with more events in it. Pure; the order of the events does not matter. */
export function summarise(before: CallRow | undefined, events: readonly Envelope[]): CallRow | undefined {
  let row = before;
  for (const { call, at, type } of events) {
    row = {
      call,
      firstAt: Math.min(row?.firstAt ?? at, at),
      lastAt: Math.max(row?.lastAt ?? at, at),
      state: stateAfter(row?.state ?? 'offered', type),
    };
  }
  return row;
}

/** Nothing opens a closed call again: late facts are added to it as it is. */
function stateAfter(state: CallRow['state'], type: string): CallRow['state'] {
  if (state === 'closed' || type === 'call.closed') return 'closed';
  return type === 'call.answered' ? 'open' : state;
}

/** Events by the call they belong to, in the order given. */
export function byCall(events: readonly Envelope[]): ReadonlyMap<Envelope['call'], readonly Envelope[]> {
  const groups = new Map<Envelope['call'], Envelope[]>();
  for (const event of events) {
    const group = groups.get(event.call);
    if (group === undefined) groups.set(event.call, [event]);
    else group.push(event);
  }
  return groups;
}
