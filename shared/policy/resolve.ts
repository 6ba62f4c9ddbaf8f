import { type Problem, problemOf } from '../problem.ts';
import {
  isPersonKey,
  isPolicyKey,
  policy,
  type Policy,
  type PolicyKey,
  policyKeys,
  quarrel,
  schemaOf,
  type Settings,
} from './policy.ts';

/** Where a value can come from, strongest first. */
export const SOURCES = ['machine', 'user', 'environment', 'person', 'default'] as const;
export type SourceName = (typeof SOURCES)[number];

/** What one place that IT manages was found to say. */
export type Reading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'read'; readonly where: string; readonly values: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unreadable'; readonly where: string; readonly why: string };

export interface Given {
  /** The organisation's policy for this computer, and for the person's account on it. */
  readonly machine: Reading;
  readonly user: Reading;
  /** Already parsed. Not looked at where the organisation manages the PC. */
  readonly environment: Partial<Policy>;
  /** What somebody chose at this desk. */
  readonly person: Partial<Settings>;
}

export interface Origin {
  readonly source: SourceName;
  /** Weaker places that said something else, with what they said. */
  readonly overrode: readonly { readonly source: SourceName; readonly value: unknown }[];
}

export interface PolicyInForce {
  /**
   * `unmanaged`: no policy was found. `minimal`: one was found and cannot be trusted; Lantern connects to nothing, calls
   * are taken and kept on this PC, and the screen says so.
   */
  readonly mode: 'unmanaged' | 'managed' | 'minimal';
  readonly values: Policy;
  readonly origins: Readonly<Record<PolicyKey, Origin>>;
  /** Why the mode is minimal. Fields are key names; values are never repeated. */
  readonly problems: readonly Problem[];
  /** Sentences about what was left aside without harm. */
  readonly notices: readonly string[];
}

/**
 * Kept out of a policy that is otherwise not trusted, if they are sound by themselves: without them the calls already
 * on this PC could not be opened, and that harms more than a path does.
 */
const KEPT_IN_MINIMAL: readonly PolicyKey[] = ['passphraseFile', 'recoveryKeyFile'];

interface Checked {
  readonly source: 'machine' | 'user';
  readonly isThere: boolean;
  readonly values: Partial<Policy>;
  readonly problems: readonly Problem[];
  readonly notices: readonly string[];
}

/**
 * What is in force. Machine beats user beats environment beats person beats default, key by key. A policy with
 * anything wrong in it is refused whole; a key that this version does not know is only said, because policy and
 * program reach a PC in either order.
 */
export function resolvePolicy(given: Given): PolicyInForce {
  const machine = check('machine', given.machine);
  const user = check('user', given.user);
  const notices = [...machine.notices, ...user.notices];
  const isManaged = machine.isThere || user.isThere;
  // On a managed PC a person could otherwise point the desk elsewhere with a variable of their own.
  const environment = isManaged ? {} : given.environment;
  const { person } = given;
  const problems = [...machine.problems, ...user.problems];
  if (problems.length === 0) {
    const read = { machine: machine.values, user: user.values, environment, person };
    const { values, origins } = layered(read);
    const conflict = quarrel(values);
    if (conflict === undefined) {
      return { mode: isManaged ? 'managed' : 'unmanaged', values, origins, problems: [], notices };
    }
    problems.push({ code: 'policy.invalid', field: conflict.key, message: conflict.message });
  }
  const kept = { machine: keptOf(machine.values), user: keptOf(user.values), environment: {}, person };
  return { mode: 'minimal', ...layered(kept), problems, notices };
}

function check(source: 'machine' | 'user', reading: Reading): Checked {
  const nothing = { source, isThere: false, values: {}, problems: [], notices: [] };
  if (reading.kind === 'absent') return nothing;
  if (reading.kind === 'unreadable') {
    const problem = { code: 'policy.unreadable', field: reading.where, message: reading.why };
    return { ...nothing, isThere: true, problems: [problem] };
  }
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(reading.values)) {
    if (!isPolicyKey(name)) {
      unknown.push(name);
      continue;
    }
    const parsed = schemaOf(name).safeParse(value);
    if (parsed.success) values[name] = parsed.data;
    else {
      const { field, message } = problemOf('policy.invalid', parsed.error);
      problems.push({
        code: 'policy.invalid',
        field: field === '(whole)' ? name : `${name}.${field}`,
        message,
      });
    }
  }
  return {
    source,
    isThere: true,
    // Each value was parsed by its own key's schema just above.
    values,
    problems,
    notices: unknownNotice(unknown, reading.where),
  };
}

function unknownNotice(names: readonly string[], where: string): readonly string[] {
  if (names.length === 0) return [];
  const listed = names
    .slice(0, 3)
    .map((name) => `“${name.replaceAll(/[^\w .-]/g, '?').slice(0, 40)}”`)
    .join(', ');
  return [
    `This version of Lantern does not know ${listed} in the policy at ${where}; the rest of it is in force.`,
  ];
}

const keptOf = (values: Partial<Policy>): Partial<Policy> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => KEPT_IN_MINIMAL.some((kept) => kept === key)));

type Layers = Readonly<Record<Exclude<SourceName, 'default'>, Partial<Policy>>>;

function layered(layers: Layers): Pick<PolicyInForce, 'values' | 'origins'> {
  const defaults = policy.parse({});
  const all: Readonly<Record<SourceName, Partial<Policy>>> = { ...layers, default: defaults };
  const values: Record<string, unknown> = {};
  const origins: Partial<Record<PolicyKey, Origin>> = {};
  for (const key of policyKeys) {
    const said = SOURCES.filter((source) => mayGive(source, key) && Object.hasOwn(all[source], key)).map(
      (source) => ({ source, value: all[source][key] }),
    );
    const [strongest, ...weaker] = said;
    origins[key] = {
      source: strongest?.source ?? 'default',
      overrode: weaker.filter(({ source }) => source !== 'default'),
    };
    if (strongest !== undefined) values[key] = strongest.value;
  }
  // Every key of the policy was visited, with values that its schema had passed.
  return { values: values as Policy, origins: origins as Record<PolicyKey, Origin> };
}

const mayGive = (source: SourceName, key: PolicyKey): boolean => source !== 'person' || isPersonKey(key);

/** Whether the organisation has set this key, so that nobody can change it at the desk. */
export const isLocked = ({ origins }: PolicyInForce, key: PolicyKey): boolean =>
  origins[key].source === 'machine' || origins[key].source === 'user';
