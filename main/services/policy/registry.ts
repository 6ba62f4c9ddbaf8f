import { fromWords } from '../../../shared/policy/kind.ts';
import { isPolicyKey, type PolicyKey, policyKeys } from '../../../shared/policy/policy.ts';
import { type Reading } from '../../../shared/policy/resolve.ts';
import { type RunCommand } from '../../ports/run-command.ts';

export type Hive = 'HKLM' | 'HKCU';

const PARENT = String.raw`SOFTWARE\Policies`;
const NAME = 'Lantern';
export const REGISTRY_KEY = `${PARENT}\\${NAME}`;
/** The whole path: a program of that name in the folder of the program would otherwise be found first. */
const REG = String.raw`C:\Windows\System32\reg.exe`;

/**
 * What a hive holds under `Software\Policies\Lantern`, by `reg query` (the 64-bit view, where group policy writes).
 * `reg` answers 1 both for "not there" and "not allowed", in the words of the system's language: which of the two it
 * is, is looked up in the list of the key above, whose paths are in no language.
 */
export async function readRegistry(hive: Hive, run: RunCommand, systemRoot?: string): Promise<Reading> {
  const reg = systemRoot === undefined ? REG : `${systemRoot}\\System32\\reg.exe`;
  const where = `${hive}\\${REGISTRY_KEY}`;
  const unreadable = (why: string): Reading => ({ kind: 'unreadable', where, why });
  const { code, stdout } = await run(reg, ['query', where, '/reg:64']);
  if (code === 0) return parseRegistry(where, stdout);
  const above = await run(reg, ['query', `${hive}\\${PARENT}`, '/reg:64']);
  // An account without any policy has no key above either.
  if (above.code === 1 && hive === 'HKCU') return { kind: 'absent' };
  if (above.code !== 0) return unreadable('the registry cannot be read');
  const isListed = above.stdout
    .split(/\r?\n/)
    .some((line) => line.trim().toLowerCase().endsWith(`\\${PARENT}\\${NAME}`.toLowerCase()));
  return isListed ? unreadable('the registry key cannot be read') : { kind: 'absent' };
}

const byLowerCase = new Map<string, PolicyKey>(policyKeys.map((key) => [key.toLowerCase(), key]));

/**
 * The output of `reg query`: a line with the key, then four spaces, name, four spaces, type, four spaces, value. Names of
 * values have no case in Windows. Bytes that are not ASCII come in whatever code page the console has: they are refused, and
 * JSON has `\u00e9` for them.
 */
export function parseRegistry(where: string, text: string): Reading {
  const values: Record<string, unknown> = {};
  for (const line of text.split(/\r?\n/)) {
    const found =
      /^ {4}(.+?) {4}(REG_[A-Z_]+) {4}(.*)$/.exec(line) ??
      /^ {4}(.+?) {4}(REG_[A-Z_]+)()$/.exec(line.trimEnd());
    if (found === null) continue;
    const [, name = '', type = '', shown = ''] = found;
    const key = byLowerCase.get(name.toLowerCase()) ?? name;
    if (/[^\x20-\x7e]/.test(shown)) {
      return {
        kind: 'unreadable',
        where,
        why: `${isPolicyKey(key) ? key : 'a value'} holds a character that is not ASCII: write it as \\u and four digits`,
      };
    }
    const value = valueOf(type, shown);
    if (value === undefined)
      return {
        kind: 'unreadable',
        where,
        why: `${isPolicyKey(key) ? key : 'a value'} has a kind that no policy has (${type})`,
      };
    values[key] = isPolicyKey(key) ? fromWords(key, value) : value;
  }
  return { kind: 'read', where, values };
}

function valueOf(type: string, shown: string): string | number | undefined {
  switch (type) {
    case 'REG_DWORD':
    case 'REG_QWORD':
      return /^0x[0-9a-f]{1,13}$/i.test(shown) ? Number(shown) : undefined;
    case 'REG_SZ':
      return shown;
    // Lines of a box for several lines; `reg` writes the end of each as \0.
    case 'REG_MULTI_SZ':
      return shown.replaceAll(String.raw`\0`, '\n').trim();
    // Group policy writes REG_EXPAND_SZ for paths with %VARIABLES%; reading what a person's own variable says is refused.
    default:
      return undefined;
  }
}
