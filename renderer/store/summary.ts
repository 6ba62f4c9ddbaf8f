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

const AFTER: Readonly<Record<string, CallRow['state']>> = {
  'call.answered': 'open',
  'call.closed': 'closed',
  'call.reopened': 'reopened',
};
const FURTHER: readonly CallRow['state'][] = ['offered', 'open', 'closed', 'reopened'];

/** The furthest that any event has brought it: late facts are added to a closed call as it is. */
function stateAfter(state: CallRow['state'], type: string): CallRow['state'] {
  const next = AFTER[type] ?? state;
  return FURTHER.indexOf(next) > FURTHER.indexOf(state) ? next : state;
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
