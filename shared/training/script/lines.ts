import { z } from 'zod';
import { moment } from './moment.ts';
import { clock, localId, MOST, questionId, sentence } from './values.ts';

const say = sentence.describe('The words. They are always shown, and may be spoken by the computer as well.');
const orSay = z
  .array(sentence)
  .max(5)
  .exactOptional()
  .describe(
    'Other wordings of the same. One of them all is taken, the same one whenever the run number is the same.',
  );
const reveals = z
  .array(localId)
  .max(MOST)
  .exactOptional()
  .describe('Facts of the ledger that are known once this was said.');
const when = moment.exactOptional();
const delay = clock.exactOptional().describe('How long after that moment.');
const unless = moment.exactOptional().describe('Not if this has happened already.');

const spoken = { id: localId, say, orSay, reveals };

/** Asked by a question of the content, or in the trainee's own way: then the trainer confirms that it was asked. */
const askedBy = {
  question: questionId.exactOptional(),
  intent: sentence
    .exactOptional()
    .describe(
      'What has to be asked, in your words. The trainer confirms it with one key: “asks who has a key”.',
    ),
};
const oneOfBoth = 'must have a question or an intent, and not both';
const hasOne = (line: { question?: string; intent?: string }): boolean =>
  (line.question === undefined) !== (line.intent === undefined);

export const unaskedLine = z
  .strictObject({
    ...spoken,
    when: when.describe('The moment. Without it: as soon as the call is answered, in the order of the list.'),
    delay,
    unless,
  })
  .meta({ id: 'unaskedLine', title: 'Said unasked' });

export const askedLine = z
  .strictObject({
    ...spoken,
    ...askedBy,
    needs: z
      .array(moment)
      .max(5)
      .exactOptional()
      .describe('Only after all of these have happened; before that, another line fits or none.'),
    unless,
  })
  .refine(hasOne, oneOfBoth)
  .meta({ id: 'askedLine', title: 'Said only if asked' });
export type AskedLine = z.infer<typeof askedLine>;

export const rushedLine = z
  .strictObject({
    ...spoken,
    question: questionId
      .exactOptional()
      .describe('Said instead when this question is rushed. Without it: when any question is.'),
  })
  .meta({ id: 'rushedLine', title: 'Said if rushed' });

export const voices = ['clinician', 'receiver', 'control', 'thirdPerson'] as const;

export const voiceLine = z
  .strictObject({
    id: localId,
    who: z
      .enum(voices)
      .describe(
        'clinician: whom the trainee consults. receiver: the service they hand over to. control: ambulance or police. thirdPerson: somebody beside the caller.',
      ),
    name: sentence.exactOptional().describe('An invented name and post.'),
    say,
    orSay,
    reveals,
    when: moment.exactOptional().describe('The moment. Without it: only when the trainer picks it.'),
    delay,
    unless,
  })
  .meta({ id: 'voiceLine', title: 'Another voice' });
