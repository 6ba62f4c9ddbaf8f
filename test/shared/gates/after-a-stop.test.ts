import { describe, expect, it } from 'vitest';
import { stopUnanswered } from '../../../shared/call/facts.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { stopsAt } from '../../../shared/gates/doors.ts';
import { answered, clinician, content, offered, run } from '../../support/call-builder.ts';

const stop: Happening = { type: 'call.resumed', data: { lastEventAt: Date.UTC(2026, 10, 20, 19, 30) } };
const there: Happening = { type: 'line.confirmed', data: {} };
const lost: Happening = { type: 'line.dropped', data: {} };
const after = (...happenings: readonly Happening[]) =>
  run([offered, answered, ...happenings]).snapshot.context.picture;
const isShut = (...happenings: readonly Happening[]): boolean =>
  stopsAt({ door: 'close', outcome: '01' }, after(...happenings), content).some(
    ({ gate }) => gate.id === 'L13',
  );

describe('L13: after a stop, the caller is there or was lost', () => {
  it('keeps the call open until somebody says which', () => {
    expect(isShut()).toBe(false);
    expect(isShut(stop)).toBe(true);
    expect(isShut(stop, there)).toBe(false);
    expect(isShut(stop, lost)).toBe(false);
    expect(isShut(stop, there, stop)).toBe(true);
  });

  it('is a ring-back owed, as for any lost caller, where nobody answers', () => {
    const decided: Happening = {
      type: 'callBack.decided',
      data: { by: clinician, decision: 'Police asked.' },
    };
    const gates = (...happenings: readonly Happening[]): readonly string[] =>
      stopsAt({ door: 'close', outcome: '01' }, after(...happenings), content).map(({ gate }) => gate.id);
    expect(gates(stop, lost)).toContain('L1');
    expect(gates(stop, lost, decided)).not.toContain('L1');
  });

  it('asks nothing where the caller was lost before the stop, or was never answered', () => {
    expect(stopUnanswered(after(lost, stop))).toBeUndefined();
    expect(stopUnanswered(run([offered, stop]).snapshot.context.picture)).toBeUndefined();
    expect(stopUnanswered(run([offered, stop, answered]).snapshot.context.picture)).toBeUndefined();
  });

  it('counts taking them off hold and reaching them again as having spoken', () => {
    const held: Happening = { type: 'line.held', data: {} };
    expect(stopUnanswered(after(held, stop))).toBeDefined();
    expect(stopUnanswered(after(held, stop, { type: 'line.resumed', data: {} }))).toBeUndefined();
    expect(stopUnanswered(after(stop, lost, { type: 'callBack.reached', data: {} }))).toBeUndefined();
  });
});
