import { z } from 'zod';
import { answerState } from '../events/vocabulary.ts';
import { callId, uuid } from '../ids.ts';
import { utcMs } from '../time.ts';
import { attempt, mark, practiceMode, reflection } from '../training/attempt/attempt.ts';
import { asking, runEntry } from '../training/caller/entries.ts';
import { voices } from '../training/script/lines.ts';
import { trainingScript } from '../training/script/schema.ts';
import { label, localId } from '../training/script/values.ts';

/**
 * What of a practice crosses the bridge. A trainee's window and a trainer's speak the same contract; each is refused what
 * belongs to the other (`training.trainerOnly`, `training.traineeOnly`), so that a script is no open book to whom it tests.
 */

const words = z.string().trim().min(1).max(4_000);
const nothing = z.strictObject({});

/** Where a script is wrong, as its writer finds it. Lines and columns from 1. */
export const scriptProblem = z.strictObject({
  line: z.int().min(1),
  column: z.int().min(1),
  /** A warning keeps nothing from being played. */
  kind: z.enum(['error', 'warning']),
  message: z.string().max(1_000),
  suggestion: z.string().max(1_000).exactOptional(),
});
export type ScriptProblem = z.infer<typeof scriptProblem>;

const { id: scriptId, title, summary, contentWarning, learningGoals } = trainingScript.shape;
/** What a trainee may know of a script before its call. */
export const scriptCover = z.strictObject({ id: scriptId, title, summary, contentWarning, learningGoals });
export type ScriptCover = z.infer<typeof scriptCover>;

export const libraryEntry = z.strictObject({
  /** Names it when it is begun: the file it is in. */
  file: z.string().min(1).max(200),
  /** `shipped`: came with the product. `own`: from this PC's scripts folder. */
  from: z.enum(['shipped', 'own']),
  /** Absent while its problems keep it from being played. */
  cover: scriptCover.exactOptional(),
  problems: z.array(scriptProblem).max(100),
});
export type LibraryEntry = z.infer<typeof libraryEntry>;

export const attemptRow = z.strictObject({
  id: uuid,
  title,
  script: scriptId,
  trainee: label,
  mode: practiceMode,
  startedAt: utcMs,
  /** `brokenOff`: the call was not closed, and the practice could not be taken up again. */
  state: z.enum(['running', 'ended', 'stopped', 'brokenOff']),
  reflected: z.boolean(),
  markings: z.int().min(0).max(2),
  /** Brought in from another machine by its signed file. */
  brought: z.boolean(),
});
export type AttemptRow = z.infer<typeof attemptRow>;

/** One thing a trainee heard. */
export const heard = z.strictObject({
  callMs: z.int().min(0),
  kind: z.enum(['said', 'happened', 'paused', 'resumed', 'rewound', 'stopped']),
  who: z.enum(['caller', ...voices]).exactOptional(),
  text: z.string().max(2_000),
});
export type Heard = z.infer<typeof heard>;

/** The practice as its trainee sees it. */
export const practice = z.strictObject({
  attempt: uuid,
  cover: scriptCover,
  mode: practiceMode,
  trainee: label,
  /** Absent until the call was answered. */
  call: callId.exactOptional(),
  status: z.enum(['waiting', 'talking', 'ended', 'stopped']),
  paused: z.boolean(),
  /** The program ended in the middle and came back: paused until trainee or trainer lets it go on. */
  interrupted: z.boolean(),
  callMs: z.int().min(0),
  heard: z.array(heard),
  /** The newest hint, in coached mode. */
  hint: z.string().max(600).exactOptional(),
  stopWord: z.string().max(200),
  reflected: z.boolean(),
});
export type Practice = z.infer<typeof practice>;

/** What stands on the trainee's screen, as their window says it. */
export const traineeScreen = z.strictObject({
  place: z.string().max(60),
  stage: z.string().max(60).exactOptional(),
  /** The question in hand. */
  question: z.strictObject({ id: z.string().max(60), ask: z.string().max(600) }).exactOptional(),
  light: z.string().max(200),
  facts: z
    .array(
      z.strictObject({
        what: z.string().max(200),
        answer: answerState.exactOptional(),
        says: z.string().max(1_000),
      }),
    )
    .max(200),
});
export type TraineeScreen = z.infer<typeof traineeScreen>;

export const practiceLine = z.enum(['there', 'away', 'slow']);

/** The practice as the trainer sees it: the script open, and the trainee's screen beside it. */
export const consoleView = z.strictObject({
  practice,
  script: trainingScript,
  run: z.array(runEntry),
  /** Ids of lines, events and injects that have come. */
  done: z.array(localId),
  checkpoints: z.array(z.strictObject({ id: localId, title: label, callMs: z.int().min(0) })),
  line: practiceLine,
  screen: traineeScreen.exactOptional(),
  /** Whether the trainee's window is there. */
  isWatching: z.boolean(),
});
export type ConsoleView = z.infer<typeof consoleView>;

