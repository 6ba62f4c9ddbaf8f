import { type Content } from '../../shared/content/schema.ts';
import { NO_ROUTE } from '../../shared/events/vocabulary.ts';
import * as a from './alphabet.ts';
import * as b from './bounds.ts';
import { type Model } from './explore.ts';

interface Common {
  readonly content: Content;
  /** Answered, an adult, every service fits; nothing of the safety check asked. */
  readonly before: readonly a.Move[];
  /** The same with a quiet safety check. */
  readonly ready: readonly a.Move[];
  readonly told: readonly a.Move[];
  readonly routes: readonly a.Move[];
}

/** Harm with nothing else asked, and what was decided by name: on which routes, and about somebody who was lost. */
export const harmAndDecisions = ({ content, before, ready, told, routes }: Common): readonly Model[] => [
  {
    name: 'harm unasked',
    about: 'what happened and danger now, with the rest of the check asked or not (G1, G2, G3)',
    before,
    moves: [
      ...b.s1Classes({
        kind: ['taken', 'injury', 'other', undefined],
        needsCare: ['yes', 'no', undefined],
      }),
      // Details left over from before it was taken back.
      a.say('S1', 'no', { kind: 'taken', needsCare: 'yes' }),
      ...a.yesNoUnknown('S2', 'notKnown'),
      a.always('the rest of the check', ...a.quiet.slice(2)),
    ],
    probes: [...routes, ...a.everyClose],
  },
  {
    name: 'weeks',
    about: 'something terrible that happened, drink today, a consult on this and on another route (L11)',
    before: ready,
    moves: [
      ...['N7', 'S6'].flatMap((id) => a.yesNoUnknown(id, 'declined')),
      a.consult.requested,
      a.decidedOn(['talkingTherapies']),
      a.decidedOn(['gp']),
    ],
    probes: routes,
  },
  {
    name: 'clinician on routes',
    about: 'what a clinician agreed to and ruled out, in turn, with a route and without (G4, L8, L9, L10)',
    before: [...ready, a.say('S4a', 'yes'), a.say('S4b', 'yes'), ...told],
    moves: [
      a.say('S3', 'yes'),
      a.say('S3', 'no'),
      a.consult.requested,
      a.consult.decided,
      a.decidedOn(['gp', 'crhtUrgent']),
      a.decidedOn(['gp'], ['careTeam', NO_ROUTE]),
      a.decidedOn(
        [NO_ROUTE],
        content.routes.map(({ id }) => id),
      ),
      b.once(a.pick('careTeam', '3')),
      a.withdraw,
    ],
    probes: [...routes, ...a.everyClose, ...a.signatures, a.decidedOn([]), a.decidedOn(['gp'], ['gp'])],
  },
  {
    name: 'lost after a choice',
    about: 'each route with the line lost: sent, taken, a task with an owner before and after (G8)',
    before: [...ready, a.consentIs('agreed'), a.line.dropped, a.line.decided],
    moves: [
      ...content.routes.map(({ id, urgencies: [code = '3'] }) => b.chosenOnce(`${id} ${code}`)),
      a.withdraw,
      a.sendChosen,
      a.reply('acknowledged', 'open'),
      a.task('followUp'),
    ],
    probes: a.everyClose,
  },
];
