import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { emergencyWords } from '../wording/emergency-words.ts';

/** This desk is open in another window: two writers would be two truths. */
export function OtherWindow() {
  const { real } = emergencyWords(useDesk().host.profile);
  const notices = useDeskValue((desk) => desk.notices());
  return (
    <main className="broken">
      <h1>This desk is open in another window</h1>
      <p>Use that window. {real ?? 'In an emergency, ring 999 on the second line.'}</p>
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
