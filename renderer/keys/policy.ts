import { err, ok, type Result } from '../../shared/result.ts';
import { type CommandId, type KeyBinding, keyMap, localKeys } from './key-map.ts';

/** Keys by command, as settings hold them: `{"consult": ["Alt+C"], "pause": []}`. No keys: switched off. */
export type KeyPolicy = Readonly<Record<string, readonly string[]>>;

/**
 * The keys in force: the ones Lantern comes with, changed or switched off command by command. A policy with anything wrong in
 * it is refused whole, in sentences: half of one would leave a desk whose keys nobody has seen together.
 */
export function keysInForce(policy: KeyPolicy | undefined): Result<readonly KeyBinding[], readonly string[]> {
  if (policy === undefined) return ok(keyMap);
  const why: string[] = [];
  const known = new Set<string>(keyMap.map(({ command }) => command));
  for (const command of Object.keys(policy))
    if (!known.has(command)) why.push(`There is no command “${command}”.`);
  for (const { command, name, key } of FIXED)
    if (policy[command] !== undefined && !policy[command].includes(key))
      why.push(`${key} cannot be taken from “${name}”. Other keys can be added to it.`);
  const map = keyMap.flatMap((binding): readonly KeyBinding[] => {
    const wanted = policy[binding.command];
    if (wanted === undefined) return [binding];
    return wanted.flatMap((text) => {
      // A key that comes with the command is always good, whatever it is.
      if (text === binding.keys.join('+')) return [binding];
      const read = readKey(text);
      if (!read.ok) why.push(`${text}: ${read.error}`);
      return read.ok ? [{ command: binding.command, does: binding.does, ...read.value }] : [];
    });
  });
  const taken = new Map<string, CommandId>();
  for (const { command, keys } of map) {
    const name = keys.join('+');
    const other = taken.get(name);
    if (other !== undefined) why.push(`${name} is asked for twice: “${other}” and “${command}”.`);
    taken.set(name, command);
  }
  return why.length === 0 ? ok(map) : err(why);
}

/** Printed on every screen and learnt by everybody: these keys stay where they are (H2). */
const FIXED = [
  { command: 'emergency', name: 'Emergency', key: 'F9' },
  { command: 'back', name: 'Back', key: 'Esc' },
] as const;

type Shape = Pick<KeyBinding, 'keys' | 'code' | 'key' | 'alt' | 'control' | 'character'>;

const withControl = (letters: string): readonly string[] =>
  letters.split('').map((letter) => `Ctrl+${letter}`);
const BROWSER = new Set([
  'F1',
  'F5',
  'F11',
  'F12',
  'Alt+D',
  'Alt+E',
  'Alt+F',
  ...withControl('0TNWQRLDHJOSUGE'),
]);
const TYPING = new Set(withControl('ACVXYZ'));
const READERS = /\b(?:Insert|Ins|CapsLock|Caps ?Lock|ScrollLock|NumLock|Numpad\w*)\b/iu;

function readKey(text: string): Result<Shape, string> {
  if (READERS.test(text)) return err('NVDA and JAWS listen to this key, with others too.');
  if (BROWSER.has(text)) return err('the browser has this key.');
  if (TYPING.has(text)) return err('this key is used for writing.');
  if (localKeys.some(({ keys }) => keys.join('+') === text)) return err('an answer or a list has this key.');
  if (/^F(?:[2-9]|1[0-2]?)$/u.test(text)) return ok({ keys: [text], code: text });
  const [, modifier, place] = /^(Ctrl|Alt)\+([A-Z0-9])$/u.exec(text) ?? [];
  if (modifier !== undefined && place !== undefined) {
    const code = /\d/u.test(place) ? `Digit${place}` : `Key${place}`;
    return ok({ keys: [modifier, place], code, ...(modifier === 'Alt' ? { alt: true } : { control: true }) });
  }
  // A letter or a digit alone answers questions; what is left acts only while nothing is typed.
  if (/^[!-/:-@[-`{-~]$/u.test(text)) return ok({ keys: [text], key: text, character: true });
  return err('write a key as F6, Ctrl+K, Alt+7 or ?.');
}
