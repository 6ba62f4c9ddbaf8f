import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { runFromNpm } from './commands/run.ts';
import { nodeContext } from './hosts/browser/command-context.ts';
import { TEMPLATE_FOLDER, templates } from './managed/templates/all.ts';

/** ENTRY of `npm run policy`: see `commands/policy.ts`. `-- --write` makes the templates and pages again, a developer's step. */
async function write(): Promise<number> {
  const root = resolve(import.meta.dirname, '..', TEMPLATE_FOLDER);
  for (const [path, text] of templates()) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    process.stdout.write(`${TEMPLATE_FOLDER}/${path}\n`);
  }
  // The repository's own form, which a test compares with.
  return spawnSync('prettier', ['--write', '--log-level', 'warn', root], { stdio: 'inherit' }).status ?? 1;
}

process.exitCode =
  process.argv.slice(2).join() === '--write' ? await write() : await runFromNpm('policy', nodeContext());