/** What a trainer does in a running practice. */
export const trainerAct = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('asked'), question: z.string().max(60), how: asking }),
  z.strictObject({ kind: z.literal('confirmIntent'), line: localId, how: asking }),
  z.strictObject({ kind: z.literal('sayLine'), line: localId }),
  z.strictObject({ kind: z.literal('typeLine'), who: z.enum(['caller', ...voices]), text: words }),
  z.strictObject({ kind: z.literal('fire'), id: localId }),
  /** An inject that no script names. */
  z.strictObject({ kind: z.literal('line'), line: practiceLine }),
  z.strictObject({ kind: z.literal('crash') }),
  z.strictObject({ kind: z.literal('hint'), text: z.string().trim().min(1).max(600) }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('resume') }),
  z.strictObject({ kind: z.literal('checkpoint'), title: label }),
  z.strictObject({ kind: z.literal('rewind'), checkpoint: localId }),
  z.strictObject({ kind: z.literal('stop') }),
]);
export type TrainerAct = z.infer<typeof trainerAct>;

/** What the practice asks of the trainee's window. */
export const trainingOrder = z.discriminatedUnion('kind', [
  /** Ends without saving first, as in a crash, and comes back. */
  z.strictObject({ kind: z.literal('crash') }),
  /** The call goes on in a new one that begins with the first so many events of this; this one is kept. */
  z.strictObject({ kind: z.literal('rewind'), call: callId, events: z.int().min(0) }),
]);
export type TrainingOrder = z.infer<typeof trainingOrder>;

const oneAttempt = z.strictObject({ attempt: uuid });

export const trainingMethods = {
  /** Every script with what is wrong with it, and every attempt on this PC. */
  'training.library': {
    input: nothing,
    output: z.strictObject({
      folder: z.string(),
      scripts: z.array(libraryEntry),
      attempts: z.array(attemptRow),
    }),
  },
  'training.now': { input: nothing, output: z.strictObject({ practice: practice.exactOptional() }) },
  /** Makes an attempt that waits to be answered. Faults: `training.busy`, `training.noScript`. */
  'training.begin': {
    input: z.strictObject({
      file: libraryEntry.shape.file,
      trainee: label,
      mode: practiceMode,
      seed: attempt.shape.seed.exactOptional(),
    }),
    output: oneAttempt,
  },
  /** Trainee: this call answers it. After a rewind its events up to and with `repeatedUpTo` are repeats of what was kept. */
  'training.attach': {
    input: z.strictObject({ call: callId, repeatedUpTo: z.int().min(0) }),
    output: nothing,
  },
  /** Trainee, alone: this question was put aloud. */
  'training.asked': { input: z.strictObject({ question: z.string().max(60) }), output: nothing },
  'training.screen': { input: traineeScreen, output: nothing },
  /** Trainee: a practice that the program's own end interrupted goes on. Fault: `training.notInterrupted`. */
  'training.goOn': { input: nothing, output: nothing },
  /** Ends the practice at once, by anybody. */
  'training.stop': { input: z.strictObject({ why: z.enum(['stopWord', 'button']) }), output: nothing },
  /** Lets go of a practice that has ended, so that another can begin. */
  'training.leave': { input: nothing, output: nothing },
  'training.reflect': {
    input: z.strictObject({ ...oneAttempt.shape, ...reflection.omit({ at: true }).shape }),
    output: nothing,
  },
  /**
   * An attempt whole, once its learner has reflected (`training.reflectFirst`). What others marked is left out for `marking`,
   * and a first marking for everybody while it is covered, so that a second marker is blind.
   */
  'training.attempt': {
    input: z.strictObject({ ...oneAttempt.shape, for: z.enum(['debrief', 'marking']) }),
    output: z.strictObject({
      attempt,
      /** There is a first marking, and it is left out: it is covered. */
      covered: z.boolean(),
    }),
  },

  /** Trainer. The running practice with its script. */
  'training.console': { input: nothing, output: z.strictObject({ view: consoleView.exactOptional() }) },
  'training.act': { input: trainerAct, output: nothing },
  'training.mark': {
    input: z.strictObject({
      ...oneAttempt.shape,
      marker: label,
      marks: z.array(mark).min(1).max(20),
      strengths: z.array(words).length(2),
      changes: z.array(words).length(2),
    }),
    output: nothing,
  },
  /** Trainer. A covered first marking is shown from now on, and that it was is kept: no second marking is blind after it. */
  'training.uncover': { input: z.strictObject({ ...oneAttempt.shape, by: label }), output: nothing },
  /** Every attempt that may be debriefed, for the grid; a covered marking is left out, and its attempt named. */
  'training.cohort': {
    input: nothing,
    output: z.strictObject({ attempts: z.array(attempt), covered: z.array(uuid) }),
  },
  /** Attempts as one signed file, and such a file taken in. Faults: `attempts.refused`, `attempts.malformed`. */
  'training.export': {
    input: z.strictObject({ attempts: z.array(uuid).min(1).max(500) }),
    output: z.strictObject({ name: z.string(), text: z.string(), signedBy: z.string() }),
  },
  'training.import': {
    input: z.strictObject({ text: z.string().max(6_000_000) }),
    output: z.strictObject({
      taken: z.int().min(0),
      known: z.int().min(0),
      /** Who signed it: the fingerprint of a desk's practice key, to be compared aloud. */
      signedBy: z.string(),
      /** A file of this signer was taken in before. */
      isKnown: z.boolean(),
    }),
  },
} as const;

export const trainingEvents = {
  'training.changed': z.strictObject({ practice: practice.exactOptional() }),
  'training.console': z.strictObject({ view: consoleView.exactOptional() }),
  'training.order': trainingOrder,
} as const;
