import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventSources } from '../../hub/intake/raw-items.ts';

const SEED = Number(process.env['LANTERN_SEED'] ?? Date.now() % 1_000_000);

test(`the source of each item is what JSON.parse reads there, whatever the layout (seed ${SEED})`, () => {
  const space = fc.constantFrom('', ' ', '\n\t', '\r\n  ');
  const layout = fc.tuple(fc.array(fc.json(), { maxLength: 6 }), fc.json(), space, space);
  fc.assert(
    fc.property(layout, ([items, other, a, b]) => {
      const list = `[${a}${items.join(`${b},${a}`)}${b}]`;
      const body = `${a}{${b}"other"${a}:${other}${b},"events"${a}:${b}${list}${a},"last":"events"}${b}`;
      expect(JSON.parse(body)).toHaveProperty('events');
      expect(eventSources(body)).toEqual(items);
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test('a key given twice, or written with escapes, counts as it does for JSON.parse', () => {
  expect(eventSources('{"events":[1],"e\\u0076ents":[2, 3]}')).toEqual(['2', '3']);
  expect(eventSources('{"x":{"events":[9]},"events":["a]\\"}",{"b":"]"}]}')).toEqual([
    '"a]\\"}"',
    '{"b":"]"}',
  ]);
});

test('nothing in a body without events, or with something else under that name', () => {
  expect(eventSources('{}')).toEqual([]);
  expect(eventSources('{"events":{"a":[1]}}')).toEqual([]);
});
