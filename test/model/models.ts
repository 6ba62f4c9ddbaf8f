import { type Content } from '../../shared/content/schema.ts';
import * as a from './alphabet.ts';
import * as b from './bounds.ts';
import { type Model } from './explore.ts';
import { harmAndDecisions } from './models-of-decisions.ts';
import { agreementAndVisits, fearAndBoth, lookedAtAgain } from './models-of-change.ts';
import { takenUpAndPaper } from './models-of-paper.ts';
import { SERVICES } from './requirements.ts';

const { say, yesNoUnknown } = a;

/** The b.whole, in parts that each hold everything some of the doors turn on. README.md says why that is sound. */
export function modelsOf(content: Content): readonly Model[] {
  const quiet = a.always('safety check, all no', ...a.quiet);
  const services = a.always('every service fits', ...a.allFit(content));
  const answered = a.pickUp;
  const place = say('O3', 'given', { place: '4 Mill Lane' });
  const band = say('N5', 'given', { ageBand: 'from18to64' });
  const ready = [answered, quiet, a.adult, place, services];
  const told = [a.sayBack, a.planIfWorse, a.planUntil];
  const routes = a.everyRoute(content);
  const closers = a.everyClose;
  const heard = ['K1', 'K2', 'K3'].map((id) => say(id, 'yes'));
  const consults = [a.consult.requested, a.consult.decided];
  const lookedAt = a.together(...consults);
  /** A close without a route, straight after a clinician looked: what else keeps it shut? */
  const lookedAndClosed = a.together(...consults, a.closeAs('98'));

  return [
    ...fearAndBoth([answered, a.adult, place, services, a.consentIs('agreed'), ...told]),
    ...lookedAtAgain({
      before: [...ready, a.consentIs('agreed'), a.planUntil],
      byBand: [answered, quiet, band, place, services, a.consentIs('agreed')],
      routes,
    }),
    ...agreementAndVisits({ content, before: [answered, quiet, a.adult, services], place, services, told }),
    ...takenUpAndPaper([...ready, a.consentIs('agreed'), ...told]),
    ...harmAndDecisions({ content, before: [answered, a.adult, services, ...told], ready, told, routes }),
    {
      name: 'regions',
      about: 'every value of every region together, with one route and the closed call',
      before: [quiet, a.adult, a.sayBack, a.planIfWorse],
      moves: [
        answered,
        ...a.enter,
        b.once(a.together(a.pick('adviceOnly', '3'), a.sayBack)),
        ...Object.values(a.emergency),
        ...Object.values(a.line).filter((move) => move !== a.line.decided),
        a.where((view) => view.lost, a.line.decided),
        ...consults,
        a.safeguarding,
        a.where((view) => !view.safeguarding, a.child),
        ...['01', '02', '06', '98'].map((code) => a.closeAs(code as '01')),
      ],
      probes: [],
      afterClose: true,
    },
    {
      name: 'after the reference',
      about:
        'an emergency that was taken, somebody with them or somebody who asks; a stop of the desk (L12, L13)',
      before: [quiet, a.adult, a.sayBack, a.planIfWorse, lookedAt],
      moves: [
        answered,
        a.emergency.raised,
        a.taken,
        a.emergency.stoodDown,
        ...Object.values(a.contact),
        a.task('followUp'),
        a.stop,
        a.stillThere,
        a.line.held,
        a.line.resumed,
        a.line.dropped,
        a.line.reached,
        a.line.decided,
        a.closeAs('01'),
        a.closeAs('06'),
        a.closeAs('98'),
      ],
      probes: [],
      afterClose: true,
    },
    {
      name: 'stages',
      about: 'the guide and the closed call, an emergency, a line (G2)',
      before: [quiet, a.adult, a.planIfWorse, lookedAt],
      moves: [
        answered,
        ...a.enter,
        b.once(a.together(a.pick('adviceOnly', '3'), a.sayBack)),
        a.emergency.raised,
        a.emergency.stoodDown,
        a.line.held,
        a.line.dropped,
        a.line.decided,
        a.closeAs('01'),
        a.closeAs('02'),
      ],
      probes: [a.withdraw],
      afterClose: true,
    },
    {
      name: 'safety check',
      about: 'each question of the check unasked or answered, for every route (G1)',
      before: [answered, a.adult, place, services, say('N7', 'no'), ...told],
      moves: [
        say('S1', 'no'),
        say('S2', 'no'),
        ...yesNoUnknown('S3', 'declined'),
        ...['S4a', 'S4b', 'S5', 'S6', 'S7', 'S8'].map((id) => say(id, 'no')),
      ],
      probes: [...routes, lookedAndClosed, a.pick('gp', '1'), a.pick('crhtUrgent', '3')],
    },
    {
      name: 'harm',
      about: 'what happened (kind, care), danger now, emergency, a decision before and after (G3)',
      before: [...ready, ...told],
      moves: [
        ...b.s1Classes({
          kind: ['taken', 'injury', undefined],
          needsCare: ['yes', 'no', 'notKnown', undefined],
        }),
        ...yesNoUnknown('S2', 'notKnown'),
        a.emergency.raised,
        a.emergency.handedOver,
        a.emergency.stoodDown,
        ...b.agreed('G3'),
      ],
      probes: [...routes, lookedAndClosed, ...content.gates.flatMap((gate) => b.overridable(gate.id))],
    },
    {
      name: 'recent harm',
      about: 'what happened (kind, when), a decision before and after (G7)',
      before: ready,
      moves: [
        ...b.s1Classes({
          kind: ['injury'],
          needsCare: ['no'],
          when: ['today', 'week', 'earlier', undefined],
        }),
        // Neither yes nor no, with details that would do beside a yes.
        say('S1', 'given', { kind: 'injury', needsCare: 'no', when: 'earlier' }),
        ...b.agreed('G7'),
      ],
      probes: routes,
    },
    {
      name: 'intent',
      about: 'thoughts, means, today, a consult before and after, and who may give it (G4)',
      before: [...ready, ...told],
      moves: [...['S3', 'S4a', 'S4b'].flatMap((id) => yesNoUnknown(id, 'declined')), ...consults],
      probes: [...routes, ...closers, ...a.signatures],
    },
    ...SERVICES.map((route): Model => ({
      name: `service ${route}`,
      about: 'each fit of one service, beside another’s; who agreed, before and after (G6)',
      // Where they are is known, or no visit could be chosen whatever fits (L17).
      before: [answered, quiet, a.adult, place],
      moves: [
        a.service(route),
        ...(['age', 'area', 'hours', 'medical'] as const).flatMap((fit) => [
          a.service(route, { [fit]: 'no' }),
          a.service(route, { [fit]: 'notKnown' }),
        ]),
        a.service(route === 'crhtUrgent' ? 'crisisAlternative' : 'crhtUrgent'),
        a.service(route === 'crhtUrgent' ? 'crisisAlternative' : 'crhtUrgent', { hours: 'no' }),
        ...b.agreed('G6'),
      ],
      probes: routes,
    })),
    {
      name: 'waiting',
      about: 'thoughts of dying, voices, a consult before and after (L9), and no route at all (L8)',
      before: [...ready, say('S4a', 'no'), say('S4b', 'no'), ...told],
      moves: [
        ...yesNoUnknown('S3', 'declined'),
        ...yesNoUnknown('S8', 'declined'),
        say('S1', 'no'),
        ...consults,
        b.once(a.pick('crhtVeryUrgent', '4')),
        a.withdraw,
      ],
      probes: [...routes, ...closers],
    },
    {
      name: 'children',
      about: 'age in years or bands, children at the scene, the safeguarding step (G5)',
      before: [
        answered,
        a.always('the rest of the check', ...a.quiet.filter((_, at) => at !== 3)),
        ...heard,
        ...told,
        lookedAt,
      ],
      moves: [
        ...b.ages,
        say('S5', 'no'),
        say('S5', 'couldNotAsk'),
        say('S5', 'yes'),
        ...['yes', 'no', 'notKnown'].map((children) => say('S5', 'yes', { children })),
        a.strikeOut('N5'),
        a.safeguarding,
        a.closeAs('98'),
      ],
      probes: [...closers, lookedAndClosed],
      afterClose: true,
    },
    {
      name: 'children heard',
      about: 'age, and what a child is told and asked: secrets, an adult, whether they can decide (G5)',
      before: [answered, quiet, ...told, lookedAt],
      moves: [...b.ages, ...['K1', 'K2', 'K3'].map((id) => say(id, 'couldNotAsk')), a.safeguarding],
      probes: [a.closeAs('98')],
    },
    {
      name: 'child endings',
      about: 'a child, what they are told and asked, and each outcome (G5)',
      before: [answered, quiet, place, a.child, services, a.safeguarding, ...told, a.consentIs('agreed')],
      moves: [
        ...['K1', 'K2', 'K3'].map((id) => say(id, 'couldNotAsk')),
        ...b.whole(['adviceOnly 3', 'careTeam 2', 'other 3']),
        a.line.dropped,
        a.line.decided,
      ],
      probes: closers,
    },
    {
      name: 'short form',
      about: 'the professional’s short form, and passing on to another line (G1)',
      before: [answered, a.adult, services, ...['S3', 'S5', 'S8', 'N7'].map((id) => say(id, 'no')), ...told],
      moves: [
        say('O1', 'given', { who: 'professional' }),
        say('O1', 'given', { who: 'self' }),
        say('O1', 'given', { who: 'someoneElse' }),
        say('O1', 'declined'),
        a.where((view) => view.answers['O3'] === undefined, a.together(place, services)),
        a.emergency.raised,
        a.emergency.handedOver,
        a.override('G3', 'clinician'),
        say('S1', 'no'),
        say('S2', 'no'),
        say('S6', 'no'),
        say('S7', 'no'),
      ],
      probes: [...routes, lookedAndClosed],
    },
    {
      name: 'slower',
      about:
        'every route after every other, withdrawn or not; a decision to go slower, before and after (L6)',
      before: ready,
      moves: [
        ...['aeLiaison 1', 'crhtVeryUrgent 4', 'crhtUrgent 2', 'gp 3', 'otherLine 3'].map((name) => {
          const [route = '', urgency = ''] = name.split(' ');
          return a.pick(route, urgency as '3');
        }),
        a.withdraw,
        ...b.overridable('L6'),
      ],
      probes: routes,
    },
    {
      name: 'silence',
      about: 'a caller who does not speak, or stops; lost or not; who decided; emergency (L1, L2, L7)',
      before: [quiet, a.adult, a.planIfWorse, lookedAt],
      moves: [
        answered,
        a.speaks('silent'),
        a.speaks('yesNo'),
        a.line.dropped,
        a.line.reached,
        a.line.decided,
        ...Object.values(a.emergency),
        a.sayBack,
      ],
      probes: [...closers, ...a.signatures],
    },
    {
      name: 'unknowns',
      about: 'each unknown in the check, a consult before and after, endings fast and slow (G1)',
      before: [...ready, say('S4a', 'no'), say('S4b', 'no'), ...told, a.consentIs('agreed')],
      moves: [
        ...['S1', 'S2', 'S3', 'S4a', 'S4b', 'S5', 'S6', 'S7', 'S8'].flatMap((id) => [
          b.atMost(1, a.together(say(id, 'couldNotAsk'), ...(b.signedFor[id] ?? []))),
          a.where((view) => view.answers[id]?.at(-1)?.state === 'couldNotAsk', say(id, 'no')),
        ]),
        ...consults,
        ...b.whole(['adviceOnly 3', 'careTeam 3', 'careTeam 2', 'other 3']),
      ],
      probes: closers,
    },
    {
      name: 'consent',
      about: 'each state of consent, an override before and after, each route handed over (G9)',
      before: ready,
      moves: [
        a.consentIs('agreed'),
        a.consentIs('refused'),
        a.consentIs('notAsked'),
        a.consentIs('couldNotAsk'),
        a.consentOverride,
        a.pick('crisisAlternative', '3'),
        a.pick('adviceOnly', '3'),
        a.withdraw,
        a.send('crisisAlternative'),
      ],
      probes: [a.send('gp'), a.send('adviceOnly'), ...a.signatures],
    },
    {
      name: 'custody',
      about: 'hand-overs sent, acknowledged, declined, of this choice and earlier; tasks (G8)',
      before: [...ready, a.consentIs('agreed'), ...told],
      moves: [
        ...['crisisAlternative', 'gp', 'talkingTherapies'].map((route) =>
          a.together(a.pick(route, '3'), a.sayBack),
        ),
        a.withdraw,
        ...['crisisAlternative', 'gp'].map((route) =>
          a.where((view) => !view.sent.some((sent) => !sent.current), a.send(route)),
        ),
        a.reply('acknowledged', 'open'),
        a.reply('declined', 'open'),
        // Taken, and then rung back about: they cannot come.
        a.reply('declined', 'taken'),
        a.task('chaseHandover'),
      ],
      probes: [
        ...closers,
        a.reopen,
        a.chase('open'),
        a.chase('neverSent'),
        a.reply('acknowledged', 'taken'),
        a.reply('acknowledged', 'refused'),
        a.reply('declined', 'refused'),
        a.reply('acknowledged', 'neverSent'),
        a.reply('declined', 'neverSent'),
      ],
    },
    {
      name: 'endings',
      about: 'every route and urgency with every outcome: said back, if it gets worse, sent, taken, chased',
      before: [...ready, a.consentIs('agreed'), a.planUntil],
      moves: [
        ...content.routes.flatMap(({ id, urgencies }) =>
          urgencies.map((code) => b.chosenOnce(`${id} ${code}`)),
        ),
        a.withdraw,
        a.sayBack,
        a.planIfWorse,
        a.sendChosen,
        a.reply('acknowledged', 'open'),
        a.task('followUp'),
        a.task('chaseHandover'),
        ...closers,
      ],
      probes: [],
    },
    {
      name: 'cut short',
      about: 'a line lost or an emergency handed over after a route was chosen, with every outcome',
      before: [...ready, a.consentIs('agreed'), a.planUntil],
      moves: [
        ...['crhtUrgent 2', 'adviceOnly 3', 'other 3', 'otherLine 3', 'emergency999 1'].map(b.chosenOnce),
        a.sayBack,
        a.planIfWorse,
        a.sendChosen,
        a.task('chaseHandover'),
        a.task('callBack'),
        a.emergency.raised,
        a.emergency.handedOver,
        a.line.dropped,
        a.line.decided,
        ...closers,
      ],
      probes: [],
    },
    {
      name: 'second thoughts',
      about: 'answers changed and struck through after a decision and after a route was chosen',
      before: [...ready, a.consentIs('agreed'), ...told],
      moves: [
        b.atDepth(2, say('S1', 'no')),
        b.atDepth(2, say('S1', 'yes', { kind: 'taken', when: 'today' })),
        a.strikeOut('S1'),
        a.override('G3', 'clinician'),
        a.together(a.pick('adviceOnly', '3'), a.sayBack),
        a.together(a.pick('crisisAlternative', '3'), a.sayBack),
        a.withdraw,
        a.send('crisisAlternative'),
        a.service('crisisAlternative', { hours: 'no' }),
      ],
      probes: [...routes, ...closers, lookedAndClosed],
      depth: 2,
    },
  ];
}
