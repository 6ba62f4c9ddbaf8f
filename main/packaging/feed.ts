import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An installer that a desk can take by itself, and the list that its kind of computer reads. */
const LISTS = [
  { ends: '.exe', list: 'latest.yml', needsAdministrator: true },
  { ends: '-arm64.zip', list: 'latest-mac.yml', needsAdministrator: false },
  { ends: '-x64.zip', list: 'latest-mac.yml', needsAdministrator: false },
] as const;

/**
 * Writes `latest.yml` and `latest-mac.yml` (electron-updater's form; JSON is YAML) beside the installers in `folder`, for a server
 * of the organisation's own. Answers the names of what was written.
 */
export async function writeFeeds(folder: string, version: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).toSorted();
  const lists = new Map<string, object[]>();
  for (const { ends, list, needsAdministrator } of LISTS)
    for (const name of names.filter((one) => one.endsWith(ends))) {
      const { size } = await stat(join(folder, name));
      const file = { url: name, sha512: await sha512(join(folder, name)), size };
      const entry = needsAdministrator ? { ...file, isAdminRightsRequired: true } : file;
      lists.set(list, [...(lists.get(list) ?? []), entry]);
    }
  for (const [list, files] of lists)
    await writeFile(join(folder, list), `${JSON.stringify({ version, files }, undefined, 2)}\n`);
  return [...lists.keys()];
}

async function sha512(path: string): Promise<string> {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('base64');
}
