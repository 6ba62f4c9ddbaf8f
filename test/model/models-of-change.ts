import * as a from './alphabet.ts';
import * as b from './bounds.ts';
import { type Content } from '../../shared/content/schema.ts';
import { type Model } from './explore.ts';
import { VISITS } from './requirements.ts';

const { say, yesNoUnknown } = a;
const without = (...ids: readonly string[]): a.Move =>
  a.always(
    `safety check without ${ids.join(', ')}`,
    ...a.quiet.filter((item) => item.type !== 'answer.recorded' || !ids.includes(item.data.question)),
  );
const lookedAt = a.together(a.consult.requested, a.consult.decided);
const lostAndClosed = a.together(a.line.dropped, a.line.decided, a.task('followUp'), a.closeAs('01'));
/** Sent; that they took the person is a move of its own, because it is about what was sent. */
const passedOn = a.together(a.pick('otherLine', '3'), a.send('otherLine'), a.sayBack);
const taken = a.reply('acknowledged', 'open');
const toHospital = a.together(
  say('S1', 'yes', { kind: 'taken', when: 'today' }),
  a.pick('aeLiaison', '1'),
  a.send('aeLiaison'),
  a.task('chaseHandover'),
  a.sayBack,
);

/** Fear of somebody at every kind of ending; thoughts of dying together with frightening beliefs at a slow one. */
export const fearAndBoth = (before: readonly a.Move[]): readonly Model[] => [
  {
    name: 'fear',
    about: 'fear of somebody unasked or answered, by whom, the safeguarding step, who passes it (L14)',
    before: [without('S7'), ...before],
    moves: [
      ...yesNoUnknown('S7', 'declined'),
      say('O1', 'given', { who: 'professional' }),
      say('O1', 'given', { who: 'self' }),
      a.safeguarding,
      a.override('L14', 'clinician'),
      ...b.whole(['adviceOnly 3']),
    ],
    probes: [
      ...['02', '98'].map((code) => a.together(lookedAt, a.closeAs(code as '02'))),
      ...b.overridable('L14'),
    ],
  },
  {
    name: 'fear at each ending',
    about: 'fear of somebody at A&E, another line, 999, a lost line, a team, and with no route (L14)',
    before: [without('S7'), ...before],
    moves: [
      ...yesNoUnknown('S7', 'declined'),
      ...b.whole(['careTeam 2']),
      b.once(passedOn),
      taken,
      b.once(toHospital),
      a.where((view) => view.emergency === 'none', a.together(a.emergency.raised, a.emergency.handedOver)),
    ],
    probes: [
      ...['04', '05', '06', '98'].flatMap((code) => [
        a.closeAs(code as '04'),
        a.together(lookedAt, a.closeAs(code as '04')),
      ]),
      lostAndClosed,
    ],
  },
  {
    name: 'both',
    about:
      'thoughts of dying with voices; a consult, a time promised and taken, a chase, before and after (L15)',
    before: [
      without('S3', 'S8'),
      say('S3', 'yes'),
      say('S4a', 'no'),
      say('S4b', 'no'),
      say('S8', 'yes'),
      ...before,
    ],
    moves: [
      say('S3', 'yes'),
      say('S3', 'no'),
      ...yesNoUnknown('S8', 'declined'),
      a.where((view) => view.route !== undefined, lookedAt),
      ...['careTeam 3', 'careTeam 2', 'crisisAlternative 3'].map((name) =>
        a.together(b.chosenOnce(name), a.sayBack),
      ),
      a.sendFor('inTime'),
      a.sendFor('late'),
      a.reply('acknowledged', 'open'),
      a.where((view) => view.chase === 'none', a.task('chaseHandover')),
    ],
    probes: [
      ...['03', '04', '05'].map((code) => a.closeAs(code as '03')),
      lostAndClosed,
      a.together(a.emergency.raised, a.emergency.handedOver, a.closeAs('06')),
    ],
  },
];

