import { describe, expect, it } from 'vitest';
import { chosenRoute } from '../../../shared/call/facts.ts';
import { refOf } from '../../../shared/call/picture.ts';
import { step } from '../../../shared/call/replay.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { options } from '../../../shared/gates/doors.ts';
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
  somewhere,
  until,
} from '../../support/call-builder.ts';

describe('gates on choosing a route', () => {
  it('G1: no route before each safety question has a state, whatever the tone of the call', () => {
    expect(refusal([offered, answered, answer('S1', 'no')], choose('talkingTherapies', '3'))).toContain(
      'safety check is not finished',
    );
  });

  it('G1: thoughts that are unknown still ask for the way and for today', () => {
    const before = [
      offered,
      answered,
      ...quietSafetyCheck,
      answer('S3', 'declined'),
      adult,
      fits('crhtUrgent', 'Northmoor crisis team'),
    ];
    expect(refusal(before, choose('crhtUrgent', '2'))).toContain('safety check is not finished');
  });

  const maya = [
    offered,
    answered,
    ...quietSafetyCheck,
    adult,
    answer('S1', 'yes', { kind: 'taken', when: 'today' }),
    fits('crisisAlternative', 'The Anchor'),
  ];
  it('G3: something taken keeps the cafe shut and A&E open (Maya)', () => {
    expect(refusal(maya, choose('crisisAlternative', '2'))).toContain('Something taken');
    expect(chosenRoute(run([...maya, choose('aeLiaison', '1')]).snapshot.context.picture)?.data.route).toBe(
      'aeLiaison',
    );
  });

  it('G3: a clinician’s named decision opens it, an adviser’s does not', () => {
    const override = (role: string): Happening => ({
      type: 'gate.overridden',
      data: { gate: 'G3', by: { name: 'Jo Hart', role }, reason: 'Two tablets, rang poisons advice.' },
    });
    expect(refusal(maya, override('adviser'))).toContain('Only a clinician');
    expect(
      run([...maya, override('clinician'), choose('crisisAlternative', '2')]).snapshot.value.conversation,
    ).toEqual({ active: 'agree' });
  });

  it('G3: a declined answer about harm does not read as no', () => {
    const before = [
      offered,
      answered,
      ...quietSafetyCheck,
      answer('S1', 'declined'),
      adult,
      fits('crhtUrgent', 'Northmoor'),
    ];
    expect(refusal(before, choose('crhtUrgent', '2'))).toContain('not ruled out');
  });

  const priya = [
    offered,
    answered,
    ...quietSafetyCheck,
    answer('S3', 'yes'),
    answer('S4a', 'yes'),
    answer('S4b', 'yes'),
    adult,
    somewhere,
    fits('crhtUrgent', 'Northmoor'),
    fits('crhtVeryUrgent', 'Northmoor'),
  ];
  const consult: Happening[] = [
    { type: 'consult.requested', data: {} },
    {
      type: 'consult.decided',
      data: { clinician, decision: 'Very urgent visit; sister stays.', agreed: ['crhtUrgent'] },
    },
  ];
  it('G4: intent today with means needs a consult before anything slower than very urgent (Priya)', () => {
    expect(refusal(priya, choose('crhtUrgent', '2'))).toContain('Speak to a clinician');
    run([...priya, choose('crhtVeryUrgent', '4')]);
    run([...priya, ...consult, choose('crhtUrgent', '2')]);
  });

  it('G4: a consult held before the intent was known does not count for it', () => {
    const early = [offered, answered, ...consult, ...priya.slice(2)];
    expect(refusal(early, choose('crhtUrgent', '2'))).toContain('Speak to a clinician');
  });

  it('G3: a clinician’s decision stands for what was known then; a new disclosure shuts the gate again', () => {
    const override: Happening = {
      type: 'gate.overridden',
      data: { gate: 'G3', by: clinician, reason: 'Old graze.' },
    };
    const later = answer('S1', 'yes', { kind: 'taken', when: 'today' });
    expect(refusal([...maya, override, later], choose('crisisAlternative', '2'))).toContain(
      'Something taken',
    );
  });

  it('G4: cannot be overridden, only met', () => {
    expect(
      refusal(priya, { type: 'gate.overridden', data: { gate: 'G4', by: clinician, reason: 'no' } }),
    ).toContain('Nobody can pass');
  });

  it('G6: a service that does not fit on arrival is refused until somebody there agrees by name (Dev)', () => {
    const late: Happening = {
      type: 'service.checked',
      data: {
        route: 'crisisAlternative',
        name: 'The Anchor',
        fits: { age: 'yes', area: 'yes', hours: 'no', medical: 'yes' },
        checkedHow: 'directory',
      },
    };
    const dev = [offered, answered, ...quietSafetyCheck, adult, late];
    expect(refusal(dev, choose('crisisAlternative', '2'))).toContain('Age, area, hours');
    run([
      ...dev,
      {
        type: 'gate.overridden',
        data: { gate: 'G6', by: { name: 'Bea', role: 'host at The Anchor' }, reason: 'Will wait for him.' },
      },
      choose('crisisAlternative', '2'),
    ]);
  });

  it('G7: recent harm keeps Talking Therapies from standing alone (Ellie)', () => {
    const ellie = [
      offered,
      answered,
      ...quietSafetyCheck,
      answer('S1', 'yes', { kind: 'injury', when: 'today', needsCare: 'no' }),
      adult,
      answer('N7', 'no'),
      fits('talkingTherapies', 'Wexcombe Talking Therapies'),
    ];
    expect(refusal(ellie, choose('talkingTherapies', '3'))).toContain('clinician signs');
    run([
      ...ellie,
      {
        type: 'gate.overridden',
        data: { gate: 'G7', by: clinician, reason: 'Shallow, cleaned; plan agreed; seen tomorrow.' },
      },
      choose('talkingTherapies', '3'),
    ]);
  });

  it('takes only an urgency that the route has', () => {
    refusal([offered, answered, ...quietSafetyCheck, adult], choose('gp', '1'));
  });
});

