import { describe, expect, it } from 'vitest';
import { conversationOf, step } from '../../../shared/call/replay.ts';
import { type Happening } from '../../../shared/events/event.ts';
import {
  adult,
  answer,
  answered,
  clinician,
  close,
  content,
  offered,
  quietSafetyCheck,
  refusal,
  run,
  saidBack,
} from '../../support/call-builder.ts';

describe('the conversation', () => {
  it('starts offered and opens when answered', () => {
    expect(conversationOf(run([offered]).snapshot)).toBe('offered');
    expect(conversationOf(run([offered, answered]).snapshot)).toBe('opening');
  });

  it('may be left and entered again at any stage, in any order', () => {
    const visits = (['needs', 'safetyCheck', 'options', 'close', 'opening'] as const).map(
      (stage): Happening => ({ type: 'stage.entered', data: { stage } }),
    );
    expect(conversationOf(run([offered, answered, ...visits]).snapshot)).toBe('opening');
  });

  it('does not open the agreement before a route is chosen', () => {
    expect(refusal([offered, answered], { type: 'stage.entered', data: { stage: 'agree' } })).toBe(
      'No route is chosen yet. Choose one first.',
    );
  });

  it('takes facts in every state, a closed call included', () => {
    const closed = run([
      offered,
      { type: 'line.dropped', data: {} },
      { type: 'callBack.decided', data: { by: clinician, decision: 'Rang off before speaking; no number.' } },
      {
        type: 'safeguarding.recorded',
        data: { about: 'nobody heard', concern: 'notKnown', action: 'none possible', by: clinician },
      },
      close('01'),
    ]);
    expect(conversationOf(closed.snapshot)).toBe('closed');
    expect(step(closed.snapshot, closed.make(answer('S1', 'yes')), content).allowed).toBe(true);
    expect(
      step(closed.snapshot, closed.make({ type: 'note.added', data: { text: 'Late note.' } }), content)
        .allowed,
    ).toBe(true);
  });
});

describe('emergency (G2)', () => {
  const stagesToTry = ['opening', 'safetyCheck', 'needs', 'options', 'close'] as const;

  it('can be raised in one event from every state that is not closed', () => {
    expect(run([offered, { type: 'emergency.raised', data: {} }]).snapshot.value.emergency).toBe('raised');
    for (const stage of stagesToTry) {
      const { snapshot } = run([
        offered,
        answered,
        { type: 'stage.entered', data: { stage } },
        { type: 'emergency.raised', data: {} },
      ]);
      expect(snapshot.value.emergency).toBe('raised');
    }
  });

  it('stays raised when control says no, and is over only with a reference or a named stand-down', () => {
    const raised = [offered, answered, { type: 'emergency.raised', data: {} }] as const;
    expect(
      run([...raised, { type: 'emergency.refused', data: { by: 'Control desk 4', reason: 'not immediate' } }])
        .snapshot.value.emergency,
    ).toBe('raised');
    expect(
      run([...raised, { type: 'emergency.handedOver', data: { reference: 'A-2231' } }]).snapshot.value
        .emergency,
    ).toBe('handedOver');
    expect(
      run([
        ...raised,
        { type: 'emergency.stoodDown', data: { by: clinician, reason: 'Key pressed by mistake.' } },
      ]).snapshot.value.emergency,
    ).toBe('stoodDown');
  });

  it('keeps the call open until it has a reference', () => {
    const why = refusal(
      [offered, answered, ...quietSafetyCheck, adult, saidBack, { type: 'emergency.raised', data: {} }],
      close('98'),
    );
    expect(why).toContain('no reference yet');
  });

  it('ends with outcome 06 and no other once it was handed over', () => {
    const before = [
      offered,
      answered,
      { type: 'emergency.raised', data: {} },
      { type: 'emergency.handedOver', data: { reference: 'A-1' } },
      { type: 'emergency.contactConfirmed', data: { by: 'Paramedic Lou' } },
      saidBack,
      adult,
      answer('S5', 'no'),
    ] as const;
    expect(conversationOf(run([...before, close('06')]).snapshot)).toBe('closed');
    expect(refusal(before, close('98'))).toContain('outcome that belongs');
  });
});

describe('the line', () => {
  it('goes from dropped through attempts to reached', () => {
    const { snapshot } = run([
      offered,
      answered,
      { type: 'line.dropped', data: { lastWords: 'it’s all ready' } },
      { type: 'callBack.attempted', data: { result: 'noAnswer' } },
    ]);
    expect(snapshot.value.line).toEqual({ dropped: 'attempted' });
    const reached = run([
      offered,
      answered,
      { type: 'line.dropped', data: {} },
      { type: 'callBack.reached', data: {} },
    ]);
    expect(reached.snapshot.value.line).toBe('connected');
  });

  it('does not let a lost caller be closed without a named decision (H4)', () => {
    const lost: Happening[] = [
      offered,
      answered,
      { type: 'line.dropped', data: {} },
      { type: 'callBack.attempted', data: { result: 'noAnswer' } },
      adult,
      answer('S5', 'no'),
    ];
    expect(refusal(lost, close('01'))).toContain('decide, by name');
    const decided: Happening = {
      type: 'callBack.decided',
      data: { by: clinician, decision: 'Police asked to visit, ref 44.' },
    };
    expect(conversationOf(run([...lost, decided, close('01')]).snapshot)).toBe('closed');
  });
});
