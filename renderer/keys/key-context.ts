import { createContext, useContext } from 'react';
import { type CommandId, type KeyBinding, keyMap } from './key-map.ts';

/** The keys in force in this window. Where nobody says otherwise, they are those that Lantern comes with. */
export const KeyContext = createContext<readonly KeyBinding[]>(keyMap);

export interface KeysInForce {
  readonly map: readonly KeyBinding[];
  /** The keys of a command, to be printed; nothing when it has none. */
  readonly of: (command: CommandId) => readonly string[];
  /**
   * What is pressed now for a key that Lantern comes with; the same for a key that belongs to no command (Enter), nothing when
   * its command was switched off.
   */
  readonly now: (keys: readonly string[]) => readonly string[];
  /** For `aria-keyshortcuts`. */
  readonly shortcut: (command: CommandId) => string | undefined;
}

export function useKeyMap(): KeysInForce {
  const map = useContext(KeyContext);
  const of = (command: CommandId): readonly string[] =>
    map.find((binding) => binding.command === command)?.keys ?? [];
  return {
    map,
    of,
    now(keys) {
      const name = keys.join('+');
      const command = keyMap.find((binding) => binding.keys.join('+') === name)?.command;
      if (command === undefined || map === keyMap) return keys;
      const own = map.find((binding) => binding.command === command && binding.keys.join('+') === name);
      return own?.keys ?? of(command);
    },
    shortcut: (command) => of(command).join('+') || undefined,
  };
}
