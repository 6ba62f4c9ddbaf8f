/** Why something was not taken, beside the control that was used. What was typed stays where it is. */
export function Refused({ why, id }: { readonly why: readonly string[]; readonly id?: string }) {
  return (
    <div role="alert" id={id} className={why.length > 0 ? 'refused' : undefined}>
      {why.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
