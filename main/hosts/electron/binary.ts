import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The path of the installed binary, or undefined. Looks where the package keeps it, without loading the package:
 * loading it would start a download.
 */
export function findBinary(root: string, overrideFolder: string | undefined): string | undefined {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const binary = join(overrideFolder ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : undefined;
}

/** Runs the package's own installer, at most `ms`. Whether it worked is for `findBinary` to say. */
export function runInstaller(root: string, ms: number): Promise<'done' | 'failed' | 'tooSlow'> {
  const installer = join(root, 'node_modules/electron/install.js');
  if (!existsSync(installer)) return Promise.resolve('failed');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], {
      stdio: 'ignore',
      timeout: ms,
      killSignal: 'SIGKILL',
    });
    child.once('error', () => resolve('failed'));
    child.once('exit', (code, signal) => {
      if (signal !== null) resolve('tooSlow');
      else resolve(code === 0 ? 'done' : 'failed');
    });
  });
}
