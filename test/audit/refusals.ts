/** Pairs that the machine refuses as they stand. */
export interface Refusal {
  readonly callers: readonly string[];
  readonly endings: readonly string[];
  /** Part of the sentence the handler is given. */
  readonly says: string;
  /** Why it is right that the pair does not simply happen: the rule of domain.md. */
  readonly because: string;
}

const GROWN = ['self', 'someoneElse', 'professional', 'relay', 'interpreted', 'text', 'overheard', 'repeat'];
const YOUNG = ['age11', 'age14', 'age17'];
const SERVICES = ['crhtVeryUrgent', 'crhtUrgent', 'childCrisisTeam', 'crisisAlternative', 'talkingTherapies'];
const WAITING = ['careTeam', 'gp', 'other', 'adviceOnly'];

const FITS = 'not all known to fit this service';
const HARM = 'Something taken, an injury that may need care, or danger now';
const SHARE = 'They have not agreed to share this';

/** The first that names a pair is the one. With every decision by name, all of them open (the test shows it). */
export const refusals: readonly Refusal[] = [
  {
    callers: GROWN,
    endings: ['childCrisisTeam'],
    says: FITS,
    because:
      'The children’s team takes nobody over 18 (4.1, 10.4): only their own word by name says otherwise.',
  },
  {
    callers: ['age11', 'age14'],
    endings: ['talkingTherapies'],
    says: FITS,
    because: 'Talking Therapies is for adults by the local rule, 16 at the youngest (4.4).',
  },
  {
    callers: YOUNG,
    endings: ['crhtVeryUrgent', 'crhtUrgent'],
    says: FITS,
    because: 'The adult team is not for them: the children’s team is, all day and night (1.6, 4.1).',
  },
  {
    callers: ['professional'],
    endings: ['talkingTherapies'],
    says: 'A wait of weeks is not enough by itself',
    because:
      'The short form asks neither about drink nor about what happened to them, so a clinician looks first (L11).',
  },
  {
    callers: ['silent'],
    endings: ['aeLiaison'],
    says: SHARE,
    because:
      'Somebody who does not speak agreed to nothing: it is overridden by name, or it is 999 (1.8, G9).',
  },
  {
    callers: ['silent', 'physical'],
    endings: [...SERVICES, ...WAITING, 'otherLine', 'noRoute'],
    says: HARM,
    because: 'Danger that is there, or that nobody could rule out, is 999’s or A&E’s first (2.2, G3).',
  },
  {
    callers: ['givesNothing'],
    endings: SERVICES,
    says: FITS,
    because:
      'Without age and place nobody knows whether a service takes them (G6); they did not ask for one.',
  },
  {
    callers: ['givesNothing'],
    endings: ['aeLiaison', 'careTeam', 'gp', 'otherLine', 'other'],
    says: SHARE,
    because:
      'A no to a referral is respected unless danger, capacity, a child or crime overrides it by name (1.8, G9).',
  },
  {
    callers: ['outOfArea'],
    endings: SERVICES,
    says: FITS,
    because:
      'Help to their door is from where they are now: a warm transfer to the line there (5.4, vignette 21).',
  },
];

export const refusalOf = (caller: string, ending: string): Refusal | undefined =>
  refusals.find((item) => item.callers.includes(caller) && item.endings.includes(ending));
