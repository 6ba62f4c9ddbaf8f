import { beforeAll, describe, expect, it } from 'vitest';
import { content } from '../support/call-builder.ts';
import { type Checked, propertyNames } from './check.ts';
import { checkOnTwoCores } from './cores.ts';
import { modelsOf } from './models.ts';

const PATIENCE_MS = 600_000;

describe('in every state of every model of the call', () => {
  let checked: Checked;
  beforeAll(async () => {
    checked = await checkOnTwoCores(modelsOf(content).map(({ name }) => name));
    const sum = (key: 'states' | 'transitions'): number =>
      checked.models.reduce((total, model) => total + model[key], 0);
    console.log(
      `${checked.models.length} models, ${sum('states')} states, ${sum('transitions')} transitions`,
    );
  }, PATIENCE_MS);

  it.each(propertyNames)('%s', (name) => {
    const result = checked.results.find(({ property }) => property === name);
    expect(result, 'was not asked').toBeDefined();
    const { violation } = result ?? {};
    expect(
      violation && `${violation.model}: ${violation.path.join(' → ')}, where ${violation.what}`,
    ).toBeUndefined();
  });

  it('each move and each probe of each model is tried somewhere in it', () => {
    expect(checked.models.flatMap(({ name, idle }) => idle.map((move) => `${name}: ${move}`))).toEqual([]);
  });

  it('each model was walked, and none is a single state', () => {
    expect(checked.models.map(({ name }) => name).toSorted()).toEqual(
      modelsOf(content)
        .map(({ name }) => name)
        .toSorted(),
    );
    expect(checked.models.filter(({ states }) => states < 10)).toEqual([]);
  });
});
