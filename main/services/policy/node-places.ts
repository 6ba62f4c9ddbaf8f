import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { type RunCommand } from '../../ports/run-command.ts';
import { nodeDisk } from '../node-disk.ts';
import { type ReadOwnedFile } from './policy-file.ts';
import { type PolicyPlaces } from './read-policy.ts';

/** Longer than a system program takes on a PC that is logging on. */
const RUN_MS = 10_000;

export const runCommand: RunCommand = (program, args) =>
  new Promise((resolve) => {
    const options = { timeout: RUN_MS, windowsHide: true, maxBuffer: 4_000_000, encoding: 'utf8' } as const;
    execFile(program, args, options, (error, stdout) => {
      if (error === null) resolve({ code: 0, stdout });
      else resolve({ code: typeof error.code === 'number' ? error.code : undefined, stdout });
    });
  });

/** Owner and bytes come from one handle, so that nobody can change the file between the two looks. */
export const readOwnedFile: ReadOwnedFile = async (path) => {
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const { uid, mode } = await handle.stat();
    return { bytes: await handle.readFile(), owner: uid, mode: mode & 0o777 };
  } finally {
    await handle.close();
  }
};

/** This PC. */
export const nodePlaces = (tryOut: string | undefined): PolicyPlaces => ({
  platform: process.platform,
  account: userInfo().username,
  tryOut,
  systemRoot: windowsFolder(process.env.SystemRoot),
  disk: nodeDisk,
  readOwnedFile,
  run: runCommand,
});

/** Only ever the Windows folder of some drive: a variable could name a folder with another `reg.exe`. */
const windowsFolder = (given: string | undefined): string | undefined =>
  given !== undefined && /^[A-Z]:\\Windows$/i.test(given) ? given : undefined;
