import { type Channel, type Manner } from '../../../shared/events/vocabulary.ts';

/** How somebody can talk, in the handler's own register. */
export const channelChoices: readonly { readonly value: Channel; readonly title: string }[] = [
  { value: 'phone', title: 'By phone' },
  { value: 'relay', title: 'Relay' },
  { value: 'interpreted', title: 'An interpreter' },
  { value: 'text', title: 'Text' },
];
export const mannerChoices: readonly { readonly value: Manner; readonly title: string }[] = [
  { value: 'open', title: 'Freely' },
  { value: 'yesNo', title: 'Only yes and no' },
  { value: 'silent', title: 'Not at all' },
];

/** For the strip. */
export const channelNotes: Readonly<Record<Exclude<Channel, 'phone'>, string>> = {
  relay: 'Relay',
  interpreted: 'Interpreted',
  text: 'Text',
};
export const mannerNotes: Readonly<Record<Exclude<Manner, 'open'>, string>> = {
  yesNo: 'Yes and no only',
  silent: 'Silent',
};

/** A heading and what to bear in mind; `say` is to be put in the handler's own words. */
export interface Advice {
  readonly title: string;
  readonly lines: readonly string[];
  readonly say?: readonly string[];
}

const PAUSE = 'Nothing in Lantern counts a pause, ends a call or takes silence for an answer.';

export const channelAdvice: Readonly<Record<Exclude<Channel, 'phone'>, Advice>> = {
  relay: {
    title: 'Through relay',
    lines: [
      `Longer pauses are normal: somebody is typing or reading. ${PAUSE}`,
      'The same safety check, one question at a time. Speak to them, not to the relay assistant.',
    ],
  },
  interpreted: {
    title: 'Through an interpreter',
    lines: [
      `Longer pauses are normal: everything is said twice. ${PAUSE}`,
      'The same safety check, in short sentences. Never a child, nor anybody they may be afraid of, as interpreter.',
    ],
  },
  text: {
    title: 'By text',
    lines: [
      `Turns are slow, and a gap is not an answer. ${PAUSE}`,
      'The same safety check, one question to a message. There is no tone of voice: ask how they mean it.',
    ],
  },
};

export const mannerAdvice: Readonly<Record<Exclude<Manner, 'open'>, Advice>> = {
  yesNo: {
    title: 'Only yes and no: somebody may be listening',
    lines: [
      'Put every question so that yes or no is a whole answer.',
      'Agree a word that means stop. If they say “wrong number”, let it be a wrong number.',
      'Do not ring back and leave no message, unless they said that ringing is safe.',
      'Danger now: F9 needs nothing else.',
    ],
    say: [
      'You can answer with just yes or no.',
      'Is somebody there who makes it hard to talk?',
      'Would it be safe for me to ring you, if we lose each other?',
    ],
  },
  silent: {
    title: 'Silent: they may not be able to speak',
    lines: [
      `Stay. There is no time limit. ${PAUSE}`,
      'One tap is yes, two taps are no. No tap is “Could not ask”, never a no.',
      '55 works only on 999, only from a mobile, and not on this line; it does not say where they are. If they cannot do that, ring 999 yourself: F9.',
    ],
    say: [
      'I’m here, and I’m staying. You don’t have to speak.',
      'You can tap: once for yes, twice for no. Can you hear me?',
      'Are you hurt, or have you taken anything?',
      'Are you in danger where you are? Do you want police or an ambulance?',
      'If you can: hang up, ring 999 on a mobile, wait for the voice, then press 55.',
    ],
  },
};

/** Beside a question, while somebody cannot talk freely. */
export const yesNoHints = {
  yesNo: 'Say it as yes or no: they need not say more.',
  value: 'Say it as yes or no: offer each answer in turn.',
} as const;
export const silentHint = 'One tap is yes, two taps are no. No answer is “Could not ask”, not a no.';
