import { type Happening } from '../../shared/events/event.ts';
import { type Channel, type Manner } from '../../shared/events/vocabulary.ts';
import { answer, clinician } from '../support/call-builder.ts';

type Fit = 'yes' | 'no' | 'notKnown';

/** One kind of caller, or one way of talking, of the issue and of domain.md 1. */
export interface Caller {
  readonly id: string;
  readonly title: string;
  /** Where domain.md says what they need. */
  readonly source: string;
  readonly channel: Channel;
  readonly manner?: Manner;
  /** Recorded first: who they are, where, how they talk. */
  readonly opening: readonly Happening[];
  /** The safety check, and what else is learnt before anything is chosen. */
  readonly known: readonly Happening[];
  /** How a service fits them, where it is not a plain yes. */
  readonly fits?: (route: string) => Partial<Record<'age' | 'area' | 'hours' | 'medical', Fit>>;
  readonly consent: 'agreed' | 'refused' | 'couldNotAsk';
  /** What their kind of call owes before it closes. */
  readonly owed: readonly Happening[];
}

export const CHECK = ['S1', 'S2', 'S3', 'S5', 'S6', 'S7', 'S8'] as const;

const no = CHECK.map((id) => answer(id, 'no'));
const adult = answer('N5', 'given', { name: 'Robin', age: '34' });
const place = answer('O3', 'given', { place: '4 Mill Lane, Wexcombe', saidBack: 'yes' });
const self = answer('O1', 'given', { who: 'self' });
const untroubled = answer('N7', 'no');

export const safeguarded: Happening = {
  type: 'safeguarding.recorded',
  data: { about: 'the person', concern: 'notKnown', action: 'Duty team told.', by: clinician },
};
const note = (text: string): Happening => ({ type: 'note.added', data: { text } });

const grown = {
  channel: 'phone',
  opening: [self, place],
  known: [...no, adult, untroubled],
  consent: 'agreed',
  owed: [],
} as const satisfies Partial<Caller>;

function young(age: string, title: string, source: string): Caller {
  const heard = [answer('K1', 'yes'), answer('K2', 'given', { who: 'Their aunt' }), answer('K3', 'yes')];
  const takesThem = (route: string): boolean =>
    ['childCrisisTeam', 'crisisAlternative'].includes(route) ||
    (Number(age) >= 16 && route === 'talkingTherapies');
  return {
    ...grown,
    id: `age${age}`,
    title,
    source,
    known: [...no, answer('N5', 'given', { name: 'Sky', age }), untroubled, ...heard],
    fits: (route) => (takesThem(route) ? {} : { age: 'no' }),
    owed: [safeguarded],
  };
}

const notForAdults = (route: string): { age?: Fit } => (route === 'childCrisisTeam' ? { age: 'no' } : {});

export const callers: readonly Caller[] = [
  { ...grown, id: 'self', title: 'An adult, about themself', source: '1.1', fits: notForAdults },
  {
    ...grown,
    id: 'someoneElse',
    title: 'Somebody worried about another, perhaps far away',
    source: '1.5, 1.8',
    opening: [answer('O1', 'given', { who: 'someoneElse', relation: 'daughter' }), answer('T1', 'no'), place],
    fits: notForAdults,
  },
  {
    ...grown,
    id: 'professional',
    title: 'A professional: the short form',
    source: '1.2',
    opening: [answer('O1', 'given', { who: 'professional' }), answer('P1', 'given', { name: 'Bea' }), place],
    known: [...['S1', 'S2', 'S3', 'S5', 'S8'].map((id) => answer(id, 'no')), adult],
    fits: notForAdults,
  },
  young('11', 'A child under 13', '1.6, G5'),
  young('14', 'A child of 13 to 15', '1.6, G5'),
  young('17', 'A young person of 16 or 17', '1.6, 4.4, G5'),
  { ...grown, id: 'relay', title: 'Through Relay UK', source: '1.7', channel: 'relay', fits: notForAdults },
  {
    ...grown,
    id: 'interpreted',
    title: 'Through an interpreter',
    source: '1.7',
    channel: 'interpreted',
    fits: notForAdults,
  },
  { ...grown, id: 'text', title: 'By text', source: '1.7, H13', channel: 'text', fits: notForAdults },
  {
    ...grown,
    id: 'silent',
    title: 'Nobody speaks',
    source: '1.5',
    manner: 'silent',
    opening: [],
    known: [...CHECK, 'S4a', 'S4b', 'O3', 'N5'].map((id) => answer(id, 'couldNotAsk')),
    fits: () => ({ age: 'notKnown', area: 'notKnown' }),
    consent: 'couldNotAsk',
    owed: [safeguarded],
  },
  {
    ...grown,
    id: 'overheard',
    title: 'Overheard: only yes and no',
    source: '1.8, H21, vignette 17',
    manner: 'yesNo',
    opening: [self, answer('O4', 'no'), place],
    known: [...no.slice(0, 5), answer('S7', 'yes'), answer('S8', 'no'), adult, untroubled],
    fits: notForAdults,
    owed: [safeguarded],
  },
  {
    ...grown,
    id: 'givesNothing',
    title: 'Gives no name, place or number, and wants no referral',
    source: 'vignette 25',
    opening: [self, answer('O2', 'declined'), answer('O3', 'declined')],
    known: [...no, answer('N5', 'declined'), untroubled],
    fits: () => ({ age: 'notKnown', area: 'notKnown' }),
    consent: 'refused',
    owed: [safeguarded],
  },
  {
    ...grown,
    id: 'repeat',
    title: 'Has rung before today: the full check again',
    source: '1.5, vignette 24',
    opening: [self, place, note('Fourth call today.')],
    fits: notForAdults,
  },
  {
    ...grown,
    id: 'outOfArea',
    title: 'Is somewhere this line does not serve',
    source: '4.5, 5.4, vignette 21',
    opening: [self, answer('O3', 'given', { place: 'Cardiff, Wood Street', saidBack: 'yes' })],
    known: [...no, adult, untroubled, answer('N6', 'given', { area: 'no' })],
    fits: (route) => ({ area: 'no', ...notForAdults(route) }),
  },
  {
    ...grown,
    id: 'physical',
    title: 'A physical emergency inside the call',
    source: '1.2, 2.2, H27',
    known: [answer('S1', 'no'), answer('S2', 'yes', {}, 'My chest.'), ...no.slice(2), adult, untroubled],
    fits: (route) => ({ medical: 'no', ...notForAdults(route) }),
  },
];
