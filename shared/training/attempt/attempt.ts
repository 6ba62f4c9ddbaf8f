import { z } from 'zod';
import { envelope } from '../../events/event.ts';
import { words } from '../../events/vocabulary.ts';
import { callId, sha256Hex, uuid } from '../../ids.ts';
import { utcMs } from '../../time.ts';
import { runEntry } from '../caller/entries.ts';
import { trainingScript } from '../script/schema.ts';
import { label, localId } from '../script/values.ts';

export const ATTEMPT_FORMAT = 'lantern-attempt-1';
/** A name that says who it is only in the training room: “Trainee 4”, or an invented name. */
const pseudonym = label;
/** Two of each: few enough to be remembered. */
const two = z.array(words).length(2);

/** Coached: hints are shown. Assessed: none are. */
export const practiceMode = z.enum(['coached', 'assessed']);
export type PracticeMode = z.infer<typeof practiceMode>;

/** What the learner says of their own call, before anybody else says anything. */
export const reflection = z.strictObject({
  at: utcMs,
  wentWell: words,
  wouldChange: words,
  /** How they are after it: theirs to say, and never asked for. */
  howIAm: words.exactOptional(),
});
export type Reflection = z.infer<typeof reflection>;

/** One rubric item by one marker: which of its described steps, counted from 0. Not assessed is not the lowest step. */
export const mark = z.strictObject({
  item: localId,
  step: z.union([z.int().min(0).max(4), z.literal('notAssessed')]),
  words: words.exactOptional(),
});
export type Mark = z.infer<typeof mark>;

export const marking = z.strictObject({
  marker: pseudonym,
  at: utcMs,
  marks: z.array(mark).min(1).max(20),
  strengths: two,
  changes: two,
  /** Of a second marking: whether the first had been shown to anybody before it was made. The program writes it, nobody claims it. */
  sight: z.enum(['blind', 'firstWasShown']).exactOptional(),
});
export type Marking = z.infer<typeof marking>;

/** The one marking of an attempt was shown, by the name that was given for it. */
const uncovering = z.strictObject({ at: utcMs, by: pseudonym });

/**
 * One practice call and everything that belongs to judging it: the script whole, so that rubric and expectations stay as
 * they were; the content’s version; the call’s own log; the practice log; and what people said of it. There is no place
 * in it for a pass, a fail, a sum or an average.
 */
export const attempt = z.strictObject({
  format: z.literal(ATTEMPT_FORMAT),
  id: uuid,
  trainee: pseudonym,
  mode: practiceMode,
  script: trainingScript,
  /** SHA-256 of the script as canonical JSON: the same in two attempts at the same script. */
  scriptHash: sha256Hex,
  contentVersion: z.string().min(1).max(60),
  seed: z.int().min(0).max(4_294_967_295),
  startedAt: utcMs,
  call: callId,
  events: z.array(envelope).max(5000),
  run: z.array(runEntry).max(5000),
  reflection: reflection.exactOptional(),
  /** At most two: the second is made without seeing the first. */
  markings: z.array(marking).max(2),
  /** Who had the first marking shown before there was a second. After that no second is blind (H61). */
  uncovered: z.array(uncovering).max(20).exactOptional(),
});
export type Attempt = z.infer<typeof attempt>;
