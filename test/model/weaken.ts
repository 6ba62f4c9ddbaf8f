import { type Content, type Gate, type GateCheck } from '../../shared/content/schema.ts';
import { outcomeCodes, urgencyCodes } from '../../shared/events/vocabulary.ts';
import { type Condition } from '../../shared/gates/condition.ts';

/** A gate's content made weaker in one place. `what` says where, for the table. */
export interface Weaker {
  readonly what: string;
  readonly condition: Condition;
}

/** No route has this id, so that one is always false and the other always true. */
const NEVER: Condition = { chosen: ['none'] };
const ALWAYS: Condition = { not: NEVER };

/**
 * Every way to weaken a condition in one place: each part that helps it hold made true, each part that hinders it
 * made false (which drops a branch of an `all`, or of an `any` under a `not`), and each list made longer, or shorter
 * under a `not`.
 */
export function* weakenings(root: Condition, content: Content, helps = true): Generator<Weaker> {
  yield { what: `${brief(root)} ${helps ? 'always' : 'never'}`, condition: helps ? ALWAYS : NEVER };
  if ('not' in root)
    for (const { what, condition } of weakenings(root.not, content, !helps))
      yield { what, condition: { not: condition } };
  if ('all' in root)
    for (const { what, parts } of eachPart(root.all, content, helps))
      yield { what, condition: { all: parts } };
  if ('any' in root)
    for (const { what, parts } of eachPart(root.any, content, helps))
      yield { what, condition: { any: parts } };
  yield* lists(root, content, helps);
}

function* eachPart(
  parts: readonly Condition[],
  content: Content,
  helps: boolean,
): Generator<{ what: string; parts: Condition[] }> {
  for (const [at, part] of parts.entries())
    for (const { what, condition } of weakenings(part, content, helps))
      yield { what, parts: parts.with(at, condition) };
}

function* lists(part: Condition, content: Content, helps: boolean): Generator<Weaker> {
  const change = <T extends string>(list: readonly T[], all: readonly T[]): { what: string; list: T[] }[] =>
    helps
      ? all
          .filter((item) => !list.includes(item))
          .map((item) => ({ what: `${item} too`, list: [...list, item] }))
      : list
          .filter(() => list.length > 1)
          .map((gone) => ({ what: `without ${gone}`, list: list.filter((item) => item !== gone) }));
  const place = brief(part);
  if ('notKnown' in part && !helps)
    for (const { what, list } of change(part.notKnown, []))
      yield { what: `${place} ${what}`, condition: { notKnown: list } };
  if ('chosen' in part)
    for (const { what, list } of change(
      part.chosen,
      content.routes.map(({ id }) => id),
    ))
      yield { what: `${place} ${what}`, condition: { chosen: list } };
  if ('outcome' in part)
    for (const { what, list } of change(part.outcome, outcomeCodes))
      yield { what: `${place} ${what}`, condition: { outcome: list } };
  if ('chosenUrgency' in part)
    for (const { what, list } of change(part.chosenUrgency, urgencyCodes))
      yield { what: `${place} ${what}`, condition: { chosenUrgency: list } };
  if ('consent' in part)
    for (const { what, list } of change(part.consent, ['agreed', 'refused', 'notAsked', 'couldNotAsk']))
      yield { what: `${place} ${what}`, condition: { consent: list } };
  if ('takenWithinHours' in part && helps)
    yield { what: `${place} 48 hours`, condition: { takenWithinHours: 48 } };
  if ('sameSinceCheck' in part && helps)
    for (const [at, { of, fields }] of part.sameSinceCheck.entries())
      for (const gone of fields) {
        const left = fields.filter((id) => id !== gone);
        const rest = part.sameSinceCheck.toSpliced(at, 1, ...(left.length > 0 ? [{ of, fields: left }] : []));
        if (rest.length > 0)
          yield { what: `${place} without ${of}.${gone}`, condition: { sameSinceCheck: rest } };
      }
  if ('field' in part) {
    const field = content.question(part.of)?.fields?.find(({ id }) => id === part.field);
    // `notKnown` is read as no value, whatever a list says.
    const codes = (field?.options ?? []).map(({ code }) => code).filter((code) => code !== 'notKnown');
    for (const { what, list } of change(part.is, codes))
      yield { what: `${place} ${what}`, condition: { ...part, is: list } };
  }
}

/** A condition in a few words. */
export function brief(part: Condition): string {
  if ('not' in part) return `not (${brief(part.not)})`;
  if ('all' in part) return `all of ${part.all.length}`;
  if ('any' in part) return `any of ${part.any.length}`;
  if ('sameSinceCheck' in part) return `sameSinceCheck ${part.sameSinceCheck.map(({ of }) => of).join('/')}`;
  if ('answer' in part) return `${part.answer} is ${part.is}`;
  if ('field' in part) return `${part.of}.${part.field} is ${part.is.join('/')}`;
  return Object.entries(part)
    .map(([name, value]) => (value === true ? name : `${name} ${String(value)}`))
    .join(', ');
}

/** Content with one gate changed, not parsed again: a weakened gate need not be a sound one. */
export function withGate(content: Content, id: string, change: (gate: Gate) => Gate): Content {
  const gates = content.gates.map((gate) => (gate.id === id ? change(gate) : gate));
  return { ...content, gates, gate: (wanted) => gates.find((gate) => gate.id === wanted) };
}

/** Content with one check of a gate changed, or taken out. */
export const withCheck = (content: Content, id: string, at: number, check: GateCheck | undefined): Content =>
  withGate(content, id, (gate) => ({
    ...gate,
    checks: check === undefined ? gate.checks.toSpliced(at, 1) : gate.checks.with(at, check),
  }));
