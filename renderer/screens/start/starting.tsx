/** Until the desk is there: what is being waited for, and what to do meanwhile. */
export function Starting() {
  return (
    <main className="broken" aria-busy="true">
      <h1>Lantern</h1>
      <p role="status">Opening the calls kept on this PC.</p>
    </main>
  );
}

/** The desk could not be opened: what happened, what is safe, what to do. */
export function NotStarted({ why }: { readonly why: string }) {
  return (
    <main className="broken">
      <h1>This desk could not be opened</h1>
      <p role="alert">{why}</p>
      <p>What was recorded before is kept. In an emergency, ring 999 on the second line.</p>
      <button type="button" className="button primary" autoFocus onClick={() => location.reload()}>
        Try again
      </button>
    </main>
  );
}
