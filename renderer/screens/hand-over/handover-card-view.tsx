import { useMemo } from 'react';
import { sbar } from '../../../shared/exports/sbar/sbar.ts';
import { Kbd } from '../../components/kbd.tsx';
import { useCall } from '../call/call-context.tsx';
import { SbarSections } from './sbar-lines.tsx';

/** The card to be read aloud: what this receiver needs, large, with what is unknown said as unknown. */
export function HandoverCardView() {
  const { picture, content, open } = useCall();
  const card = useMemo(() => sbar(picture, content), [picture, content]);
  return (
    <article className="card" aria-labelledby="card-title" tabIndex={0}>
      <h2 id="card-title" className="crumb">
        Card to read aloud · {card.to}
      </h2>
      <SbarSections of={card} />
      <button type="button" className="button plain" onClick={() => open('print')}>
        Print <Kbd keys={['Ctrl', 'P']} />
      </button>
    </article>
  );
}
