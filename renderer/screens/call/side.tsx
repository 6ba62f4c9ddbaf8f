import { NoteBox, Notes } from './notes.tsx';
import { BeforeARoute } from './before-a-route.tsx';
import { PictureFacts } from './picture-facts.tsx';
import { PlanSoFar } from './plan-so-far.tsx';
import { WhereNow } from './where-now.tsx';
import { useCall } from './call-context.tsx';

/** The right column: where they are, the picture, what stands before a route, the plan and the notes. */
export function Side() {
  const { stage } = useCall();
  return (
    <aside className="side" aria-label="Picture and notes">
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
