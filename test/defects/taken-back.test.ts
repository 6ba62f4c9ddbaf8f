import { describe, expect, it } from 'vitest';
import { lastOf, refOf } from '../../shared/call/picture.ts';
import { step } from '../../shared/call/replay.ts';
import { type Happening } from '../../shared/events/event.ts';
import { sbar } from '../../shared/exports/sbar/sbar.ts';
import { lineText } from '../../shared/exports/sbar/model.ts';
import {
  adult,
  answer,
  answered,
  choose,
  clinician,
  close,
  consulted,
  content,
  fits,
  ifWorse,
  offered,
  quietSafetyCheck,
  refusal,
  run,
  saidBack,
  until,
} from '../support/call-builder.ts';

// A yes that is followed by a no: taken back, or said by somebody else. Each of these ended in a slower ending, or in
// none, with nobody's name against it, and whoever took the person on was told the no alone.

const begun = [offered, answered, answer('O3', 'given', { place: '4 Mill Lane' })];
const yes = (question: string, fields?: Record<string, string>): Happening =>
  answer(question, 'yes', fields, 'As they said it.');
const no = (question: string): Happening => answer(question, 'no');
/** Somebody else's account, where the person has spoken for themself. */
const accountOf = (happening: Happening): Happening =>
  happening.type === 'answer.recorded'
    ? { ...happening, data: { ...happening.data, saidBy: 'caller' } }
    : happening;
const agreed: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
const safeguarded: Happening = {
  type: 'safeguarding.recorded',
  data: { about: 'Dev', concern: 'notKnown', action: 'Duty team told.', by: clinician },
};
const advised = [choose('adviceOnly', '3'), ifWorse, saidBack];
const taken = { kind: 'taken', when: 'today', needsCare: 'no' };

/** A quiet check, with these said before it: the newest answer to everything is no. */
const takenBack = (...said: readonly Happening[]): readonly Happening[] => [
  ...begun,
  ...said,
  ...quietSafetyCheck,
  no('S4a'),
  no('S4b'),
  adult,
];

