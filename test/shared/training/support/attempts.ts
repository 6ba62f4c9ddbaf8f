import { v7 } from 'uuid';
import { type Attempt } from '../../../../shared/training/attempt/attempt.ts';
import { beginAttempt } from '../../../../shared/training/attempt/begin.ts';
import { rehearse } from '../../../../shared/training/rehearsal/rehearse.ts';
import { type HandlerStep } from '../../../../shared/training/rehearsal/steps.ts';
import { unsealedCall } from '../../../../shared/training/rehearsal/unsealed.ts';
import { callId } from '../../../../shared/ids.ts';
import { type TrainingScript } from '../../../../shared/training/script/schema.ts';
import { content } from '../../../support/call-builder.ts';
import { digest } from '../../../support/digest.ts';

const START = Date.UTC(2026, 10, 20, 19, 30);

/** One attempt at a script by a written handler, on the real call machine and the real caller. */
export async function attemptBy(
  steps: readonly HandlerStep[],
  script: TrainingScript,
  more: Partial<Attempt> = {},
): Promise<Attempt> {
  const startedAt = more.startedAt ?? START;
  const desk = rehearse(steps, {
    script,
    content,
    seed: 1,
    startAt: startedAt,
    make: unsealedCall(content, { next: () => v7() }),
    knows: 'heard',
  });
  const begun = await beginAttempt(
    {
      id: v7(),
      trainee: 'Trainee 4',
      mode: 'assessed',
      script,
      contentVersion: content.manifest.version,
      seed: 1,
      startedAt,
    },
    digest,
  );
  return { ...begun, call: callId.parse(desk.events[0]?.call), events: desk.events, run: desk.run, ...more };
}
