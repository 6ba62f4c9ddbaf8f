import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { causeOf } from '../../../shared/log/cause.ts';
import { isLogEvent } from '../../../shared/log/events.ts';
import { knownField } from '../../../shared/log/field.ts';
import { lineOf, lineOfError, logLine } from '../../../shared/log/line.ts';
import { placesOf } from '../../../shared/log/place.ts';
import { type LogFile, rotate } from '../../../shared/log/rotation.ts';
import { sources } from '../../support/sources.ts';

/** What must never be in a log, as somebody might write it into a code, a field, a cause or a message. */
const PLANTS = [
  'Priya Raman',
  'priya',
  'PRIYA',
  'Okafor.Maya',
  '07700 900123',
  '07700900123',
  '+447700900123',
  'TF1 5QP',
  'TF15QP',
  '943 476 5919',
  'eyJhbGciOiJFZERTQSJ9.e30.c2ln',
  'code-1234567890123456',
  'she cannot go on',
  '/home/priya.raman/lantern',
];

describe('a line of the log', () => {
  test('holds none of what somebody said, wherever it comes in', () => {
    const text = fc.oneof(
      fc.constantFrom(...PLANTS),
      fc.string(),
      fc.constantFrom('hub.clock', 'journal.damaged'),
    );
    fc.assert(
      fc.property(text, fc.option(text), fc.option(text), (code, field, cause) => {
        const line = lineOf(
          'warn',
          { code, field: field ?? undefined, cause: cause ?? undefined },
          1_790_000_000_000,
        );
        expect(logLine.safeParse(line).success).toBe(true);
        const written = JSON.stringify(line);
        for (const plant of PLANTS) expect(written).not.toContain(plant);
      }),
      { numRuns: 5_000, verbose: 1 },
    );
  });

  test('of an error holds its kind and its place, and no word of its message or of the folder it ran in', () => {
    for (const plant of PLANTS) {
      const error = Object.assign(new TypeError(`${plant}\n    at ${plant} (/home/${plant}/main/x.ts:1:2)`), {
        code: plant,
      });
      const line = lineOfError('program.uncaught', error, 1);
      expect(logLine.parse(line)).toMatchObject({ event: 'program.uncaught', cause: 'TypeError' });
      expect(JSON.stringify(line)).not.toContain(plant);
    }
    expect(lineOfError('program.rejected', 'Priya', 1)).toEqual({
      at: 1,
      level: 'error',
      event: 'program.rejected',
      cause: 'string',
    });
  });

  test.each([
    [
      'Error: Priya\n    at save (/home/priya raman/lantern/main/services/x.ts:12:3)',
      ['main/services/x.ts:12:3'],
    ],
    ['Error\n    at C:\\Users\\Priya\\out\\main\\main.js:5:6', ['out/main/main.js:5:6']],
    [
      'Error\n    at file:///home/priya/hub/app.ts:1:2\n    at node:internal/x:9:9',
      ['hub/app.ts:1:2', 'node:internal/x:9:9'],
    ],
    ['Error\n    at x (/home/main/Priya/lantern/hub/app.ts:1:2)', ['hub/app.ts:1:2']],
    ['Error\n    at x (/home/main/Priya/node_modules/pino/lib/x.js:1:2)', []],
    ['Error\n    at Priya Raman (evil:1:1)\n    at /srv/main/../../priya/x.ts:1:1', []],
  ])('places of %j', (stack, expected) => {
    expect(placesOf(stack)).toEqual(expected);
  });

  test('every file of the program can be named as a place', () => {
    const program = sources()
      .map(({ path }) => path)
      .filter((path) => /^(?:main|hub|shared|renderer)\//.test(path));
    expect(program.length).toBeGreaterThan(400);
    expect(
      program.filter((path) => placesOf(`Error\n    at x (/srv/${path}:1:2)`)[0] !== `${path}:1:2`),
    ).toEqual([]);
  });

  test.each([
    ['(whole)', 'whole'],
    ['events.12.data.text', 'events.12.data.text'],
    ['hubUrl', 'hubUrl'],
    ['LANTERN_HUB_URL', 'LANTERN_HUB_URL'],
    ['launch-failed', 'launch-failed'],
    ['events.0.data.priya', 'other'],
    ['07700', 'other'],
    ['077', 'other'],
    ['events.07700', 'other'],
    ['/etc/lantern/policy.json', 'other'],
  ])('the field %s is written as %s', (field, written) => {
    expect(knownField(field)).toBe(written);
  });

  test('a cause is a word of the list: the code, else the kind, else of what was behind it', () => {
    expect(causeOf(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBe('ENOSPC');
    expect(
      causeOf(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) })),
    ).toBe('ECONNREFUSED');
    expect(causeOf(new Error('net::ERR_NAME_NOT_RESOLVED'))).toBe('ERR_NAME_NOT_RESOLVED');
    expect(causeOf(Object.assign(new Error('x'), { name: 'Priya' }))).toBe('other');
  });
});

