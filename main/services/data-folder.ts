import { posix, win32 } from 'node:path';

/**
 * Where an installed Lantern keeps everything, for one account on one computer. Never the roaming part of a Windows
 * profile: it is copied between computers at sign-in and sign-out, and two computers would then write one stream. A virtual
 * desktop that keeps nothing between sessions is a new desk each time; see the guide in `main/managed`.
 */
export function localDataFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const given = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  if (platform === 'win32')
    return win32.join(given('LOCALAPPDATA') ?? win32.join(home, 'AppData', 'Local'), 'Lantern');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Lantern');
  return posix.join(given('XDG_DATA_HOME') ?? posix.join(home, '.local', 'share'), 'lantern');
}
