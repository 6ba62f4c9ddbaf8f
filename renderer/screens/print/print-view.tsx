import { useMemo, useState } from 'react';
import { callRecord } from '../../../shared/exports/record/record.ts';
import { gpLetter } from '../../../shared/exports/letter/gp-letter.ts';
import { sbar } from '../../../shared/exports/sbar/sbar.ts';
import { dayAndTime } from '../../../shared/exports/london.ts';
import { PRACTICE_HEAD } from '../../../shared/training/mark.ts';
import { refOf } from '../../../shared/call/picture.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { useCall } from '../call/call-context.tsx';
import { SbarSections } from '../hand-over/sbar-lines.tsx';
import { LetterPaper } from './letter-paper.tsx';
import { type Copy, NO_SERVICE_NAME, PrintBar } from './print-bar.tsx';
import { RecordTable } from './record-table.tsx';

/** What goes on paper, at any point of a call (H9). Card and record are printed apart: only the card is for others. */
export function PrintView({ onEmergency }: { readonly onEmergency: () => void }) {
  const desk = useDesk();
  const { view, picture, content } = useCall();
  const [copy, setCopy] = useState<Copy>('card');
  const [opened] = useState(() => desk.now());
  const card = useMemo(() => sbar(picture, content), [picture, content]);
  const record = useMemo(() => callRecord(view.events, picture, content), [view.events, picture, content]);
  const service = desk.host.service ?? NO_SERVICE_NAME;
  const letter = useMemo(
    () => gpLetter(picture, content, { service }, opened),
    [picture, content, service, opened],
  );
  const notSafe = useDeskValue(
    (from) => view.events.filter((event) => from.where(refOf(event)) !== 'safe').length,
  );
  const isTraining = desk.host.profile.kind === 'training';
  const head = `${isTraining ? PRACTICE_HEAD : ''}${record.title} · call ${record.call}`;
  return (
    <div className={`print-view print-${copy}`} role="main" aria-label="Print">
      <PrintBar
        onEmergency={onEmergency}
        show={setCopy}
        noLetter={letter.ok ? undefined : letter.error.message}
      />
      <div className="paper">
        <h1 className="paper-head">
          {head} · made {dayAndTime(opened)}
        </h1>
        {content.manifest.status === 'demonstration' ? (
          <p className="watermark">{content.manifest.notice}</p>
        ) : null}
        <article className="card paper-card" aria-labelledby="paper-card">
          <h2 id="paper-card">Hand-over to: {card.to}</h2>
          <SbarSections of={card} />
        </article>
        {letter.ok ? <LetterPaper letter={letter.value} /> : null}
        <RecordTable record={record} notSafe={notSafe} head={`${head} · made ${dayAndTime(opened)}`} />
      </div>
    </div>
  );
}
