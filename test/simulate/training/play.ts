import { readFileSync } from 'node:fs';
import { v7 } from 'uuid';
import { readScript } from '../../../main/services/training/read-script.ts';
import { currentContent } from '../../../shared/content/packs.ts';
import { callId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Attempt } from '../../../shared/training/attempt/attempt.ts';
import { beginAttempt } from '../../../shared/training/attempt/begin.ts';
import { type Debrief } from '../../../shared/training/debrief/debrief-types.ts';
import { debriefOf } from '../../../shared/training/debrief/debrief.ts';
import { findingText } from '../../../shared/training/lint/finding.ts';
import { type Refused } from '../../../shared/training/rehearsal/desk.ts';
import { rehearse } from '../../../shared/training/rehearsal/rehearse.ts';
import { unsealedCall } from '../../../shared/training/rehearsal/unsealed.ts';
import { type TrainingScript } from '../../../shared/training/script/schema.ts';
import { digest } from '../../support/digest.ts';
import { type HandlerSide } from './handler.ts';

/** Friday evening in November: the hour of every run, so that two runs are the same. */
const STARTS_AT = Date.UTC(2026, 10, 20, 19, 30);
const ids = { next: () => v7() };

export interface Played {
  readonly attempt: Attempt;
  readonly debrief: Debrief;
  /** What the call machine did not take of the handler’s steps. */
  readonly refused: readonly Refused[];
}

/** A script’s file, read as the desk reads it; or its findings as the linter’s lines. */
export function readScriptFile(
  file: string,
): Result<{ script: TrainingScript; warnings: readonly string[] }, readonly string[]> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return err([`${file}: cannot be read`]);
  }
  const read = readScript(text, { content: currentContent(), clock: { now: () => STARTS_AT }, ids });
  if (!read.ok) return err(read.error.map((finding) => findingText(file, finding)));
  const { script, warnings } = read.value;
  return ok({ script, warnings: warnings.map((finding) => findingText(file, finding)) });
}

/** One practice call by a handler that is written down, through the real caller and the real call machine. */
export async function playTraining(
  script: TrainingScript,
  { steps }: HandlerSide,
  seed: number,
): Promise<Played> {
  const content = currentContent();
  const desk = rehearse(steps, {
    script,
    content,
    seed,
    startAt: STARTS_AT,
    make: unsealedCall(content, ids),
    knows: 'heard',
  });
  const begun = await beginAttempt(
    {
      id: v7(),
      trainee: 'Written handler',
      mode: 'assessed',
      script,
      contentVersion: content.manifest.version,
      seed,
      startedAt: STARTS_AT,
    },
    digest,
  );
  const attempt: Attempt = {
    ...begun,
    call: callId.parse(desk.events[0]?.call),
    events: desk.events,
    run: desk.run,
  };
  return { attempt, debrief: debriefOf(attempt, content), refused: desk.refused };
}
