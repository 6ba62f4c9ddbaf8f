import { type TrainingScript } from '../script/schema.ts';
import { type CallerInput, type CallerState } from './state.ts';
import { lineOf } from './lines.ts';

export const MOST_CHECKPOINTS = 30;

/**
 * Why the caller would not take this input of a trainer now, as the end of a sentence; undefined when it is taken. The console
 * asks first, so that a typed line stays in its box with the reason, and never goes nowhere.
 */
export function refusalOf(
  script: TrainingScript,
  { status, checkpoints }: CallerState,
  input: CallerInput,
): string | undefined {
  if (input.kind === 'stop') return undefined;
  if (status === 'stopped') return 'comes after the practice was stopped';
  if (status === 'waiting') return 'comes before the trainee has answered';
  switch (input.kind) {
    case 'sayLine':
    case 'confirmIntent':
      return lineOf(script, input.line) === undefined
        ? 'names a line that the script does not have'
        : undefined;
    case 'fire':
      return [...(script.events ?? []), ...(script.injects ?? [])].some(({ id }) => id === input.id)
        ? undefined
        : 'names something that the script does not have';
    case 'checkpoint':
      return checkpoints.length < MOST_CHECKPOINTS
        ? undefined
        : `comes after ${MOST_CHECKPOINTS} marked moments, which is the most`;
    case 'rewind':
      return checkpoints.some(({ id }) => id === input.checkpoint)
        ? undefined
        : 'names a moment that is not marked any more';
    default:
      return undefined;
  }
}
