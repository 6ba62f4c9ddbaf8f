import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const names = z.record(z.string(), z.string());
const lockEntry = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().default(false),
  optional: z.boolean().default(false),
  inBundle: z.boolean().default(false),
  link: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  dependencies: names.default({}),
  optionalDependencies: names.default({}),
  peerDependencies: names.default({}),
});
const lockfile = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), lockEntry),
});
export type Lockfile = z.infer<typeof lockfile>;
export type LockEntry = Lockfile['packages'][string];

/** A package as the lockfile fixes it. `path` is where it is installed (`node_modules/a/node_modules/b`). */
export interface Locked {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly entry: LockEntry;
}

/** Throws when the file is not a lockfile of npm's version 3: nothing here means anything then. */
export const parseLockfile = (text: string): Lockfile => lockfile.parse(JSON.parse(text));

export const readLockfile = async (root: string): Promise<Lockfile> =>
  parseLockfile(await readFile(join(root, 'package-lock.json'), 'utf8'));

/** Every package but the project itself, in the order of their paths. */
export function lockedPackages({ packages }: Lockfile): readonly Locked[] {
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({
      path,
      name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version ?? '',
      entry,
    }));
}

/** What an installation without development has: on some platform, at least. */
export const productionPackages = (lock: Lockfile): readonly Locked[] =>
  lockedPackages(lock).filter(({ entry }) => !entry.dev);

const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

/** What is wrong with where packages come from, each with its path: nothing, in a sound lockfile. */
export function lockfileProblems(lock: Lockfile): readonly string[] {
  return lockedPackages(lock).flatMap(({ path, version, entry }) => {
    const { integrity = '', resolved, inBundle, link } = entry;
    // Inside the archive of its parent, and under its parent's hash.
    const isBundled = inBundle && entry.dev && integrity === '';
    return [
      ...(SHA512.test(integrity) || isBundled ? [] : [`${path}: no SHA-512`]),
      // Left out by npm for its registry alone, whichever a machine is set to; its hash says that it is the same package.
      ...(resolved === undefined ? [] : [`${path}: comes from elsewhere`]),
      ...(link ? [`${path}: a folder outside the lockfile`] : []),
      ...(/^\d+\.\d+\.\d+/.test(version) ? [] : [`${path}: no version`]),
    ];
  });
}

/** Where `from` finds the package `name`, as Node looks for it: beside it, then further up. */
export function foundFrom({ packages }: Lockfile, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (path in packages) return path;
    if (at === '') return undefined;
  }
}
