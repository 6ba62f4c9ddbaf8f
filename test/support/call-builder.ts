import { v7 } from 'uuid';
import { expect } from 'vitest';
import { type CallSnapshot } from '../../shared/call/machine.ts';
import { replay, step } from '../../shared/call/replay.ts';
import { type CallEvent, GENESIS, type Happening } from '../../shared/events/event.ts';
import {
  type AnswerState,
  NO_ROUTE,
  type OutcomeCode,
  type Role,
  type UrgencyCode,
} from '../../shared/events/vocabulary.ts';
import { callId, deskId, streamId } from '../../shared/ids.ts';
import { currentContent } from '../../shared/content/packs.ts';

export const content = currentContent();

/**
 * Makes a call's events in order, one second apart, without the seals that machine and gates do not look at.
 *
 *   const call = callOn(newStream());
 *   const events = [call({ type: 'call.answered', data: {} }), …];
 */
export function callOn(
  stream: string = v7(),
  options: { call?: string; startAt?: number; role?: Role; firstSeq?: number } = {},
): (happening: Happening) => CallEvent {
  const { call = v7(), startAt = Date.UTC(2026, 10, 20, 19, 30), role = 'adviser', firstSeq = 1 } = options;
  const desk = deskId.parse(v7());
  let made = 0;
  return (happening) => {
    const event: CallEvent = {
      stream: streamId.parse(stream),
      seq: firstSeq + made,
      call: callId.parse(call),
      at: startAt + made * 1000,
      author: { id: 'handler-1', role },
      desk,
      content: content.manifest.version,
      ...happening,
      prev: GENESIS,
      hash: GENESIS,
    };
    made += 1;
    return event;
  };
}

/** A happening from its type and data, so that a list of them stays typed and short. */
export const offered: Happening = { type: 'call.offered', data: { channel: 'phone', source: 'handler' } };
export const answered: Happening = { type: 'call.answered', data: {} };

export function answer(
  question: string,
  state: AnswerState,
  fields?: Record<string, string>,
  words?: string,
): Happening {
  return {
    type: 'answer.recorded',
    data: {
      question,
      state,
      saidBy: 'person',
      ...(fields === undefined ? {} : { fields }),
      ...(words === undefined ? {} : { words }),
    },
  };
}

/** A safety check with nothing found: every answer no, nobody there, no drink. */
export const quietSafetyCheck: readonly Happening[] = [
  answer('S1', 'no'),
  answer('S2', 'no'),
  answer('S3', 'no'),
  answer('S5', 'no'),
  answer('S6', 'no'),
  answer('S7', 'no'),
  answer('S8', 'no'),
];

export const clinician = { name: 'Dr Asha Bell', role: 'clinician' } as const;

/** A clinician was asked and decided. */
export const consulted: readonly Happening[] = [
  { type: 'consult.requested', data: {} },
  decided([...content.routes.map(({ id }) => id), NO_ROUTE]),
];

/** A clinician's decision on these routes. */
export function decided(agreed: readonly string[], ruledOut: readonly string[] = []): Happening {
  return {
    type: 'consult.decided',
    data: { clinician, decision: 'As we said, by telephone.', agreed: [...agreed], ruledOut: [...ruledOut] },
  };
}

export const fits = (route: string, name: string): Happening => ({
  type: 'service.checked',
  data: {
    route,
    name,
    fits: { age: 'yes', area: 'yes', hours: 'yes', medical: 'yes' },
    checkedHow: 'rang them',
  },
});

export const choose = (route: string, urgency: UrgencyCode): Happening => ({
  type: 'route.chosen',
  data: { route, urgency },
});
export const close = (outcome: OutcomeCode): Happening => ({ type: 'call.closed', data: { outcome } });
export const adult = answer('N5', 'given', { name: 'Maya', age: '34' });
export const saidBack: Happening = {
  type: 'sayBack.recorded',
  data: { done: true, words: 'Said it all back.' },
};
export const ifWorse: Happening = {
  type: 'plan.recorded',
  data: { heading: 'ifWorse', text: 'Ring 111 again, or 999.' },
};

/** Where they are: somebody can come there. */
export const somewhere = answer('O3', 'given', { place: '4 Mill Lane, Wexcombe' });
export const until: Happening = {
  type: 'plan.recorded',
  data: { heading: 'until', text: 'My sister stays until they come.' },
};

type Make = ReturnType<typeof callOn>;

/** Runs happenings and fails the test if the machine refuses one. */
export function run(happenings: readonly Happening[]): { snapshot: CallSnapshot; make: Make } {
  const make = callOn();
  const { snapshot, refused } = replay(happenings.map(make), content);
  expect(refused.map((item) => `${item.event.type}: ${item.why}`)).toEqual([]);
  return { snapshot, make };
}

/** Why the machine refuses `last` after `before`; fails the test if it does not. */
export function refusal(before: readonly Happening[], last: Happening): string {
  const { snapshot, make } = run(before);
  const next = step(snapshot, make(last), content);
  expect(next.allowed, `${last.type} should be refused`).toBe(false);
  return next.allowed ? '' : next.why;
}
