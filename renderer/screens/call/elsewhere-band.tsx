import { useState } from 'react';
import { type Elsewhere } from '../../../shared/sync/call-lease.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { ContinueDialog } from '../team/continue-dialog.tsx';
import { whereWords } from '../wording/team-words.ts';
import { timeText } from '../wording/times.ts';
import { useCall } from './call-context.tsx';

/** This desk has not got this call: said plainly, with what is still possible here. It stands in the place of other alerts. */
export function ElsewhereBand({ elsewhere }: { readonly elsewhere: Elsewhere }) {
  const desk = useDesk();
  const { view } = useCall();
  const [asked, ask] = useState(false);
  const { name, since, nobody } = elsewhere;
  return (
    <section
      className="loud loud-elsewhere"
      aria-label={nobody === true ? 'Alert: nobody has this call' : 'Alert: another desk has this call'}
    >
      <b>{whereWords(elsewhere)}</b>
      <span className="loud-sentence" role="status">
        since {timeText(since, desk.now())}. All that was written here is kept. Only a note (F2) or the
        emergency (F9) until you take it back.
      </span>
      <button type="button" className="button plain" onClick={() => ask(true)}>
        Take it back
      </button>
      {asked ? (
        <ContinueDialog call={view.id} deskName={name} onClose={() => ask(false)} onHere={() => ask(false)} />
      ) : null}
    </section>
  );
}