describe('a yes that was taken back (H67)', () => {
  it('tablets that were named and then denied still shut everything but 999 and A&E', () => {
    const before = takenBack(yes('S1', taken));
    for (const route of ['adviceOnly', 'gp', 'otherLine'])
      expect(refusal(before, choose(route, '3')), route).toContain('Something taken');
    expect(refusal(takenBack(accountOf(yes('S1', taken))), choose('gp', '3'))).toContain('Something taken');
  });

  it('tablets that become a scratch, or care that is no longer needed, are still what was said first', () => {
    const scratch = answer('S1', 'yes', { kind: 'injury', when: 'earlier', needsCare: 'no' });
    const care = yes('S1', { kind: 'injury', when: 'earlier', needsCare: 'yes' });
    run([...takenBack(), scratch, ...consulted, choose('adviceOnly', '3')]);
    for (const first of [yes('S1', taken), care])
      expect(refusal([...takenBack(first), scratch], choose('adviceOnly', '3'))).toContain('Something taken');
    const week = yes('S1', { kind: 'injury', when: 'week', needsCare: 'no' });
    expect(refusal([...takenBack(week), scratch], choose('adviceOnly', '3'))).toContain('last seven days');
  });

  it('A&E at once stays open for it, before the rest of the check is asked', () => {
    run([...begun, yes('S1', taken), no('S1'), choose('aeLiaison', '1')]);
  });

  it('danger that is said to be over needs a name, or the emergency services', () => {
    expect(refusal(takenBack(yes('S2')), choose('careTeam', '3'))).toContain('danger now');
    const word: Happening = {
      type: 'gate.overridden',
      data: { gate: 'G3', by: clinician, reason: 'He has left; the door is locked; police have been.' },
    };
    run([...takenBack(yes('S2')), word, choose('careTeam', '3')]);
  });

  it('a promise does not undo intent with means: the second opinion is asked for all the same', () => {
    const meant = takenBack(yes('S3'), yes('S4a'), yes('S4b'));
    expect(refusal([...meant, fits('crhtUrgent', 'Team')], choose('crhtUrgent', '2'))).toContain(
      'Speak to a clinician in this call before anything slower than very urgent',
    );
    run([...meant, fits('crhtUrgent', 'Team'), ...consulted, choose('crhtUrgent', '2')]);
    expect(refusal([...meant, ifWorse, saidBack], close('98'))).toContain('They might act today');
  });

  it('thoughts of dying, or voices, that were taken back do not wait unseen', () => {
    for (const question of ['S3', 'S8'])
      expect(refusal(takenBack(yes(question)), choose('adviceOnly', '3')), question).toContain(
        'Speak to a clinician in this call before something that waits',
      );
  });

  it('fear that became a no, perhaps because somebody came in, needs the safeguarding step', () => {
    const before = [...takenBack(yes('S7')), ...advised];
    expect(refusal(before, close('02'))).toContain('afraid of somebody');
    run([...before, safeguarded, close('02')]);
  });

  it('children who were there are not gone because the next answer says so', () => {
    const there = yes('S5', { children: 'yes' });
    for (const after of [no('S5'), answer('S5', 'yes', { children: 'no' })]) {
      const before = [...takenBack(there), after, ...advised];
      expect(refusal(before, close('02'))).toContain('Record the safeguarding step');
      run([...before, safeguarded, close('02')]);
    }
  });

  it('an age under 18 that became an adult’s is a child’s until it is struck through', () => {
    const young = answer('N5', 'given', { age: '15' });
    const before = [...takenBack(young), ...advised];
    expect(refusal(before, close('02'))).toContain('Somebody under 18');
    const heard = ['K1', 'K2', 'K3'].map((id) => answer(id, 'couldNotAsk'));
    expect(refusal([...before, safeguarded], close('02'))).toContain('say what cannot stay secret');
    run([...before, safeguarded, ...heard, close('02')]);
  });

  it('is undone by striking it through as never said, and then everything is as before', () => {
    const { snapshot, make } = run([...begun, yes('S1', taken)]);
    const said = lastOf(snapshot.context.picture, 'answer.recorded');
    if (said === undefined) throw new Error('nothing was said');
    const struck = make({ type: 'entry.struck', data: { target: refOf(said), reason: 'wrong key' } });
    let now = step(snapshot, struck, content).snapshot;
    for (const item of [...takenBack().slice(begun.length), choose('adviceOnly', '3')]) {
      const next = step(now, make(item), content);
      expect(next.allowed ? '' : next.why).toBe('');
      now = next.snapshot;
    }
  });

  it('asks nothing of a no that became a yes, or of a yes said twice', () => {
    const asked = [yes('S5', { children: 'no' }), no('S5')];
    run([...begun, ...asked, ...quietSafetyCheck, adult, ...advised, close('02')]);
  });

  it('travels with the hand-over: what was said first, by whom and when', () => {
    const { snapshot } = run([...takenBack(accountOf(yes('S1', taken))), choose('aeLiaison', '1'), agreed]);
    const told = sbar(snapshot.context.picture, content).sections.flatMap(({ lines }) => lines);
    const [now, before] = told.filter(({ label }) => label.startsWith('Hurt or taken something'));
    expect(now && lineText(now)).toBe('No · said by them 19:30');
    expect(before?.label).toBe('Hurt or taken something, said before');
    expect(before && lineText(before)).toMatch(
      /^Yes · .*took something.*“As they said it.” · reported by the caller 19:30$/,
    );
  });
});

describe('agreement that was taken back after the hand-over (G9, H68)', () => {
  const team = [fits('crhtUrgent', 'Team'), choose('crhtUrgent', '2'), agreed];
  const sent: Happening = { type: 'handover.sent', data: { route: 'crhtUrgent', to: 'Team', how: 'phone' } };
  const chase: Happening = {
    type: 'task.opened',
    data: { kind: 'chaseHandover', what: 'Ring', owner: 'Sam Okafor', dueAt: Date.UTC(2026, 10, 21) },
  };
  const told = [...takenBack(), ...team, sent, chase, until, ifWorse, saidBack];
  const refused: Happening = { type: 'consent.recorded', data: { state: 'refused', words: 'Tell nobody.' } };

  it('does not end as referred with nobody’s name against it', () => {
    run([...told, close('05')]);
    expect(refusal([...told, refused], close('05'))).toContain('taken back');
  });

  it('ends on a named decision and its ground, or with the route given up', () => {
    const over: Happening = {
      type: 'consent.overridden',
      data: { ground: 'danger', by: clinician, reason: 'Means at home.' },
    };
    run([...told, refused, over, close('05')]);
    expect(refusal([...told, over, refused], close('05'))).toContain('taken back');
    const givenUp: Happening = { type: 'route.withdrawn', data: { reason: 'She does not want it.' } };
    run([...told, refused, givenUp, choose('crhtUrgent', '2'), agreed, sent, chase, saidBack, close('05')]);
  });
});
