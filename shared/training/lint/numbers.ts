import { type TrainingScript } from '../script/schema.ts';
import { error, type Finding, type ScriptPath } from './finding.ts';

/** Ofcom keeps these for drama: they ring nobody. */
const DRAMA = ['01632960', '07700900'];
/** As few digits as a British number with its area code has. */
const FEWEST = 10;

/** A script has no number that could ring somebody: a practice call is never a real one. */
export function numberFindings(script: TrainingScript): readonly Finding[] {
  const findings: Finding[] = [];
  visit(script, [], (text, path) => {
    for (const digits of numbersIn(text))
      if (!DRAMA.some((prefix) => digits.startsWith(prefix)))
        findings.push(
          error(
            path,
            'This looks like a telephone number that could ring somebody. Use 01632 960xxx or 07700 900xxx.',
          ),
        );
  });
  return findings;
}

/** Runs of digits with at most a space or a dash between them. One pass, no pattern. */
function numbersIn(text: string): readonly string[] {
  const found: string[] = [];
  let digits = '';
  let gap = 0;
  for (const mark of `${text}.`) {
    if (mark >= '0' && mark <= '9') {
      digits += mark;
      gap = 0;
    } else if ((mark === ' ' || mark === '-') && digits !== '' && gap === 0) gap = 1;
    else {
      if (digits.length >= FEWEST) found.push(digits);
      digits = '';
      gap = 0;
    }
  }
  return found;
}

function visit(value: unknown, path: ScriptPath, look: (text: string, path: ScriptPath) => void): void {
  if (typeof value === 'string') look(value, path);
  else if (Array.isArray(value)) value.forEach((item, at) => visit(item, [...path, at], look));
  else if (typeof value === 'object' && value !== null)
    for (const [key, held] of Object.entries(value)) visit(held, [...path, key], look);
}
