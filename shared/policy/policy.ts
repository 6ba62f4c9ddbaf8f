import { z } from 'zod';
import { type About, wordsOf } from './about.ts';
import { organisationKeys } from './organisation-keys.ts';
import { personKeys } from './person-keys.ts';
import { originOf } from './values.ts';

/**
 * EVERY SETTING AND POLICY, ONCE. Screens, `npm run policy`, the JSON Schema, ADMX, macOS profile, Linux example and
 * reference page are all made from this (design decision 10); so is what is allowed in a settings file.
 */
export const policy = z.strictObject({ ...personKeys, ...organisationKeys });
export type Policy = z.infer<typeof policy>;
export type PolicyKey = keyof Policy;

export const policyKeys = Object.keys(policy.shape) as readonly PolicyKey[];
export const isPolicyKey = (name: string): name is PolicyKey => Object.hasOwn(policy.shape, name);
export const schemaOf = (key: PolicyKey): z.ZodType => policy.shape[key];
export const aboutKey = (key: PolicyKey): About => wordsOf(policy.shape[key]);

/** The part a person may change at a desk: what `config.json` in the profile holds. */
export const settings = z.strictObject(personKeys);
export type Settings = z.infer<typeof settings>;
export const isPersonKey = (key: PolicyKey): key is keyof Settings => Object.hasOwn(personKeys, key);

/** What no single key can say: which values do not go together. Names the key to mend. */
export function quarrel(values: Policy): { readonly key: PolicyKey; readonly message: string } | undefined {
  const { allowedOrigin, hubUrl } = values;
  if (allowedOrigin !== undefined && originOf(hubUrl) !== originOf(allowedOrigin))
    return { key: 'hubUrl', message: 'is not at the one allowed origin' };
  return undefined;
}
