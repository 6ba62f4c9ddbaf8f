import { type CallEvent } from '../events/event.ts';
import { type CallStanding } from '../sync/team.ts';
import { closingOf } from './facts.ts';
import { type CallSnapshot } from './machine.ts';
import { conversationOf } from './replay.ts';
import { owedIn } from './work.ts';

/**
 * How a call stands for the team; undefined when it is closed and owes nobody anything. Pure: a projection of its
 * events, of which `snapshot` is the replay.
 */
export function callStandingOf(
  events: readonly CallEvent[],
  snapshot: CallSnapshot,
): CallStanding | undefined {
  const first = events[0];
  if (first === undefined) return undefined;
  const { picture } = snapshot.context;
  const owed = owedIn(picture).map(({ kind, from: { stream, seq, at }, dueAt }) => ({
    kind,
    from: { stream, seq },
    since: at,
    ...(dueAt === undefined ? {} : { dueAt }),
  }));
  if (closingOf(picture) !== undefined && owed.length === 0) return undefined;
  const last = events.reduce((latest, event) => (event.at >= latest.at ? event : latest), first);
  return {
    stage: closingOf(picture) === undefined ? conversationOf(snapshot) : 'closed',
    beganAt: Math.min(...events.map(({ at }) => at)),
    lastAt: last.at,
    author: last.author,
    owed,
  };
}
