import { type CallView } from '../../call/desk.ts';
import { paperCall } from '../../../shared/call/paper.ts';
import { conversationOf } from '../../../shared/call/replay.ts';

export const isOpen = (call: CallView): boolean =>
  conversationOf(call.snapshot) !== 'closed' && call.readOnly === undefined;

const isFromPaper = (call: CallView): boolean => paperCall(call.snapshot.context.picture) !== undefined;

/** After a crash the window comes back to the newest call that was in hand, not to a list. */
export const firstCall = (calls: readonly CallView[]): CallView | undefined =>
  calls.find((call) => call.resumed && isOpen(call) && call.elsewhere === undefined);

/**
 * The call an emergency raised outside of a call belongs to: the one last in hand, else the newest open one. Never one that
 * is being entered from paper: whoever is in danger now is somebody else. Not one that another desk has, unless it was in
 * hand here.
 */
export function callForEmergency(
  calls: readonly CallView[],
  lastInHand: CallView['id'] | undefined,
): CallView | undefined {
  const open = calls.filter((call) => isOpen(call) && !isFromPaper(call));
  return open.find((call) => call.id === lastInHand) ?? open.find(({ elsewhere }) => elsewhere === undefined);
}
