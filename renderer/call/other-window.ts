import { err } from '../../shared/result.ts';
import { type RunningDesk, type TeamView } from './desk.ts';
import { NO_REFERRALS } from './referral-line.ts';

const SENTENCE = 'Another window has this desk. Use that one, or close it and reload this one.';
const elsewhere = { code: 'desk.otherWindow', field: '(whole)', message: SENTENCE };
export const OTHER_WINDOW_CLOSED = 'The other window has closed. Reload this window to use this desk here.';

const NOTHING_HEARD: TeamView = { page: undefined, heardAt: undefined };

/** The desk of a window that is not the writer: it shows who and where, and holds no calls. */
export function otherWindowDesk(
  base: Pick<
    RunningDesk,
    | 'host'
    | 'session'
    | 'sessionLine'
    | 'content'
    | 'hub'
    | 'directory'
    | 'training'
    | 'settings'
    | 'policy'
    | 'room'
    | 'notices'
    | 'now'
    | 'changeSettings'
    | 'print'
    | 'save'
    | 'newId'
    | 'pack'
    | 'subscribe'
    | 'close'
  >,
): RunningDesk {
  const none = { made: 0, inDatabase: 0, inJournal: 0, acked: 0, typing: false };
  const calls: readonly [] = [];
  const nobody = { calls: 0, open: 0, emergencies: 0, unsent: 0 };
  return {
    ...base,
    state: () => 'otherWindow',
    calls: () => calls,
    call: () => undefined,
    light: () => ({ kind: 'empty' }),
    facts: () => none,
    where: () => 'keeping',
    unsent: () => 0,
    unsentSince: () => undefined,
    halfTyped: () => 0,
    drafts: () => [],
    others: () => nobody,
    refusal: () => undefined,
    tellStake: () => undefined,
    enrol: () => Promise.resolve(err(elsewhere)),
    doubts: () => Promise.resolve(err(elsewhere)),
    signOut: base.close,
    takeCall() {
      throw new Error(SENTENCE);
    },
    record: () => ({ ok: false, why: [SENTENCE] }),
    earlierCalls: () => Promise.resolve({ why: SENTENCE }),
    team: () => NOTHING_HEARD,
    referrals: NO_REFERRALS,
    giveBack: () => Promise.resolve({ kind: 'no', why: SENTENCE }),
    continueCall: () => Promise.resolve({ kind: 'no', why: SENTENCE }),
    draft: () => undefined,
    keepDraft: () => undefined,
  };
}
export { SENTENCE as OTHER_WINDOW };
