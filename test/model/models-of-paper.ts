import * as a from './alphabet.ts';
import * as b from './bounds.ts';
import { type Model } from './explore.ts';
import { said } from './view.ts';

const { say } = a;

/** Calls opened again because nobody had the person, and calls entered from paper. */
export const takenUpAndPaper = (before: readonly a.Move[]): readonly Model[] => [
  {
    name: 'from paper',
    about: 'a call from paper or not, marked or not; times on the form, in its shift and outside it',
    before: [],
    moves: [
      a.where((view) => view.paper === undefined, a.offeredBy('paper')),
      a.markPaper,
      a.pickUp,
      a.where((view) => said(view, 'S1') === undefined, say('S1', 'no')),
      a.where((view) => said(view, 'S2') === undefined, say('S2', 'no')),
      a.timeOf('S1', 'inShift'),
      a.timeOf('S2', 'inShift'),
    ],
    probes: [
      ...(['before', 'after', 'future'] as const).map((when) => a.timeOf('S1', when)),
      a.timeOf('', 'inShift'),
      a.closeAs('98'),
    ],
  },
  {
    name: 'taken up again',
    about: 'a call closed while a hand-over waits, was declined or taken; opened again, sent again (G8)',
    before,
    moves: [
      b.once(a.together(a.pick('gp', '3'), a.sayBack)),
      a.where((view) => !view.sent.some((sent) => sent.answer === 'acknowledged'), a.send('gp')),
      a.reply('acknowledged', 'open'),
      a.reply('declined', 'open'),
      a.task('chaseHandover'),
      a.closeAs('04'),
      a.reopen,
    ],
    probes: [a.chase('open'), a.chase('neverSent'), a.emergency.raised, a.line.dropped, ...a.enter],
    afterClose: true,
  },
];
