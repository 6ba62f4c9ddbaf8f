import { useKeyMap } from '../keys/key-context.ts';

/** Keys as printed on the keyboard. Decoration: the words beside them and `aria-keyshortcuts` carry the meaning. */
export function KeyCaps({ keys }: { readonly keys: readonly string[] }) {
  if (keys.length === 0) return null;
  return (
    <span className="keys" aria-hidden="true">
      {keys.map((key, at) => (
        <kbd key={`${at}${key}`}>{key}</kbd>
      ))}
    </span>
  );
}

/** The same for a key that Lantern comes with: shows what is pressed for it at this desk, or nothing. */
export function Kbd({ keys }: { readonly keys: readonly string[] }) {
  return <KeyCaps keys={useKeyMap().now(keys)} />;
}