/** What a service was looked at for becomes another: by an answer, by a strike, or not at all. */
export const lookedAtAgain = (common: {
  readonly before: readonly a.Move[];
  /** The same where the age is known as a band alone. */
  readonly byBand: readonly a.Move[];
  readonly routes: readonly a.Move[];
}): readonly Model[] => [
  {
    name: 'looked at again, by band',
    about: 'an age that was known as a band becomes another band after every service was looked at (G6)',
    before: common.byBand,
    moves: [
      say('N5', 'given', { ageBand: 'from18to64' }),
      say('N5', 'given', { ageBand: 'from65' }),
      a.service('crhtUrgent'),
      a.service('talkingTherapies'),
    ],
    probes: common.routes,
  },
  {
    name: 'looked at again',
    about: 'place and age changed after every service was looked at; looked at again; who agreed (G6)',
    before: common.before,
    moves: [
      say('O3', 'given', { place: '4 Mill Lane', saidBack: 'yes' }),
      say('O3', 'given', { place: 'Eastmere station' }),
      say('O3', 'declined'),
      say('N5', 'given', { age: '61' }),
      say('N5', 'given', { ageBand: 'from18to64' }),
      say('N5', 'given', { ageBand: 'from65' }),
      a.service('crhtUrgent'),
      a.override('G6', 'host at The Anchor'),
    ],
    probes: common.routes,
  },
  {
    name: 'looked at again, at home',
    about:
      'home, surgery and age changed after every service was looked at; looked at again; who agreed (G6)',
    before: common.before,
    moves: [
      say('N6', 'given', { home: 'Northmoor' }),
      say('N6', 'given', { gp: 'Mill Surgery' }),
      say('N6', 'given', { area: 'no' }),
      say('N5', 'given', { age: '61' }),
      say('N5', 'given', { ageBand: 'from18to64' }),
      say('N5', 'given', { ageBand: 'from65' }),
      a.service('talkingTherapies'),
      a.override('G6', 'host at The Anchor'),
    ],
    probes: common.routes,
  },
  {
    name: 'looked at, and struck',
    about: 'an age struck through after a service was looked at, chosen and handed over (G6)',
    before: common.before,
    moves: [
      b.atDepth(2, say('N5', 'given', { age: '61' })),
      a.strikeOut('N5'),
      a.service('crisisAlternative'),
      a.override('G6', 'host at The Anchor'),
      b.once(a.pick('crisisAlternative', '3')),
    ],
    probes: [...common.routes, a.send('crisisAlternative')],
    depth: 2,
  },
  {
    name: 'another looked at, elsewhere',
    about: 'a place looked at for advice or another line, where no service has to be (L16)',
    before: common.before,
    moves: [
      a.service('adviceOnly'),
      a.service('adviceOnly', {}, 'The Pier'),
      a.service('otherLine'),
      a.service('otherLine', {}, 'The Pier'),
      a.together(b.chosenOnce('adviceOnly 3'), a.sayBack, a.planIfWorse),
      a.together(b.once(passedOn), a.planIfWorse),
      taken,
    ],
    probes: ['02', '04', '98'].map((code) => a.closeAs(code as '02')),
  },
  {
    name: 'another looked at',
    about: 'another service looked at before and after the choice, the hand-over and the line’s loss (L16)',
    before: common.before,
    moves: [
      a.service('crisisAlternative'),
      a.service('crisisAlternative', {}, 'The Pier'),
      a.service('crhtUrgent', {}, 'The Pier'),
      a.pick('crisisAlternative', '3'),
      b.once(
        a.together(
          a.pick('crhtUrgent', '2'),
          a.send('crhtUrgent'),
          a.task('chaseHandover'),
          a.sayBack,
          a.planIfWorse,
        ),
      ),
      a.withdraw,
      a.send('crisisAlternative'),
      a.where((view) => view.chase === 'none', a.task('chaseHandover')),
      a.where((view) => view.saidBack !== 'thisChoice', a.together(a.sayBack, a.planIfWorse)),
    ],
    probes: [
      ...['03', '04', '05'].map((code) => a.closeAs(code as '03')),
      lostAndClosed,
      a.together(a.emergency.raised, a.emergency.handedOver, a.closeAs('06')),
    ],
  },
];

/** What they agreed to have told, after it was told; where a visit would go, and what holds until it. */
export const agreementAndVisits = (common: {
  readonly content: Content;
  /** Answered, a quiet check, an adult, every service fits: nobody asked where they are. */
  readonly before: readonly a.Move[];
  readonly place: a.Move;
  /** Every service looked at: again once the place is known. */
  readonly services: a.Move;
  readonly told: readonly a.Move[];
}): readonly Model[] => [
  {
    name: 'agreement taken back',
    about: 'each hand-over with consent given, taken back, overridden by name before and after (G9)',
    before: [...common.before, common.place, common.services, ...common.told, a.consentIs('agreed')],
    moves: [
      ...common.content.routes
        .filter(({ handOver }) => handOver)
        .map(({ id, urgencies: [code = '3'] }) =>
          b.once(a.together(a.pick(id, code), a.send(id), a.task('chaseHandover'), a.sayBack)),
        ),
      a.reply('acknowledged', 'open'),
      a.consentIs('agreed'),
      a.consentIs('refused'),
      a.consentIs('notAsked'),
      a.consentIs('couldNotAsk'),
      a.consentOverride,
    ],
    probes: a.everyClose,
  },
  {
    name: 'nowhere to come to',
    about:
      'where they are: unasked, not known, told; the word of somebody at the team, before and after (L17)',
    before: common.before,
    moves: [
      common.place,
      say('O3', 'declined'),
      say('O3', 'couldNotAsk'),
      a.override('L17', 'host at The Anchor'),
      a.override('L17', 'clinician'),
    ],
    probes: VISITS.flatMap((id) => ['4', '2'].map((code) => a.pick(id, code as '2'))),
  },
  {
    name: 'until they come',
    about:
      'each route that ends in a visit or an urgent hand-over, with and without what holds until then (L18)',
    before: [...common.before, common.place, common.services, a.planIfWorse, a.consentIs('agreed')],
    moves: [
      ...['crhtVeryUrgent 4', 'crhtUrgent 2', 'childCrisisTeam 2', 'careTeam 2'].map((name) => {
        const [route = '', code = ''] = name.split(' ');
        return b.once(
          a.together(a.pick(route, code as '2'), a.send(route), a.task('chaseHandover'), a.sayBack),
        );
      }),
      a.planUntil,
    ],
    probes: [
      ...a.everyClose,
      lostAndClosed,
      a.together(a.emergency.raised, a.emergency.handedOver, a.closeAs('06')),
    ],
  },
];
