import { keyMap, type CommandId } from '../../keys/key-map.ts';
import { type KeyPolicy } from '../../keys/policy.ts';

/** The keys somebody wrote into a box, as a policy has them: "F6, Ctrl+K" or nothing at all. Spelling of case is forgiven. */
export const readKeys = (typed: string): readonly string[] =>
  typed
    .split(/[\s,]+/u)
    .filter((text) => text !== '')
    .map((text) =>
      text
        .split('+')
        .map((part) =>
          part.length === 1 ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1),
        )
        .join('+'),
    );

/** Lantern's own keys of a command, as they are written in a policy. */
export const ownKeys = (command: CommandId): readonly string[] =>
  keyMap.filter((binding) => binding.command === command).map(({ keys }) => keys.join('+'));

/** The policy with one command's keys changed; what is Lantern's own again is left out. Undefined: nothing differs. */
export function withKeys(
  policy: KeyPolicy | undefined,
  command: CommandId,
  keys: readonly string[] | undefined,
): Record<string, string[]> | undefined {
  const own = ownKeys(command);
  const same = keys === undefined || (keys.length === own.length && keys.every((key, at) => key === own[at]));
  const rest = Object.entries(policy ?? {}).filter(([name]) => name !== command);
  const entries = [...rest, ...(same ? [] : [[command, keys] as const])];
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, list]) => [name, [...list]]));
}
