import { type Fault } from '../../shared/bridge/frames.ts';
import { type StreamId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isPurged, type PurgeCall, type PurgedStream } from '../../shared/sync/purge.ts';
import { type Clock } from '../../shared/time.ts';
import { type HubLink } from '../ports/hub-link.ts';
import { type Journal } from './journal/journal.ts';
import { type PurgeAnswer } from './journal/purge-calls.ts';
import { type AsideOrder, type PurgeAsidesOptions } from './purge-asides.ts';
import { streamsOf } from './journal/purged.ts';

/**
 * Takes calls off this PC that the window found to be over and sent. Nothing is taken on the window's word, nor on a stored
 * receipt: the hub is asked again, and must have the very chain that is here. Faults: those of the hub (nothing is purged while
 * it is away) and of the journal.
 */
export interface Purge {
  run(calls: readonly PurgeCall[]): Promise<Result<PurgeAnswer, Fault>>;
}

export interface PurgeOptions {
  readonly journal: Pick<Journal, 'hashAt' | 'purge' | 'read'>;
  readonly hub: Pick<HubLink, 'state' | 'head' | 'doubts'>;
  readonly clock: Clock;
  /** Takes copies that repairs set aside off this PC by the same policy. */
  readonly asides: (order: AsideOrder, isAllAtHub: PurgeAsidesOptions['isAllAtHub']) => Promise<unknown>;
  /** The policy of this moment. Without one nothing is purged: how long a record is kept is for the organisation to say. */
  readonly afterDays: () => number | undefined;
}

const DAY_MS = 86_400_000;
const NO_POLICY = 'no policy says when copies are taken off this PC';

export function createPurge({ journal, hub, clock, asides, afterDays }: PurgeOptions): Purge {
  /** Why the hub does not vouch for these numbers, in words. */
  async function whyNot({ stream, runs }: PurgedStream): Promise<Result<string | undefined, Fault>> {
    const head = await hub.head(stream);
    if (!head.ok) return head;
    const { acked, hash } = head.value;
    if (runs.some(({ to }) => to > acked)) return ok('the hub has not got all of it');
    const own = await journal.hashAt(stream, acked);
    if (!own.ok) return own;
    // One hash for all: each event carries the hash of the one before it.
    if (hash === null || own.value !== hash) return ok('the hub’s copy cannot be compared with the one here');
    const doubts = await hub.doubts(stream);
    if (!doubts.ok) return doubts;
    const { flags, quarantine, isMore } = doubts.value;
    if (isMore) return ok('the hub has more doubts about this desk’s log than can be looked through');
    if (quarantine.some(({ seq }) => isPurged(runs, seq))) return ok('the hub could not read some of it');
    if (flags.some(({ kind }) => kind === 'fork')) return ok('the hub has two events with one number');
    // Of what it takes to be changed on the way, the copy here may be the only good one.
    const changed = flags.some(
      ({ seq, kind }) => (kind === 'wrongHash' || kind === 'brokenLink') && isPurged(runs, seq),
    );
    return ok(changed ? 'the hub doubts that it has some of it as it was' : undefined);
  }

  /** Nothing of it here is beyond what the hub has, and what the hub has is what is here. */
  async function isAllAtHub(stream: StreamId): Promise<boolean> {
    const head = await hub.head(stream);
    if (!head.ok || head.value.acked === 0) return false;
    const beyond = await journal.read(head.value.acked, 1, stream);
    if (!beyond.ok || beyond.value.events.length + beyond.value.locked.length > 0) return false;
    const why = await whyNot({ stream, runs: [{ from: 1, to: head.value.acked }] });
    return why.ok && why.value === undefined;
  }

  return {
    async run(calls) {
      const days = afterDays();
      if (days === undefined)
        return ok({ purged: [], kept: calls.map(({ call }) => ({ call, why: NO_POLICY })) });
      // While the hub is away its clock is not known either: then nothing goes by age.
      const { reach, clockOffMs = 0 } = hub.state();
      if (reach === 'reachable')
        await asides({ now: clock.now() + clockOffMs, afterMs: days * DAY_MS }, isAllAtHub);
      const against = new Map<string, string>();
      for (const of of streamsOf(calls)) {
        const why = await whyNot(of);
        if (!why.ok) return err(why.error);
        if (why.value !== undefined) against.set(of.stream, why.value);
      }
      const reasonOf = ({ streams }: PurgeCall): string | undefined =>
        streams.map(({ stream }) => against.get(stream)).find((why) => why !== undefined);
      const fit = calls.filter((one) => reasonOf(one) === undefined);
      const kept = calls.flatMap((one) => {
        const why = reasonOf(one);
        return why === undefined ? [] : [{ call: one.call, why }];
      });
      if (fit.length === 0) return ok({ purged: [], kept });
      // The hub has answered signed requests, so this clock is right within its tolerance, or the difference is known.
      const now = clock.now() + (hub.state().clockOffMs ?? 0);
      const done = await journal.purge({ calls: fit, now, afterMs: days * DAY_MS });
      return done.ok ? ok({ ...done.value, kept: [...kept, ...done.value.kept] }) : done;
    },
  };
}
