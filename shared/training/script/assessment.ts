import { z } from 'zod';
import { outcomeCode, urgencyCode } from '../../events/vocabulary.ts';
import { moment } from './moment.ts';
import { clock, label, localId, MOST, questionId, routeId, sentence } from './values.ts';

export const ending = z
  .strictObject({
    id: localId,
    route: routeId
      .exactOptional()
      .describe(
        'The route the call ends with. Without it: the call ends without a route, such as a lost caller.',
      ),
    urgency: urgencyCode
      .exactOptional()
      .describe('How soon, by the national code, in quotes. Without it: any the route offers.'),
    outcome: outcomeCode.describe('The national outcome the call is closed with, in quotes: "05".'),
    emergency: z
      .boolean()
      .exactOptional()
      .describe('true: emergency services were told and gave a reference.'),
    because: sentence.describe('Why this ending is right here. Shown in the debrief.'),
  })
  .meta({ id: 'ending', title: 'An ending' });
export type Ending = z.infer<typeof ending>;

export const endings = z
  .strictObject({
    expected: z.array(ending).min(1).max(5).describe('What a careful handler would most likely do.'),
    acceptable: z.array(ending).max(10).exactOptional().describe('What is right as well.'),
  })
  .meta({ id: 'endings', title: 'Endings' });

export const expectation = z
  .strictObject({
    id: localId,
    expect: sentence.describe('In words for the debrief: “Ask where she is before two minutes”.'),
    moment: moment.describe('What has to happen.'),
    by: clock.exactOptional().describe('At the latest at this time of the call.'),
    notBefore: clock.exactOptional().describe('Not earlier than this time of the call.'),
    after: moment.exactOptional().describe('Only counts after this.'),
    within: clock.exactOptional().describe('With after: not later than that long after it.'),
    before: moment.exactOptional().describe('Has to happen before this does.'),
    critical: z
      .boolean()
      .exactOptional()
      .describe('true: a run without a person reports it as missed by its exit status.'),
  })
  .refine((value) => value.within === undefined || value.after !== undefined, {
    path: ['within'],
    error: 'needs after: within what of what',
  })
  .meta({ id: 'expectation', title: 'An expectation' });
export type Expectation = z.infer<typeof expectation>;

export const criticalFail = z
  .strictObject({
    id: localId,
    what: sentence.describe('In words for the debrief: “Closed without telling anybody she is thirteen”.'),
    seen: moment.exactOptional().describe('It is seen when this happens.'),
    unless: moment.exactOptional().describe('With seen: not when this had happened before.'),
    missing: moment.exactOptional().describe('It is seen when this never happened.'),
  })
  .refine(
    (value) => (value.seen === undefined) !== (value.missing === undefined),
    'must have seen or missing, and not both',
  )
  .meta({ id: 'criticalFail', title: 'A critical fail' });
export type CriticalFail = z.infer<typeof criticalFail>;

export const rubricItem = z
  .strictObject({
    id: localId,
    title: label,
    look: sentence.describe('What the marker listens for.'),
    question: questionId.exactOptional().describe('If it belongs to one question.'),
    steps: z
      .array(sentence)
      .min(2)
      .max(5)
      .describe(
        'Described steps, from the least to the most. A marker takes one of them, or “not assessed”.',
      ),
  })
  .meta({ id: 'rubricItem', title: 'A rubric item' });
export type RubricItem = z.infer<typeof rubricItem>;

export const expectations = z.array(expectation).min(1).max(MOST);
export const criticalFails = z.array(criticalFail).max(MOST);
export const rubric = z.array(rubricItem).min(1).max(20);