describe('handing over and closing', () => {
  const agreed = [
    offered,
    answered,
    ...quietSafetyCheck,
    adult,
    somewhere,
    fits('crhtUrgent', 'Northmoor'),
    choose('crhtUrgent', '2'),
  ];
  const sent: Happening = {
    type: 'handover.sent',
    data: { route: 'crhtUrgent', to: 'Northmoor duty desk', how: 'phone' },
  };
  const consent: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };

  it('G9: nothing is shared until they agree, or a named person overrides on a stated ground', () => {
    expect(refusal(agreed, sent)).toContain('not agreed to share');
    expect(refusal([...agreed, { type: 'consent.recorded', data: { state: 'refused' } }], sent)).toContain(
      'not agreed',
    );
    run([
      ...agreed,
      { type: 'consent.recorded', data: { state: 'refused' } },
      { type: 'consent.overridden', data: { ground: 'danger', by: clinician, reason: 'Means at home.' } },
      sent,
    ]);
  });

  it('G8: sent is not "has them": the call stays open until somebody answers or a chase has an owner', () => {
    const before = [...agreed, consent, sent, saidBack, until, ifWorse];
    expect(refusal(before, close('05'))).toContain('Nobody has yet said');
    const { snapshot, make } = run(before);
    const sentEvent = snapshot.context.picture.byType['handover.sent']?.[0];
    if (sentEvent === undefined) throw new Error('no hand-over in the picture');
    const taken = step(
      snapshot,
      make({ type: 'handover.acknowledged', data: { handover: refOf(sentEvent), by: 'Lee, duty nurse' } }),
      content,
    );
    expect(taken.allowed).toBe(true);
    expect(step(taken.snapshot, make(close('05')), content).allowed).toBe(true);
    run([
      ...before,
      {
        type: 'task.opened',
        data: { kind: 'chaseHandover', what: 'Ring Northmoor', owner: 'Sam Okafor', dueAt: 1 },
      },
      close('05'),
    ]);
  });

  it('asks what they will do if it gets worse, and what they said back', () => {
    expect(refusal([...agreed, consent, sent], close('05'))).toMatch(/said back.*gets worse/s);
  });

  it('G5: a child on the line, or an unknown age, asks for the safeguarding step', () => {
    const before = [offered, answered, ...quietSafetyCheck, saidBack];
    expect(refusal([...before, answer('N5', 'given', { ageBand: 'from13to15' })], close('98'))).toContain(
      'under 18',
    );
    expect(refusal(before, close('98'))).toContain('under 18');
    const { snapshot } = run([...before, answer('N5', 'given', { age: '13' })]);
    expect(snapshot.value.safeguarding).toBe('due');
  });

  it('G1: an unknown in the safety check needs a clinician before an ending that is not urgent', () => {
    const before = [
      offered,
      answered,
      ...quietSafetyCheck,
      answer('S6', 'couldNotAsk'),
      adult,
      choose('adviceOnly', '3'),
      saidBack,
      ifWorse,
    ];
    expect(refusal(before, close('02'))).toContain('clinician needs to look');
    run([
      ...before,
      ...([
        { type: 'consult.requested', data: {} },
        {
          type: 'consult.decided',
          data: { clinician, decision: 'Content with advice.', agreed: ['adviceOnly'] },
        },
      ] satisfies Happening[]),
      close('02'),
    ]);
  });
});

