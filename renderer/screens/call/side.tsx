import { FindBar } from './find-bar.tsx';
import { NoteBox, Notes } from './notes.tsx';
import { BeforeARoute } from './before-a-route.tsx';
import { PictureFacts } from './picture-facts.tsx';
import { PlanSoFar } from './plan-so-far.tsx';
import { type Find } from './use-find.ts';
import { WhereNow } from './where-now.tsx';
import { useCall } from './call-context.tsx';

/**
 * The right column: where they are, the picture, what stands before a route, the plan and the notes. Find is at its head,
 * above what is read there, and lists the hits in their places below.
 */
export function Side({ find, onCloseFind }: { readonly find: Find; readonly onCloseFind: () => void }) {
  const { stage } = useCall();
  return (
    <aside className="side" aria-label="Picture and notes">
      {find.isOpen ? <FindBar onFound={find.onFound} onClose={onCloseFind} /> : null}
      <div className="side-scroll" role="group" aria-label="Picture" tabIndex={0}>
        <WhereNow />
        <PictureFacts />
        {stage === 'closed' ? null : <BeforeARoute />}
        <PlanSoFar />
      </div>
      <Notes />
      <NoteBox />
    </aside>
  );
}
