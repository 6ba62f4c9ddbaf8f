import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildAll } from '../build.ts';
import { writeFeeds } from './feed.ts';

/**
 * ENTRY of `npm run dist`: builds the program and every installer that this machine can make, and says of the others what
 * they need. `-- --dir`: the program unpacked, without installers. Exit 1: something that could be made here failed.
 */
const root = resolve(import.meta.dirname, '../..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Which installers come from which machine. A dmg and its signature need macOS; the others cannot be made without a tool of Windows. */
const MACHINES = [
  {
    platform: 'win32',
    flag: '--win',
    makes: 'MSI and NSIS',
    needs: 'a Windows machine with the code-signing certificate (CSC_LINK)',
  },
  {
    platform: 'darwin',
    flag: '--mac',
    makes: 'dmg',
    needs: 'a Mac with the Developer ID certificate and notarisation (CSC_LINK, APPLE_ID)',
  },
  {
    platform: 'linux',
    flag: '--linux',
    makes: 'AppImage, deb and rpm',
    needs: 'a Linux machine with rpmbuild',
  },
] as const;

async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg !== '--dir')) {
    process.stderr.write('Use: npm run dist [-- --dir]\n');
    return 2;
  }
  say('1. Building the program (any machine).');
  await buildAll(root);
  for (const { platform, makes, needs } of MACHINES) {
    if (platform !== process.platform) say(`   not here: ${makes} needs ${needs}: run “npm run dist” there.`);
  }
  const here = MACHINES.find(({ platform }) => platform === process.platform);
  if (here === undefined) return 0;
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const dist = given ?? join(root, 'node_modules/electron/dist');
  if (!existsSync(join(dist, 'version'))) {
    say(
      '2. NOT RUN: Electron’s binary is not on this machine. “node node_modules/electron/install.js” fetches it, or',
    );
    say('   ELECTRON_OVERRIDE_DIST_PATH names a folder with it. Fuses, integrity and installers need it.');
    return 0;
  }
  say(`2. Packing, fuses${args.includes('--dir') ? '' : `, ${here.makes}`}.`);
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const more = args.includes('--dir') ? ['--dir'] : [];
  const options = [here.flag, ...more, '--publish', 'never', `-c.electronDist=${dist}`];
  const { status } = spawnSync(process.execPath, [builder, ...options], { cwd: root, stdio: 'inherit' });
  if (status !== 0) return 1;
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  await writeFeeds(join(root, 'out/dist'), version);
  const sums = await writeSums(join(root, 'out/dist'));
  say(`3. Made in out/dist. Signed only if CSC_LINK was set; needs ${here.needs}.`);
  for (const line of sums) say(`   ${line}`);
  return 0;
}

/** `SHA256SUMS` beside the installers, as `sha256sum -c` reads it: what IT checks before a roll-out. */
async function writeSums(folder: string): Promise<readonly string[]> {
  const made = (await readdir(folder)).filter((name) => /\.(msi|exe|dmg|zip|AppImage|deb|rpm)$/.test(name));
  const lines: string[] = [];
  for (const name of made.toSorted()) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(join(folder, name))) hash.update(chunk as Buffer);
    lines.push(`${hash.digest('hex')}  ${name}`);
  }
  if (lines.length > 0) await writeFile(join(folder, 'SHA256SUMS'), `${lines.join('\n')}\n`);
  return lines;
}

process.exitCode = await main(process.argv.slice(2));
