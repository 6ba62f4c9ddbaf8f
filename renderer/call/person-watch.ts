import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type RunningDesk } from './desk.ts';

const SENTENCE =
  'Somebody else is signed in at this desk now. What was written here is kept for who wrote it, and for nobody else.';

/**
 * Asks at every connection who is signed in: a host that was started again may have somebody else, or nobody, under a window
 * that stayed open. Calls `changed` once.
 */
export function watchPerson(bridge: Bridge, person: string, changed: () => void): void {
  let told = false;
  bridge.onOpen(() => {
    void bridge.call('session.current', {}).then((now) => {
      // Without an answer nothing is known; the next connection asks again.
      const isOther = now.ok ? now.value.person.id !== person : now.error.code === 'session.none';
      if (!isOther || told) return;
      told = true;
      changed();
    });
  });
}

/** Nothing of the former person can be seen or written any more, from this moment on. */
export function shut(desk: RunningDesk): void {
  const calls: readonly [] = [];
  const closed: Partial<RunningDesk> = {
    state: () => 'personChanged',
    calls: () => calls,
    call: () => undefined,
    draft: () => undefined,
    keepDraft: () => undefined,
    record: () => ({ ok: false, why: [SENTENCE] }),
    takeCall() {
      throw new Error(SENTENCE);
    },
    earlierCalls: () => Promise.resolve({ why: SENTENCE }),
    giveBack: () => Promise.resolve({ kind: 'no', why: SENTENCE }),
    continueCall: () => Promise.resolve({ kind: 'no', why: SENTENCE }),
    notices: () => [SENTENCE],
    tellStake: () => undefined,
  };
  Object.assign(desk, closed);
}
