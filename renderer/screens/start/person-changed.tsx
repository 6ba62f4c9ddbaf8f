import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { emergencyWords } from '../wording/emergency-words.ts';

/** The window of somebody who is not signed in any more: it goes as soon as all of theirs is kept. */
export function PersonChanged() {
  const { real } = emergencyWords(useDesk().host.profile);
  const notices = useDeskValue((desk) => desk.notices());
  return (
    <main className="broken">
      <h1>Somebody else is signed in</h1>
      <div role="status">
        {notices.map((notice) => (
          <p key={notice}>{notice}</p>
        ))}
        <p>This page opens anew by itself. {real ?? 'In an emergency, ring 999 on the second line.'}</p>
      </div>
    </main>
  );
}
