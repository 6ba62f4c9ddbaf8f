import { type replay } from '../../shared/call/replay.ts';
import { callStandingOf } from '../../shared/call/standing.ts';
import { type Content } from '../../shared/content/schema.ts';
import { type CallEvent, type Happening, understand } from '../../shared/events/event.ts';
import { type CallId, type StreamId } from '../../shared/ids.ts';
import { type Flag } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { markChecked, markUnknownContent } from '../db/call-rows.ts';
import { insertFlags } from '../db/intake-rows.ts';
import { type Client, inTransaction, type Pool } from '../db/pool.ts';
import { storable } from '../db/storable.ts';
import { type PlacedEvent, readWholeCall } from '../db/stream-rows.ts';
import { type CheckedCall } from '../referrals/keep.ts';

/** The call machine, as the hub needs it. */
export interface Replayer {
  readonly contentByVersion: (version: string) => Content | undefined;
  readonly replay: typeof replay;
  /**
   * What else follows from how a call stands, in the same transaction. Doing it twice must change nothing. Resolves to what
   * the hub knows of the call and its log does not say yet, because no desk has been there to write it.
   */
  readonly follow?: (client: Client, checked: CheckedCall) => Promise<readonly Happening[]>;
}

/**
 * Replays one call from what is stored and flags each event the machine would not have allowed where it stands in
 * the hub's order, and writes down how the call stands for the team. Flags are only ever added. Doing it twice, or in two hubs at once, changes nothing.
 */
export async function checkCall(pool: Pool, call: CallId, replayer: Replayer, now: UtcMs): Promise<void> {
  const stored = await readWholeCall(pool, call);
  const last = stored.at(-1);
  const first = stored[0];
  if (first === undefined || last === undefined) return;
  const content = replayer.contentByVersion(first.event.content);
  if (content === undefined) return markUnknownContent(pool, call, storable(first.event.content));
  const events = understood(stored);
  const { snapshot, refused } = replayer.replay(events, content);
  const flags = byStream(refused);
  await inTransaction(pool, async (client) => {
    for (const [stream, found] of flags) await insertFlags(client, stream, found, now);
    const checked = { call, picture: snapshot.context.picture, content, now };
    const unheard = (await replayer.follow?.(client, checked)) ?? [];
    const told = [...events, ...asEvents(unheard, events.at(-1), now)];
    const { snapshot: stands } = unheard.length === 0 ? { snapshot } : replayer.replay(told, content);
    const standing = callStandingOf(told, stands);
    const json = standing === undefined ? null : JSON.stringify(standing);
    await markChecked(client, call, last.position, json);
  });
}

/** For looking at alone: nothing of it is stored, and the desk that hears of it writes its own. Pure. */
const asEvents = (
  happenings: readonly Happening[],
  last: CallEvent | undefined,
  at: UtcMs,
): readonly CallEvent[] =>
  last === undefined
    ? []
    : happenings.map((happening, index) => ({ ...last, ...happening, seq: last.seq + 1 + index, at }));

/** Pure. An event of a type this hub does not know has no place in the machine: it was flagged when it came. */
function understood(stored: readonly PlacedEvent[]): readonly CallEvent[] {
  return stored.flatMap(({ event }) => {
    const read = understand(event);
    return read.ok ? [read.value] : [];
  });
}

function byStream(refused: ReturnType<typeof replay>['refused']): Map<StreamId, Flag[]> {
  const flags = new Map<StreamId, Flag[]>();
  for (const { event, why } of refused) {
    const found = flags.get(event.stream) ?? [];
    found.push({ seq: event.seq, kind: 'notAllowed', detail: why });
    flags.set(event.stream, found);
  }
  return flags;
}
