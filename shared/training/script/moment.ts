import { z } from 'zod';
import { answerState, outcomeCode, stage } from '../../events/vocabulary.ts';
import { clock, localId, questionId, routeId } from './values.ts';

/** What can be waited for by the name of what was recorded. Read by `caller/seen.ts`. */
export const recordedNames = [
  'emergency',
  'emergencyReference',
  'emergencyContact',
  'emergencyRefused',
  'emergencyStoodDown',
  'consultRequested',
  'consultDecided',
  'serviceChecked',
  'routeChosen',
  'routeWithdrawn',
  'consent',
  'consentOverridden',
  'plan',
  'planIfWorse',
  'sayBack',
  'safeguarding',
  'note',
  'adapted',
  'handoverSent',
  'handoverAcknowledged',
  'handoverDeclined',
  'handoverChased',
  'task',
  'held',
  'resumed',
  'lineDropped',
  'callBackTried',
  'callBackReached',
  'callBackDecided',
  'closed',
] as const;
export const recordedName = z.enum(recordedNames);
export type RecordedName = z.infer<typeof recordedName>;

const MOMENT_KEYS = 'clock, asked, answer, stage, recorded, route, outcome, said, happened or quiet';

/**
 * One moment of a call, in a small closed vocabulary: there is nothing to compute in a script, and so nothing in it that
 * could run for ever. Exactly one key.
 */
export const moment = z
  .strictObject({
    clock: clock.exactOptional().describe('That much time since the call was answered: clock: 2:00'),
    asked: questionId
      .exactOptional()
      .describe(
        'The question has an answer on record, or was put to the caller. “Could not ask” is not asking.',
      ),
    answer: z
      .strictObject({
        to: questionId,
        is: z.array(answerState).min(1).max(6).describe('One of these answers is on record.'),
      })
      .exactOptional()
      .describe('A question was answered in one of these ways: answer: {to: S3, is: [yes]}'),
    stage: stage.exactOptional().describe('The trainee moved the guide to this stage.'),
    recorded: recordedName.exactOptional().describe('Something of this kind was recorded in the call.'),
    route: routeId.exactOptional().describe('This route was chosen.'),
    outcome: outcomeCode
      .exactOptional()
      .describe('The call was closed with this national outcome. In quotes: "05".'),
    said: localId.exactOptional().describe('This line of the script was said.'),
    happened: localId.exactOptional().describe('This event or inject of the script happened.'),
    quiet: clock
      .exactOptional()
      .describe('Nobody has spoken and nothing was recorded for that long. Not for expectations.'),
  })
  .refine((value) => Object.keys(value).length === 1, `must have exactly one of ${MOMENT_KEYS}`)
  .meta({ id: 'moment', title: 'A moment of the call', minProperties: 1, maxProperties: 1 });
export type Moment = z.infer<typeof moment>;
