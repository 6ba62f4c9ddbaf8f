import { type Locked } from './lockfile.ts';

/** SPDX identifiers that may be shipped with the program, each with why. Anything else fails until somebody has read it. */
export const SHIPPED_LICENCES: Readonly<Record<string, string>> = {
  MIT: 'permissive; its text goes into the notices',
  ISC: 'permissive; its text goes into the notices',
  '0BSD': 'permissive, without conditions',
  'BSD-2-Clause': 'permissive; its text goes into the notices',
  'BSD-3-Clause': 'permissive; its text goes into the notices',
  'Apache-2.0': 'permissive, with a patent grant; its text goes into the notices',
  'BlueOak-1.0.0': 'permissive; its text goes into the notices',
  'Python-2.0': 'permissive; its text goes into the notices',
  'OFL-1.1': 'the typeface: may be shipped with a program, not sold by itself',
};

/** What a tool of the development machine may have besides: it is run there and shipped nowhere. */
export const TOOL_LICENCES: Readonly<Record<string, string>> = {
  ...SHIPPED_LICENCES,
  'MPL-2.0': 'binds those who change its files; nobody here does',
  WTFPL: 'permissive, without conditions',
  'CC0-1.0': 'public domain',
};

/** Whether an SPDX expression can be met by `allowed` licences. What it cannot read, it refuses. */
export function isAllowed(
  expression: string | undefined,
  allowed: Readonly<Record<string, string>>,
): boolean {
  if (expression === undefined) return false;
  const plain = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(plain)) return false;
  return plain
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => Object.hasOwn(allowed, one.trim())));
}

/** Packages whose licence nobody has allowed, each with what it says. */
export function licenceProblems(packages: readonly Locked[]): readonly string[] {
  return packages
    .filter(({ entry }) => !isAllowed(entry.license, entry.dev ? TOOL_LICENCES : SHIPPED_LICENCES))
    .map(({ path, entry }) => `${path}: ${entry.license ?? 'no licence'}`);
}