describe('the options view', () => {
  it('lists every route in content’s order, whatever is recorded', () => {
    const order = content.routes.map((route) => route.id);
    for (const facts of [
      [offered],
      [offered, answered, ...quietSafetyCheck],
      [offered, answered, answer('S2', 'yes')],
    ]) {
      const shown = options(run(facts).snapshot.context.picture, content);
      expect(shown.map((option) => option.route.id)).toEqual(order);
    }
  });

  it('gives facts for and against in the service’s words, and says what keeps a route shut', () => {
    const picture = run([offered, answered, ...quietSafetyCheck, answer('S1', 'yes', { kind: 'taken' })])
      .snapshot.context.picture;
    const cafe = options(picture, content).find((option) => option.route.id === 'crisisAlternative');
    expect(cafe?.pointsTo).toContain('No danger now');
    expect(cafe?.pointsAway).toContain('Took something');
    expect(cafe?.stops.map((stop) => stop.gate.id)).toEqual(['G3', 'G6']);
  });

  it('names the questions nobody has put yet', () => {
    const picture = run([offered, answered, answer('S1', 'no')]).snapshot.context.picture;
    const stop = options(picture, content)[1]?.stops.find((item) => item.gate.id === 'G1');
    expect(stop?.unasked).toEqual(['S2', 'S3', 'S4a', 'S4b', 'S5', 'S6', 'S7', 'S8']);
  });
});

describe('callers for whom the conversation goes another way', () => {
  const professional = answer('O1', 'given', { who: 'professional' });
  const short = ['S1', 'S2', 'S3', 'S5', 'S8'].map((id) => answer(id, 'no'));

  it('G1: a professional takes the short form, anybody else the whole safety check', () => {
    const checked = fits('crhtUrgent', 'Northmoor');
    run([offered, answered, professional, ...short, adult, somewhere, checked, choose('crhtUrgent', '2')]);
    const self = answer('O1', 'given', { who: 'self' });
    expect(refusal([offered, answered, self, ...short, adult, checked], choose('crhtUrgent', '2'))).toContain(
      'not finished',
    );
  });

  it('G1: somebody for another line is passed on warm, once danger and place are asked', () => {
    const asked = [offered, answered, answer('S1', 'no'), answer('S2', 'no')];
    expect(refusal(asked, choose('otherLine', '2'))).toContain('where they are');
    run([...asked, answer('O3', 'given', { place: 'Cardiff' }), choose('otherLine', '2')]);
  });

  const child = answer('N5', 'given', { name: 'Aisha', age: '13' });
  const kept: Happening = {
    type: 'safeguarding.recorded',
    data: { about: 'Aisha', concern: 'yes', action: 'Told the duty social worker.', by: clinician },
  };
  it('G5: a child is told what cannot stay secret and asked for a trusted adult before the call closes', () => {
    const before = [offered, answered, ...quietSafetyCheck, child, saidBack, kept, ifWorse, ...consulted];
    expect(refusal(before, close('98'))).toContain('cannot stay secret');
    const told = [answer('K1', 'yes'), answer('K2', 'given', { who: 'Gran' })];
    expect(refusal([...before, ...told], close('98'))).toContain('under 16');
    run([...before, ...told, answer('K3', 'couldNotAsk'), close('98')]);
  });

  const very = [
    offered,
    answered,
    somewhere,
    ...quietSafetyCheck,
    adult,
    fits('crhtVeryUrgent', 'Northmoor'),
  ];
  const slower = [...very, choose('crhtVeryUrgent', '4'), fits('crhtUrgent', 'Northmoor')];
  it('L6: going slower than before needs a clinician who read the safety facts again', () => {
    expect(refusal(slower, choose('crhtUrgent', '2'))).toContain('slower than what was chosen');
    const decided = { gate: 'L6', by: clinician, reason: 'Sister has come; tablets gone.' };
    expect(refusal(slower, { type: 'gate.overridden', data: decided })).toContain(
      'Read the safety facts again',
    );
    const reread: Happening = { type: 'gate.overridden', data: { ...decided, reread: true } };
    run([...slower, reread, choose('crhtUrgent', '2')]);
    // 1-4-2-3 is the order: routine has the higher number than urgent, and is slower still.
    expect(refusal([...slower, reread, choose('crhtUrgent', '2')], choose('gp', '3'))).toContain('slower');
  });

  it('L6: withdrawing the quicker choice first is no way round it', () => {
    const withdrawn: Happening = { type: 'route.withdrawn', data: { reason: 'no nurse free' } };
    expect(refusal([...slower, withdrawn], choose('crhtUrgent', '2'))).toContain('slower');
  });

  it('L7: a silent call is not closed on silence', () => {
    const silent: Happening = { type: 'call.adapted', data: { channel: 'phone', manner: 'silent' } };
    const noted: Happening = {
      type: 'safeguarding.recorded',
      data: { about: 'unknown caller', concern: 'notKnown', action: 'Duty manager told.', by: clinician },
    };
    expect(refusal([offered, answered, silent, noted], close('01'))).toContain('Nobody spoke');
    const decided: Happening = {
      type: 'callBack.decided',
      data: { by: clinician, decision: 'Breathing and taps; 999 told, ref 12.' },
    };
    run([offered, answered, silent, noted, decided, close('01')]);
  });
});
