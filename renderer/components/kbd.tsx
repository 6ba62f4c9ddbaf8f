/** Keys as printed on the keyboard. Decoration: the words beside them and `aria-keyshortcuts` carry the meaning. */
export function Kbd({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className="keys" aria-hidden="true">
      {keys.map((key, at) => (
        <kbd key={`${at}${key}`}>{key}</kbd>
      ))}
    </span>
  );
}