test('every code that the program logs is on the list', () => {
  const product = sources().filter(({ path }) => path.startsWith('main/'));
  const logged = product.flatMap(({ path, text }) =>
    [...text.matchAll(/log\??\.(?:info|warn|error)\(\s*\{\s*code: ([^,]+),/g)].flatMap(([, code = '']) =>
      [...code.matchAll(/'([a-zA-Z]+\.[a-zA-Z]+)'/g)].map(([, one = '']) => `${path} ${one}`),
    ),
  );
  expect(logged.length).toBeGreaterThan(40);
  expect(logged.filter((one) => !isLogEvent(one.split(' ')[1] ?? ''))).toEqual([]);
});

describe('rotation', () => {
  const limits = { fileBytes: 1_000, totalBytes: 3_000, days: 2 };
  const now = Date.UTC(2026, 10, 25, 12);
  const file = (day: number, number: number, bytes: number): LogFile => ({
    name: `lantern-2026-11-${day}-000${number}.log`,
    bytes,
  });

  test.each<[string, LogFile[], string, string[]]>([
    ['begins a file', [], '25-0001', []],
    ['goes on in the newest of today', [file(25, 1, 999), file(25, 2, 10)], '25-0002', []],
    ['begins another when one is full', [file(25, 1, 990)], '25-0002', []],
    ['begins one each day', [file(24, 1, 10)], '25-0001', []],
    ['takes away what is too old', [file(22, 1, 10), file(23, 1, 10)], '25-0001', ['22-0001']],
    [
      'takes away the oldest when all are too much',
      [file(24, 1, 1_500), file(24, 2, 1_000), file(25, 1, 900)],
      '25-0001',
      ['24-0001'],
    ],
    ['takes away what a wrong clock wrote', [file(29, 1, 10)], '25-0001', ['29-0001']],
    ['leaves other files alone', [{ name: 'notes.log', bytes: 9_000_000 }], '25-0001', []],
  ])('%s', (_what, files, write, remove) => {
    const long = (short: string): string => `lantern-2026-11-${short}.log`;
    expect(rotate(files, 50, now, limits)).toEqual({ write: long(write), remove: remove.map(long) });
  });

  test('keeps all files together within the bound, whatever is written when', () => {
    const write = fc.record({
      bytes: fc.integer({ min: 1, max: 900 }),
      wait: fc.integer({ min: 0, max: 40_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 60 }), (writes) => {
        let files: LogFile[] = [];
        let at = now;
        for (const { bytes, wait } of writes) {
          at += wait;
          const plan = rotate(files, bytes, at, limits);
          const before = files.find(({ name }) => name === plan.write)?.bytes ?? 0;
          files = [
            ...files.filter(({ name }) => name !== plan.write && !plan.remove.includes(name)),
            { name: plan.write, bytes: before + bytes },
          ];
          expect(files.reduce((sum, one) => sum + one.bytes, 0)).toBeLessThanOrEqual(limits.totalBytes);
          expect(Math.max(...files.map((one) => one.bytes))).toBeLessThanOrEqual(limits.fileBytes);
        }
      }),
      { numRuns: 300, verbose: 1 },
    );
  });
});
