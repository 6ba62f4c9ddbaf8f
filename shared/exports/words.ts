import { type AnswerState, type Channel, type Stage, type UrgencyCode } from '../events/vocabulary.ts';
import { isolated } from '../typed.ts';
import { dayAndTime } from './london.ts';

/** The words of answers, sources and responses, the same on screen, on paper and in every export. */

export const answerTitles: Readonly<Record<AnswerState, string>> = {
  yes: 'Yes',
  no: 'No',
  given: 'Given',
  notKnown: 'Not known',
  declined: 'Declined',
  couldNotAsk: 'Could not ask',
};
export const answerTitle = (state: AnswerState): string => answerTitles[state];

/** Nobody put the question. It is not an answer, and least of all a no. */
export const NOT_ASKED = 'Not asked';

/** The stages of the guide, as the handler and the record call them. */
export const stageTitles: Readonly<Record<Stage, string>> = {
  opening: 'Opening',
  safetyCheck: 'Safety check',
  needs: 'Needs',
  options: 'Options',
  agree: 'Agree',
  handOver: 'Hand over',
  close: 'Close',
};

export const channelTitles: Readonly<Record<Channel, string>> = {
  phone: 'phone',
  relay: 'relay',
  interpreted: 'interpreted',
  text: 'text',
};

/** MHSDS response priority: how soon somebody responds, never a property of the person. */
export const urgencyTitles: Readonly<Record<UrgencyCode, string>> = {
  '1': 'Emergency',
  '4': 'Very urgent',
  '2': 'Urgent',
  '3': 'Routine',
};

export type SaidBy = 'person' | 'caller' | 'professional' | 'handler';
export const saidByTitles: Readonly<Record<SaidBy, string>> = {
  person: 'said by them',
  caller: 'reported by the caller',
  professional: 'reported by a professional',
  handler: 'what I heard or saw',
};

export const consentTitles = {
  agreed: 'Agreed to share',
  refused: 'Refused',
  notAsked: 'Not asked',
  couldNotAsk: 'Could not ask',
} as const;

/** How somebody was told. None of these means that they have the person. */
export const handoverHow = {
  spoken: 'spoken, in this call',
  phone: 'by phone',
  print: 'printed',
  file: 'as a file',
  endpoint: 'by secure message',
} as const;

/** What came of ringing back. */
export const callBackTitles = {
  noAnswer: 'No answer',
  engaged: 'Engaged',
  voicemail: 'Voicemail',
  wrongPerson: 'Wrong person',
  notSafeToRing: 'Not safe to ring',
} as const;
/** Through which door an answer came, and when they said it: none when somebody here was told it. */
export const throughText = (
  through: { readonly via: 'system' | 'page'; readonly at: number } | undefined,
): string =>
  through === undefined
    ? ''
    : ` · ${through.via === 'system' ? 'answered by their system' : 'answered on the hub’s page'}, ${dayAndTime(through.at)}`;

export const printedWhat = {
  card: 'hand-over card',
  record: 'the whole record',
  letter: 'letter to the GP',
  fhir: 'FHIR file of the hand-over',
} as const;
export const printedHow = {
  dialogue: 'the print dialogue was opened',
  printer: 'sent to a printer',
  pdf: 'kept as a PDF',
  file: 'kept as a file',
} as const;

export const groundTitles = {
  danger: 'danger',
  capacity: 'capacity to decide',
  child: 'a child’s safety',
  crime: 'serious crime',
} as const;

/** Somebody's own words among others: whatever direction they are written in, their neighbours keep their places. */
export const quoted = (words: string): string => `“${isolated(words)}”`;
