import { describe, expect, it } from 'vitest';
import { content } from '../support/call-builder.ts';
import { propertyNames } from './check.ts';
import { fateOf } from './mutation.ts';
import { forgettingMutants, guardMutants, mutantsOf, signatureMutants, unknownMutants } from './mutants.ts';
import { exact } from './properties.ts';

/** Properties that hold of the real system: every-state.test.ts fails when one does not. */
const trusted = new Set(propertyNames.filter((name) => name !== exact.name));

/** The short form of `npm run model -- --mutants`: each check gone, each unknown taken for true, each thing forgotten that
 * stays said, each guard and signature. */
const short = [
  ...guardMutants(content),
  ...signatureMutants(content),
  ...unknownMutants(content),
  ...forgettingMutants(content),
  ...mutantsOf(content).filter(({ name }) => name.endsWith('check removed')),
];

describe('a weaker machine is noticed', () => {
  it.each(short.map((mutant) => [mutant.name, mutant] as const))(
    '%s',
    (_name, mutant) => {
      const { caught } = fateOf(mutant, content, trusted);
      expect(caught?.property, 'no property notices').toBeDefined();
    },
    300_000,
  );

  it('every check of every gate is among them', () => {
    const checks = content.gates.flatMap(({ id, checks: all }) => all.map((_check, at) => `${id}.${at} `));
    expect(checks.filter((start) => !short.some(({ name }) => name.startsWith(start)))).toEqual([]);
  });
});
