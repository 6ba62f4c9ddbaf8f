import { expect, it } from 'vitest';
import { importServices } from '../../shared/directory/import.ts';

/** A list or a record in the place of a word or a number was read as one: a name "a,b" or "[object Object]", an age of 0. */
const row = (more: object) => ({
  id: 's1',
  name: 'A door',
  status: 'active',
  attributes: [{ taxonomy_term: { code: 'crisisCafe', name: 'x', taxonomy: 'lantern:kind' } }],
  ...more,
});
const refusedFor = (more: object): readonly string[] =>
  importServices([row(more)], { kinds: {} }).refused.map(({ problem }) => problem.field);

it.each([
  ['name', ['a', 'b']],
  ['name', {}],
  ['id', [1]],
  ['status', ['active']],
  ['minimum_age', []],
  ['minimum_age', true],
  ['maximum_age', [17]],
])('a feed with %s %j is refused by that name (H6)', (field, value) => {
  expect(refusedFor({ [field]: value })).toEqual([field]);
});

it('a number as text and a text as number are still taken: feeds write both', () => {
  const { services, refused } = importServices(
    [row({ id: 7, name: 24, minimum_age: '18', maximum_age: ' 64 ' })],
    { kinds: {} },
  );
  expect(refused).toEqual([]);
  expect(services).toMatchObject([
    { id: '7', name: '24', eligibility: { minAgeMonths: 216, maxAgeMonths: 64 * 12 + 11 } },
  ]);
});
