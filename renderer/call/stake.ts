import { emergencyNow } from '../../shared/call/facts.ts';
import { conversationOf } from '../../shared/call/replay.ts';
import { type Stake } from '../../shared/sync/leaving.ts';
import { type RunningDesk } from './desk.ts';

/** What would be left behind if this window went now. Numbers alone. */
export function stakeOf(
  desk: Pick<RunningDesk, 'calls' | 'unsent' | 'facts' | 'hub' | 'halfTyped' | 'others' | 'unsentSince'>,
): Stake {
  const { made, inDatabase, inJournal, typing } = desk.facts();
  const since = desk.unsentSince();
  const { unsent: othersUnsent } = desk.others();
  const calls = desk.calls();
  return {
    unsent: Math.max(0, desk.unsent() - othersUnsent),
    ...(since === undefined ? {} : { unsentSince: since }),
    othersUnsent,
    notKept: Math.max(0, made - Math.min(inDatabase, inJournal)),
    drafts: desk.halfTyped(),
    typing,
    openCalls: calls.filter(
      (call) => call.readOnly === undefined && conversationOf(call.snapshot) !== 'closed',
    ).length,
    emergencies: calls.filter(
      (call) => emergencyNow(call.snapshot.context.picture)?.type === 'emergency.raised',
    ).length,
    hub: desk.hub().reach,
  };
}
