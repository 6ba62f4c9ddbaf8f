import { describe, expect, it } from 'vitest';
import { contactNow } from '../../../shared/call/facts.ts';
import { stopsAt } from '../../../shared/gates/doors.ts';
import { type Happening } from '../../../shared/events/event.ts';
import {
  adult,
  answered,
  close,
  content,
  offered,
  quietSafetyCheck,
  refusal,
  run,
  saidBack,
} from '../../support/call-builder.ts';

const raised: Happening = { type: 'emergency.raised', data: {} };
const taken: Happening = { type: 'emergency.handedOver', data: { reference: 'A-1' } };
const contact: Happening = { type: 'emergency.contactConfirmed', data: { by: 'Paramedic Lou' } };
const owner: Happening = {
  type: 'task.opened',
  data: {
    kind: 'confirmContact',
    what: 'Ring control',
    owner: 'Bea Lund',
    dueAt: Date.UTC(2026, 10, 20, 20),
  },
};
const other: Happening = {
  type: 'task.opened',
  data: { kind: 'followUp', what: 'Ring at noon', owner: 'Bea Lund', dueAt: Date.UTC(2026, 10, 21, 12) },
};
const before = [offered, answered, ...quietSafetyCheck, adult, saidBack];
const gatesShut = (...happenings: readonly Happening[]): readonly string[] =>
  stopsAt(
    { door: 'close', outcome: '06' },
    run([...before, ...happenings]).snapshot.context.picture,
    content,
  ).map(({ gate }) => gate.id);

describe('L12: a reference is not somebody at the door', () => {
  it('keeps the call open until somebody says that somebody is with them, or a task has an owner', () => {
    expect(refusal([...before, raised, taken], close('06'))).toContain(
      'nobody has said that somebody is with',
    );
    expect(gatesShut(raised, taken)).toEqual(['L12']);
    expect(gatesShut(raised, taken, contact)).toEqual([]);
    expect(gatesShut(raised, taken, owner)).toEqual([]);
    expect(gatesShut(raised, taken, other)).toEqual(['L12']);
  });

  it('is asked again for a second emergency', () => {
    expect(gatesShut(raised, taken, contact, owner, raised, taken)).toEqual(['L12']);
    expect(gatesShut(raised, taken, contact, raised, taken, contact)).toEqual([]);
  });

  it('asks nothing of an emergency that was stood down, or was none', () => {
    const stoodDown: Happening = {
      type: 'emergency.stoodDown',
      data: { by: { name: 'Asha Bell', role: 'clinician' }, reason: 'Key pressed by mistake.' },
    };
    expect(gatesShut(raised, stoodDown)).not.toContain('L12');
    expect(gatesShut()).not.toContain('L12');
  });

  it('takes a word that somebody is with them in any state, late as it may come', () => {
    const { picture } = run([...before, raised, taken, owner, close('06'), contact]).snapshot.context;
    expect(contactNow(picture)?.data.by).toBe('Paramedic Lou');
  });
});
