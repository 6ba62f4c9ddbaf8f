import { useDeskValue } from '../../components/desk-context.tsx';

/** This desk is open in another window: two writers would be two truths. */
export function OtherWindow() {
  const notices = useDeskValue((desk) => desk.notices());
  return (
    <main className="broken">
      <h1>This desk is open in another window</h1>
      <p>Use that window. In an emergency, ring 999 on the second line.</p>
      <ul>
        {notices.map((notice) => (
          <li key={notice}>{notice}</li>
        ))}
      </ul>
      <button type="button" className="button primary" autoFocus onClick={() => location.reload()}>
        Look again
      </button>
    </main>
  );
}
