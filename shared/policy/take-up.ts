import { canonicalJson } from '../canonical.ts';
import { aboutKey, isPersonKey, type PolicyKey, policyKeys, settings, type Settings } from './policy.ts';
import { isLocked, type Origin, type PolicyInForce } from './resolve.ts';

export interface TakenUp {
  readonly inForce: PolicyInForce;
  /** Keys whose new value waits, and for what. */
  readonly waiting: readonly { readonly key: PolicyKey; readonly until: 'betweenCalls' | 'atStart' }[];
}

/**
 * A policy read again while the desk runs. What may change at once does; what the hands have learnt changes between
 * calls; the rest at the next start. A policy that has become unreadable changes nothing on a running desk, because
 * cutting it off in mid-shift would harm a caller: its problems are told, and the next start is minimal.
 */
export function takeUp(present: PolicyInForce, fresh: PolicyInForce, isCallOpen: boolean): TakenUp {
  if (fresh.mode === 'minimal') {
    return { inForce: { ...present, problems: fresh.problems, notices: fresh.notices }, waiting: [] };
  }
  // A desk that began minimal stays so until it is started again: it was composed without a hub.
  const mode = present.mode === 'minimal' ? present.mode : fresh.mode;
  const values: Record<string, unknown> = {};
  const origins: Partial<Record<PolicyKey, Origin>> = {};
  const waiting: { key: PolicyKey; until: 'betweenCalls' | 'atStart' }[] = [];
  for (const key of policyKeys) {
    const { takesEffect } = aboutKey(key);
    const may = takesEffect === 'atOnce' || (takesEffect === 'betweenCalls' && !isCallOpen);
    const from = may ? fresh : present;
    if (!may && !same(present.values[key], fresh.values[key])) waiting.push({ key, until: takesEffect });
    if (from.values[key] !== undefined) values[key] = from.values[key];
    origins[key] = from.origins[key];
  }
  return {
    inForce: {
      ...fresh,
      mode,
      problems: mode === 'minimal' ? present.problems : [],
      // Every key was visited, with values from one policy or the other.
      values: values as PolicyInForce['values'],
      origins: origins as PolicyInForce['origins'],
    },
    waiting,
  };
}

/** Two values of a key, or none, that say the same. */
export const same = (a: unknown, b: unknown): boolean =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null);

/** The policy after the person at the desk chose something: in force at once, for the keys that are left to them. */
export function choose(present: PolicyInForce, person: Partial<Settings>): PolicyInForce {
  const defaults = settings.parse({});
  const values: Record<string, unknown> = { ...present.values };
  const origins = { ...present.origins };
  for (const key of policyKeys) {
    if (!isPersonKey(key)) continue;
    const weaker = Object.hasOwn(person, key) ? [{ source: 'person' as const, value: person[key] }] : [];
    if (isLocked(present, key)) {
      const others = origins[key].overrode.filter(({ source }) => source !== 'person');
      origins[key] = { ...origins[key], overrode: [...others, ...weaker] };
      continue;
    }
    const value = Object.hasOwn(person, key) ? person[key] : defaults[key];
    if (value === undefined) delete values[key];
    else values[key] = value;
    origins[key] = { source: weaker.length === 0 ? 'default' : 'person', overrode: [] };
  }
  // Person keys alone were changed, to values of `settings`.
  return { ...present, values: values as PolicyInForce['values'], origins };
}
