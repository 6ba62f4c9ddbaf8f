import { happening } from '../../../shared/events/event.ts';
import { type CallView, type Desk } from '../../call/desk.ts';

/** What the desk itself writes at the start of every call. */
const BY_THE_DESK = new Set(['call.offered', 'call.answered', 'call.resumed']);

/**
 * Begins a call that goes on from the first `count` events of another: they are recorded again, in order, and what one says of
 * an earlier one is said of its repeat. The other call stays as it is; nothing is taken out of it.
 */
export function branchCall(
  desk: Pick<Desk, 'takeCall' | 'record' | 'call'>,
  old: CallView,
  count: number,
): { readonly call: CallView['id']; readonly lastSeq: number } {
  const call = desk.takeCall({ source: 'handler' });
  const refs = new Map<string, { stream: string; seq: number }>();
  let lastSeq = desk.call(call)?.events.at(-1)?.seq ?? 0;
  for (const { type, data, stream, seq } of old.events.slice(0, count)) {
    if (BY_THE_DESK.has(type)) continue;
    const repeat = happening.safeParse({ type, data: withRefs(data, refs) });
    const done = repeat.success ? desk.record(call, repeat.data) : undefined;
    if (done?.ok !== true) continue;
    refs.set(keyOf(stream, seq), { stream: done.event.stream, seq: done.event.seq });
    lastSeq = done.event.seq;
  }
  return { call, lastSeq };
}

const keyOf = (stream: string, seq: number): string => `${stream} ${seq}`;

/** The same data with every mention of a repeated event exchanged for its repeat. */
function withRefs(value: unknown, refs: ReadonlyMap<string, { stream: string; seq: number }>): unknown {
  if (Array.isArray(value)) return value.map((item) => withRefs(item, refs));
  if (typeof value !== 'object' || value === null) return value;
  if (
    'stream' in value &&
    'seq' in value &&
    typeof value.stream === 'string' &&
    typeof value.seq === 'number'
  ) {
    const repeat = refs.get(keyOf(value.stream, value.seq));
    if (repeat !== undefined) return { ...value, ...repeat };
  }
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, withRefs(held, refs)]));
}
