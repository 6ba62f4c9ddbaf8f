import { type ReactNode, useId } from 'react';
import { Kbd } from '../../components/kbd.tsx';
import { useCall } from '../call/call-context.tsx';

/** Something beside the conversation, in the middle of the window: never over the strip, the guide or the notes. */
export function PanelFrame(props: {
  readonly title: string;
  readonly crumb: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  const { open } = useCall();
  const id = useId();
  return (
    <section className="stage-page" aria-labelledby={id}>
      <p className="crumb">{props.crumb}</p>
      <h1 id={id} tabIndex={-1}>
        {props.title}
      </h1>
      {props.hint === undefined ? null : <p className="hint-line">{props.hint}</p>}
      {props.children}
      <div className="row">
        <button type="button" className="button plain" onClick={() => open('none')}>
          Back to the question <Kbd keys={['Esc']} />
        </button>
      </div>
    </section>
  );
}
