import { type Content } from '../../../shared/content/schema.ts';
import { type IdSource } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Clock } from '../../../shared/time.ts';
import { type PlacedFinding } from '../../../shared/training/lint/finding.ts';
import { lint } from '../../../shared/training/lint/lint.ts';
import { readShape } from '../../../shared/training/lint/shape.ts';
import { dryRun } from '../../../shared/training/rehearsal/dry-run.ts';
import { unsealedCall } from '../../../shared/training/rehearsal/unsealed.ts';
import { type TrainingScript } from '../../../shared/training/script/schema.ts';
import { readYaml } from './read-yaml.ts';

export interface ReadScript {
  readonly script: TrainingScript;
  readonly warnings: readonly PlacedFinding[];
}

/** What a script is read against. */
export interface ReadingTools {
  readonly content: Content;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/**
 * A trainer’s text as a script that can be played: its YAML, its shape, its references, and a dry run on the real call
 * machine. Refused with every place that is wrong, in order of the text; warnings refuse nothing. Time is bounded for any text.
 */
export function readScript(text: string, tools: ReadingTools): Result<ReadScript, readonly PlacedFinding[]> {
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml;
  const { place, value } = yaml.value;
  const shape = readShape(value);
  if (!shape.ok) return err(inOrder(shape.error.map(place)));
  const script = shape.value;
  const references = lint(script, tools.content);
  const isSound = references.every(({ kind }) => kind !== 'error');
  const findings = isSound
    ? [
        ...references,
        ...dryRun(script, {
          content: tools.content,
          startAt: tools.clock.now(),
          newCall: () => unsealedCall(tools.content, tools.ids),
        }),
      ]
    : references;
  const placed = inOrder(findings.map(place));
  if (findings.some(({ kind }) => kind === 'error')) return err(placed);
  return ok({ script, warnings: placed });
}

/** More than that, and the first of them are what somebody mends first. */
const MOST_FINDINGS = 100;

const inOrder = (findings: readonly PlacedFinding[]): readonly PlacedFinding[] =>
  findings.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, MOST_FINDINGS);
