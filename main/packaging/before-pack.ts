import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { licenceProblems } from './supply/licences.ts';
import { lockedPackages, lockfileProblems, productionPackages, readLockfile } from './supply/lockfile.ts';
import { noticesFor } from './supply/notices.ts';
import { sbomOf } from './supply/sbom.ts';

/** The part of electron-builder's context that is read here. */
export interface BeforePackContext {
  readonly packager: {
    readonly projectDir: string;
    readonly appInfo: { readonly version: string };
  };
}

/**
 * Called by electron-builder (electron-builder.yml, beforePack): writes the bill of materials and the notices that go into the
 * installer. Throws, and the packing fails, when a package has no hash, comes from elsewhere or has a licence nobody allowed.
 */
export async function beforePack({ packager }: BeforePackContext): Promise<void> {
  const { projectDir, appInfo } = packager;
  const lock = await readLockfile(projectDir);
  const problems = [...lockfileProblems(lock), ...licenceProblems(lockedPackages(lock))];
  if (problems.length > 0) throw new Error(`not packed: ${problems.join('; ')}`);
  const folder = join(projectDir, 'out/about');
  await mkdir(folder, { recursive: true });
  const bill = sbomOf(lock, { name: 'lantern', version: appInfo.version });
  await writeFile(join(folder, 'sbom.cdx.json'), `${JSON.stringify(bill, undefined, 2)}\n`);
  await writeFile(
    join(folder, 'THIRD-PARTY-NOTICES.txt'),
    await noticesFor(productionPackages(lock), projectDir),
  );
}
