import { z } from 'zod';
import { type About, groups, type Group } from '../../../shared/policy/about.ts';
import { jsonSchemaOf, kindOf, type ValueKind } from '../../../shared/policy/kind.ts';
import { aboutKey, type PolicyKey, policy, policyKeys } from '../../../shared/policy/policy.ts';

/** A key as every template needs it. */
export interface TemplateKey extends About {
  readonly key: PolicyKey;
  readonly kind: ValueKind;
  readonly choices: readonly string[];
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** Characters. */
  readonly maxLength: number | undefined;
  /** What is in force where nobody says anything; undefined: nothing is. */
  readonly fallback: unknown;
  /** A value to show: the example, or the default. */
  readonly shown: unknown;
}

const sizes = z.looseObject({
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  enum: z.array(z.string()).optional(),
});

export function templateKeys(): readonly TemplateKey[] {
  const defaults = policy.parse({});
  return policyKeys.map((key) => {
    const about = aboutKey(key);
    const schema = sizes.parse(jsonSchemaOf(key));
    const fallback = defaults[key];
    return {
      ...about,
      key,
      kind: kindOf(key),
      choices: schema.enum ?? [],
      minimum: schema.minimum,
      maximum: schema.maximum,
      maxLength: schema.maxLength,
      fallback,
      shown: about.example ?? fallback ?? (about.isSecret === true ? 'a-code-from-your-hub-team' : ''),
    };
  });
}

export const groupNames = Object.keys(groups).filter((name): name is Group => name in groups);

/** What the reader of a template must know beside the text: who may change it, and when it takes effect. */
export function rules({ setBy, takesEffect, fallback, isSecret }: TemplateKey): string {
  const who =
    setBy === 'person'
      ? 'While this is not configured, each person chooses for themselves.'
      : 'Nobody can change this at the desk.';
  const when = {
    atOnce: 'A change takes effect within five minutes.',
    betweenCalls: 'A change takes effect within five minutes, never during a call.',
    atStart: 'A change takes effect when Lantern starts next.',
  }[takesEffect];
  const without = fallback === undefined ? 'Not set by default.' : `Default: ${JSON.stringify(fallback)}.`;
  return [who, when, ...(isSecret === true ? ['Never shown or logged.'] : [without])].join(' ');
}
