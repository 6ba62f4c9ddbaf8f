import { z } from 'zod';
import { problemSchema } from '../problem.ts';
import { aboutKey, type PolicyKey, policyKeys } from './policy.ts';
import { isLocked, type PolicyInForce, SOURCES } from './resolve.ts';
import { type TakenUp } from './take-up.ts';

const source = z.enum(SOURCES);

/** One key as a settings screen or a table shows it. Values are text: a secret is never in one. */
export const policyRow = z.strictObject({
  key: z.string(),
  group: z.string(),
  title: z.string(),
  text: z.string(),
  value: z.string(),
  source,
  /** Set by the organisation: shown, and not to be changed here. */
  isLocked: z.boolean(),
  setBy: z.enum(['organisation', 'person']),
  overrode: z.array(z.strictObject({ source, value: z.string() })),
  /** A newer value waits for the end of the call, or for the next start. */
  waitsFor: z.enum(['betweenCalls', 'atStart']).exactOptional(),
});
export type PolicyRow = z.infer<typeof policyRow>;

export const policyReport = z.strictObject({
  mode: z.enum(['unmanaged', 'managed', 'minimal']),
  problems: z.array(problemSchema),
  notices: z.array(z.string()),
  rows: z.array(policyRow),
});
export type PolicyReport = z.infer<typeof policyReport>;

/** Everything in force, with its source and what it overrode. */
export function reportPolicy(inForce: PolicyInForce, waiting: TakenUp['waiting'] = []): PolicyReport {
  const rows = policyKeys.map((key): PolicyRow => {
    const { group, title, text, setBy } = aboutKey(key);
    const { source: from, overrode } = inForce.origins[key];
    const waits = waiting.find((one) => one.key === key);
    return {
      key,
      group,
      title,
      text,
      setBy,
      value: shown(key, inForce.values[key]),
      source: from,
      isLocked: isLocked(inForce, key),
      overrode: overrode.map((weaker) => ({ source: weaker.source, value: shown(key, weaker.value) })),
      ...(waits === undefined ? {} : { waitsFor: waits.until }),
    };
  });
  const { mode, problems, notices } = inForce;
  return { mode, problems: [...problems], notices: [...notices], rows };
}

function shown(key: PolicyKey, value: unknown): string {
  if (value === undefined) return 'not set';
  if (aboutKey(key).isSecret === true) return 'set, not shown';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What the screen says while something is wrong with the policy; undefined when nothing is. */
export function policyAlarm({
  mode,
  problems,
}: Pick<PolicyInForce, 'mode' | 'problems'>): string | undefined {
  const [first] = problems;
  if (first === undefined) return undefined;
  const what = `Tell IT: this PC’s policy cannot be used (${first.field} ${first.message}).`;
  return mode === 'minimal'
    ? `${what} Lantern connects to nothing until it is mended and started again. Calls can be taken and are kept on this PC, encrypted.`
    : `${what} This desk goes on as it was; after its next start it would connect to nothing.`;
}
