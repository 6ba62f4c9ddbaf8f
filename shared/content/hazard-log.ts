import { z } from 'zod';
import { problemOf, type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { type Content } from './schema.ts';

/**
 * The hazard log as data (DCB0129): what could harm somebody, what the program does about it, and the test that
 * shows it. A hazard is about the product, never about a person, and carries no rating: the deploying
 * organisation's named Clinical Safety Officer rates it with that organisation's own matrix.
 */
const text = z.string().trim().min(1).max(900);
const evidenceRef = z.strictObject({
  /** From the repository's root. */
  file: z
    .string()
    .regex(/^test\/[\w./-]+\.(test|e2e)\.tsx?$/, 'must be a test file such as test/x/y.test.ts'),
  /** The title as the source has it, `%s` and `${…}` included; with `group > title` where a title is not enough. */
  test: text,
});
export type EvidenceRef = z.infer<typeof evidenceRef>;

const says = { does: text, gate: z.string().exactOptional() };
const shownBy = z.array(evidenceRef).min(1);
/** Which piece of work brings the rest: the title of its issue. */
const issue = text;

export const control = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('built'), ...says, shownBy }),
  z.strictObject({ status: z.literal('partly'), ...says, shownBy, missing: text, issue }),
  /** Not there. Nothing in it may be relied on. */
  z.strictObject({ status: z.literal('planned'), ...says, issue }),
]);
export type Control = z.infer<typeof control>;

export const loggedHazard = z.strictObject({
  id: z.string().regex(/^H[1-9][0-9]?$/, 'must be a hazard id such as H18'),
  title: text,
  cause: text,
  /** How somebody comes to harm. */
  effect: text,
  controls: z.array(control),
  /** What is left for the deploying organisation to do. */
  residual: text,
});
export type LoggedHazard = z.infer<typeof loggedHazard>;
export type HazardLog = readonly LoggedHazard[];

/** The tests that a control names; none for one that is planned. */
export const evidenceOf = (item: Control): readonly EvidenceRef[] =>
  item.status === 'planned' ? [] : item.shownBy;

const numberOf = (id: string): number => Number(id.slice(1));

/** Parses the log, in order of number. All faults are listed, each naming its place. */
export function parseHazardLog(input: unknown): Result<HazardLog, Problem[]> {
  const parsed = z.array(loggedHazard).min(1).safeParse(input);
  if (!parsed.success) return err([problemOf('hazardLog.malformed', parsed.error)]);
  const log = parsed.data.toSorted((a, b) => numberOf(a.id) - numberOf(b.id));
  const faults = log.flatMap((hazard, at): Problem[] => [
    ...(hazard.id === `H${at + 1}`
      ? []
      : [fault(hazard.id, `stands where H${at + 1} should: ids run without gap or repeat`)]),
    ...(hazard.controls.length > 0 ? [] : [fault(hazard.id, 'has no control')]),
  ]);
  return faults.length > 0 ? err(faults) : ok(log);
}

/**
 * Where the log and a content pack disagree: a hazard of the pack that the log lacks or titles otherwise, a gate
 * whose hazard does not list that gate with a test, a control on a gate that is not there.
 */
export function faultsAgainst(log: HazardLog, content: Content): readonly Problem[] {
  const byId = new Map(log.map((hazard) => [hazard.id, hazard]));
  const titles = content.hazards
    .filter((hazard) => byId.get(hazard.id)?.title !== hazard.title)
    .map((hazard) => fault(hazard.id, `is “${hazard.title}” in the content and not in the log`));
  const gates = content.gates.flatMap((gate) =>
    gate.hazards.flatMap((id) => {
      const own = (byId.get(id)?.controls ?? []).filter((item) => item.gate === gate.id);
      const named = own.flatMap(evidenceOf);
      if (named.length === 0) return [fault(id, `has no control with a test for gate ${gate.id}`)];
      const shown = gate.shownBy === undefined || named.some((ref) => isSame(ref, gate.shownBy ?? ''));
      return shown ? [] : [fault(id, `does not list the test that gate ${gate.id} names`)];
    }),
  );
  const strays = log.flatMap((hazard) =>
    hazard.controls
      .filter((item) => item.gate !== undefined && content.gate(item.gate) === undefined)
      .map((item) => fault(hazard.id, `has a control on ${item.gate}, which is no gate of the content`)),
  );
  return [...titles, ...gates, ...strays];
}

/** Whether a reference is the test that a gate names as `file: title`. */
const isSame = (ref: EvidenceRef, named: string): boolean =>
  named === `${ref.file}: ${ref.test.split(' > ').at(-1) ?? ''}`;

const fault = (field: string, message: string): Problem => ({ code: 'hazardLog.fault', field, message });
