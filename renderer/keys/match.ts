import { type CommandId, type KeyBinding, keyMap } from './key-map.ts';

/** The parts of a KeyboardEvent that decide which command it asks for. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
}

/**
 * The command a key press asks for. Bare characters count only while nothing is being typed. Keys are matched by
 * place on the keyboard, so that Alt+1 works where Alt makes another character; AltGr (Control and Alt) is typing.
 */
export function commandFor(
  press: Press,
  typing: boolean,
  map: readonly KeyBinding[] = keyMap,
): CommandId | undefined {
  if (press.isComposing) return undefined;
  const control = press.ctrlKey || press.metaKey;
  return map.find((binding) => {
    if (binding.character === true && typing) return false;
    if ((binding.alt === true) !== press.altKey || (binding.control === true) !== control) return false;
    return binding.key === undefined ? binding.code === press.code : binding.key === press.key;
  })?.command;
}
