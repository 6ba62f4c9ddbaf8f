import { useMemo, useState } from 'react';
import { callRecord } from '../../../shared/exports/record/record.ts';
import { sbar } from '../../../shared/exports/sbar/sbar.ts';
import { dayAndTime } from '../../../shared/exports/london.ts';
import { refOf } from '../../../shared/call/picture.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useCall } from '../call/call-context.tsx';
import { SbarSections } from '../hand-over/sbar-lines.tsx';
import { RecordTable } from './record-table.tsx';

/** What goes on paper, at any point of a call (H9). The browser's own dialogue prints it or keeps it as a PDF. */
export function PrintView({ onEmergency }: { readonly onEmergency: () => void }) {
  const desk = useDesk();
  const { view, picture, content, open } = useCall();
  const [opened] = useState(() => desk.now());
  const card = useMemo(() => sbar(picture, content), [picture, content]);
  const record = useMemo(() => callRecord(view.events, picture, content), [view.events, picture, content]);
  const notSafe = useDeskValue(
    (from) => view.events.filter((event) => from.where(refOf(event)) !== 'safe').length,
  );
  const head = `${record.title} · call ${record.call}`;
  return (
    <div className="print-view" role="main" aria-label="Print">
      <div className="print-bar no-print">
        <button type="button" className="button primary" data-first="" onClick={() => window.print()}>
          Print, or keep as PDF
        </button>
        <button type="button" className="button plain" onClick={() => open('none')}>
          <Kbd keys={['Esc']} /> Back to call
        </button>
        <p className="small">
          Nothing here is sent anywhere. The print dialogue of this PC also makes a PDF.
        </p>
        <button
          type="button"
          className="button danger emergency-key"
          aria-keyshortcuts="F9"
          onClick={onEmergency}
        >
          <Kbd keys={['F9']} /> Emergency
        </button>
      </div>
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
        <RecordTable record={record} notSafe={notSafe} head={`${head} · made ${dayAndTime(opened)}`} />
      </div>
    </div>
  );
}
