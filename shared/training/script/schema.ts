import { z } from 'zod';
import { criticalFails, endings, expectations, rubric } from './assessment.ts';
import { callerSheet, facts, localServices } from './caller-sheet.ts';
import { inject, timedEvent } from './happenings.ts';
import { askedLine, rushedLine, unaskedLine, voiceLine } from './lines.ts';
import { label, localId, MOST, paragraph, questionId, sentence } from './values.ts';

export const FORMAT = 'lantern-training-1';

/**
 * A PRACTICE CALL as a trainer writes it. Unknown keys are refused. The descriptions are the reference page's text
 * (`reference.ts`), so that the two cannot differ. What has to hold between the parts is `lint.ts`.
 */
export const trainingScript = z
  .strictObject({
    format: z.literal(FORMAT).describe(`Always ${FORMAT}.`),
    id: localId.describe('A short name for files and lists: letters and digits, begins with a letter.'),
    title: label,
    summary: sentence.describe('What a trainer sees before choosing it.'),
    contentWarning: paragraph.describe(
      'What it touches on, so that nobody meets it unprepared. Shown before the call.',
    ),
    stopWord: label
      .exactOptional()
      .describe('Said by anybody, the practice ends at once. Without it: “stop the practice”.'),
    learningGoals: z
      .array(sentence)
      .min(1)
      .max(10)
      .describe('What the trainee should be able to do afterwards.'),
    directQuestion: questionId
      .exactOptional()
      .describe(
        'The question that asks directly about ending life. The debrief shows when it came. Without it: S3.',
      ),
    caller: callerSheet,
    localServices: localServices.exactOptional().describe('Invented services, as they stand in this call.'),
    facts: facts.describe('The ledger: what is true, and which answer it belongs to.'),
    saidUnasked: z
      .array(unaskedLine)
      .max(MOST)
      .exactOptional()
      .describe('Lines the caller says by themselves.'),
    onlyIfAsked: z.array(askedLine).max(MOST).exactOptional().describe('Lines that wait for a question.'),
    onlyIfAskedWell: z
      .array(askedLine)
      .max(MOST)
      .exactOptional()
      .describe(
        'Lines that wait for a question asked well: the trainer says so, or, alone, the trainee had left a quiet of three seconds before it.',
      ),
    ifRushed: z
      .array(rushedLine)
      .max(MOST)
      .exactOptional()
      .describe(
        'Lines for being rushed: the trainer says so, or, alone, the trainee asked while the caller still spoke.',
      ),
    otherVoices: z.array(voiceLine).max(MOST).exactOptional().describe('Everybody else who is heard.'),
    ifNothingFits: z
      .array(sentence)
      .min(1)
      .max(10)
      .describe('What the caller says to a question that no line answers. They never invent a fact.'),
    events: z
      .array(timedEvent)
      .max(MOST)
      .exactOptional()
      .describe('What happens in the call, by clock or after a moment.'),
    injects: z.array(inject).max(MOST).exactOptional().describe('What happens to the desk.'),
    endings,
    expectations: expectations.describe('What is looked for in the record, with its time.'),
    criticalFails: criticalFails
      .exactOptional()
      .describe('What must not happen. Named in the debrief; it decides nothing about the trainee.'),
    rubric: rubric.describe('What only a person can judge.'),
  })
  .meta({ id: 'trainingScript', title: 'Training script' });
export type TrainingScript = z.infer<typeof trainingScript>;

/** Every line of the script that a caller or another voice can say, with the list it stands in. */
export const lineLists = [
  'saidUnasked',
  'onlyIfAsked',
  'onlyIfAskedWell',
  'ifRushed',
  'otherVoices',
] as const;
export type LineList = (typeof lineLists)[number];
export const DEFAULT_DIRECT_QUESTION = 'S3';
export const DEFAULT_STOP_WORD = 'stop the practice';
