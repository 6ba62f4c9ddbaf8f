import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { isWrittenIn } from '../safety-case/titles.ts';
import { ROOT } from '../support/sources.ts';
import { evidences, LETTERS, PAGE, securityPage, threats } from './page.ts';

it('every threat names tests that are there, or says what is left', () => {
  const wrong = threats.flatMap(({ boundary, threat, tests, left }) => {
    if (tests.length === 0 && left === undefined) return [`${boundary}: ${threat} names no test`];
    return tests.flatMap(({ file, test }) => {
      const path = join(ROOT, file);
      const isThere = existsSync(path) && isWrittenIn(readFileSync(path, 'utf8'), test);
      return isThere ? [] : [`${file}: ${test}`];
    });
  });
  expect(wrong).toEqual([]);
});

it('at every boundary all six kinds of threat are thought about, and each kind has been shown somewhere', () => {
  const boundaries = [...new Set(threats.map(({ boundary }) => boundary))];
  const owing = boundaries.flatMap((boundary) =>
    LETTERS.filter(
      (stride) => !threats.some((one) => one.boundary === boundary && one.stride === stride),
    ).map((stride) => `${boundary}: ${stride}`),
  );
  expect(owing).toEqual([]);
  expect(new Set(threats.filter(({ tests }) => tests.length > 0).map(({ stride }) => stride)).size).toBe(6);
});

it('every file named as evidence is there', () => {
  const files = evidences.flatMap((one) => one.files);
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

it('SECURITY.md is what the data says: npm run security-page', async () => {
  const page = await format(securityPage(), { parser: 'markdown', printWidth: 110 });
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
