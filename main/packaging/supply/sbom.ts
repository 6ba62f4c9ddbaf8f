import { createHash } from 'node:crypto';
import { foundFrom, type Locked, type Lockfile, productionPackages } from './lockfile.ts';

/** A component of the bill of materials (CycloneDX 1.5, ECMA-424). */
export interface Component {
  readonly type: 'library' | 'framework';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly scope: 'required' | 'optional';
  readonly purl: string;
  readonly licenses: readonly (
    { readonly license: { readonly id: string } } | { readonly expression: string }
  )[];
  readonly hashes: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
}

export interface Sbom {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.5';
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: {
    readonly component: {
      readonly type: 'application';
      readonly 'bom-ref': string;
      readonly name: string;
      readonly version: string;
      readonly purl: string;
    };
  };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * What is shipped, from the lockfile alone: every production package on every platform, and Electron, whose binary goes into
 * each installer. The same lockfile gives the same bytes: there is no clock in it. (`npm sbom --omit dev` names the folder
 * instead of the product, what happens to be installed instead of what is locked, and leaves packages out that a tool shares.)
 */
export function sbomOf(lock: Lockfile, product: { readonly name: string; readonly version: string }): Sbom {
  const electron = electronOf(lock);
  const shipped = [...productionPackages(lock), ...(electron === undefined ? [] : [electron])];
  const refs = new Map(shipped.map((one) => [one.path, purlOf(one)]));
  const components = [...new Map(shipped.map((one) => [purlOf(one), componentOf(one)])).values()].toSorted(
    byRef,
  );
  const root = purlOf(product);
  const dependsOn = new Map<string, Set<string>>([[root, new Set()]]);
  const add = (from: string, ref: string, wanted: readonly string[]): void => {
    const found = wanted.flatMap((name) => refs.get(foundFrom(lock, from, name) ?? '') ?? []);
    dependsOn.set(ref, new Set([...(dependsOn.get(ref) ?? []), ...found]));
  };
  add('', root, [...Object.keys(lock.packages['']?.dependencies ?? {}), 'electron']);
  for (const { path, entry } of shipped)
    // What Electron's package needs to fetch its binary is not shipped.
    if (path !== electron?.path)
      add(
        path,
        refs.get(path) ?? '',
        Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies }),
      );
    else dependsOn.set(refs.get(path) ?? '', new Set());
  const dependencies = [...dependsOn].map(([ref, on]) => ({ ref, dependsOn: [...on].toSorted() }));
  const body = {
    metadata: { component: { type: 'application', 'bom-ref': root, ...product, purl: root } },
    components,
    dependencies: dependencies.toSorted((a, b) => compare(a.ref, b.ref)),
  } as const;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: serialOf(JSON.stringify(body)),
    version: 1,
    ...body,
  };
}

const electronOf = (lock: Lockfile): Locked | undefined => {
  const entry = lock.packages['node_modules/electron'];
  return entry === undefined
    ? undefined
    : { path: 'node_modules/electron', name: 'electron', version: entry.version ?? '', entry };
};

const purlOf = ({ name, version }: { readonly name: string; readonly version: string }): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

function componentOf(one: Locked): Component {
  const { license = 'NOASSERTION', integrity, optional } = one.entry;
  const isOne = /^[\w.-]+$/.test(license);
  return {
    type: one.name === 'electron' ? 'framework' : 'library',
    'bom-ref': purlOf(one),
    name: one.name,
    version: one.version,
    scope: optional ? 'optional' : 'required',
    purl: purlOf(one),
    licenses: isOne ? [{ license: { id: license } }] : [{ expression: license }],
    hashes:
      integrity === undefined
        ? []
        : [
            {
              alg: 'SHA-512',
              content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex'),
            },
          ],
  };
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);
const byRef = (a: Component, b: Component): number => compare(a.purl, b.purl);

/** A UUID of the contents (RFC 9562, version 8), so that two bills are the same exactly when their numbers are. */
function serialOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
