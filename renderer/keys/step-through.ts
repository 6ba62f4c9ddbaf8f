const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowRight: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  ArrowLeft: (at) => at - 1,
  PageDown: (at) => at + 10,
  PageUp: (at) => at - 10,
  Home: () => 0,
  End: (_, last) => last,
};

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** Where a key leads in a list of places 0 to `last`, never past an end; undefined when the key is not one of a list's. */
export function stepThrough(
  { key, altKey, ctrlKey, metaKey }: Pressed,
  at: number,
  last: number,
): number | undefined {
  if (altKey || ctrlKey || metaKey) return undefined;
  const to = STEPS[key]?.(at, last);
  return to === undefined ? undefined : Math.max(0, Math.min(to, last));
}
