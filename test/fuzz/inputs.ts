import fc from 'fast-check';

/** Names that mean something to JavaScript, to Lantern's schemas or to those who attack them. */
const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
  'valueOf',
  'v',
  'kind',
  'id',
  'method',
  'input',
  'type',
  'data',
  'stream',
  'seq',
  'call',
  'events',
  'from',
  'number',
  'waited',
  'sub',
  'lantern_roles',
  'hubUrl',
  'signInIssuer',
  'telephonyPort',
  '$schema',
];
const VALUES = [
  1,
  -1,
  0,
  1e308,
  2 ** 53,
  -0,
  '',
  '\0',
  '\ud800',
  '../../etc/passwd',
  'http://127.0.0.1',
  '01980000-0000-7000-8000-000000000001',
  'call',
  'session.signIn',
  'a'.repeat(10_000),
  null,
  true,
  [],
];

/** JSON by which others have had every object of a program changed. */
export const POLLUTERS: readonly string[] = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":{"__proto__":{"polluted":true}}}',
  '{"a":{"constructor":{"prototype":{"polluted":true}}}}',
  '{"__proto__":{"__proto__":{"polluted":true}}}',
  '{"__proto__":["polluted"]}',
  '{"__proto__":null}',
  '{"data":{"__proto__":{"polluted":true}},"values":{"__proto__":{"polluted":true}}}',
  '{"__defineGetter__":"x","toString":1,"hasOwnProperty":1,"__proto__":{"toString":1,"hasOwnProperty":1}}',
  '{"prototype":{"polluted":true},"__lookupGetter__":{"polluted":true}}',
];

const key = fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 12, unit: 'binary' }));
const leaf = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.double(),
  fc.integer(),
);

/** What JSON.parse may give: `__proto__` is an own key there, as it comes off a wire. */
const fromJson = fc
  .letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf.map((value) => JSON.stringify(value) ?? 'null'),
      fc.array(tie('tree'), { maxLength: 4 }).map((parts) => `[${parts.join()}]`),
      fc
        .array(fc.tuple(key, tie('tree')), { maxLength: 6 })
        .map((pairs) => `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`),
    ),
  }))
  .tree.map((source): unknown => JSON.parse(source));

/** As text: what no JSON can say is said in words. */
export const asText = (input: unknown): string =>
  typeof input === 'string'
    ? input
    : (JSON.stringify(input, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)) ??
      'undefined');

/** Anything that may arrive at a door. */
export const anyInput = fc.oneof(
  { weight: 4, arbitrary: fromJson },
  {
    weight: 1,
    arbitrary: fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 600, unit: 'binary' }) },
);
