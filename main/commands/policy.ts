import { policyAlarm, type PolicyReport, reportPolicy } from '../../shared/policy/report.ts';
import { parseEnvironment, problemLine } from '../environment.ts';
import { quietLog } from '../services/console-log.ts';
import { openDeskPolicy } from '../services/policy/desk-policy.ts';
import { type CommandContext, tell } from './context.ts';

/**
 * `lantern policy`: each value, its source and what it overrode. Exit 0: usable or none; 1: a policy is there and cannot be
 * used; 2: called wrongly.
 */
export async function policyCommand(
  context: CommandContext,
  { json, out }: { readonly json: boolean; readonly out: string | undefined },
): Promise<number> {
  const environment = parseEnvironment(context.environment);
  if (!environment.ok) {
    context.complain(problemLine(environment.error));
    return 2;
  }
  const report = reportPolicy((await openDeskPolicy(environment.value, quietLog)).current());
  const lines = json ? [JSON.stringify(report, undefined, 2)] : policyLines(report);
  return tell(context, lines, out, report.mode === 'minimal' ? 1 : 0);
}

const MODES = {
  unmanaged: 'No policy of an organisation was found on this PC.',
  managed: 'This PC is managed by an organisation.',
  minimal: 'Minimal mode.',
} as const;

/** Readable: what is wrong first, then a line for each key. What a person chose at a desk is in that desk's profile. */
function policyLines(report: PolicyReport): readonly string[] {
  const alarm = policyAlarm(report);
  const width = Math.max(...report.rows.map(({ key }) => key.length));
  return [
    MODES[report.mode],
    ...(alarm === undefined ? [] : [alarm]),
    ...report.problems.map(({ field, message }) => `  wrong: ${field} ${message}`),
    ...report.notices,
    ...report.rows.map(({ key, value, source, overrode }) => {
      const over = overrode.map((weaker) => `${weaker.source} (${weaker.value})`).join(', ');
      return `${key.padEnd(width)}  ${value}  [${source}${over === '' ? '' : `, over ${over}`}]`;
    }),
  ];
}
