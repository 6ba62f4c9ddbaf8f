import { useState } from 'react';
import { type AttemptRow } from '../../../shared/bridge/training.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { clearDrafts, useDraft } from '../../components/draft.ts';
import { TextArea } from './text-area.tsx';

/** The learner speaks first: before the timeline, before any mark. */
export function ReflectionForm(props: {
  readonly row: Pick<AttemptRow, 'id' | 'title'>;
  readonly onDone: () => void;
  readonly onBack: () => void;
}) {
  const desk = useDesk();
  const key = `training:${props.row.id}`;
  const [wentWell, setWentWell] = useDraft(`${key}:wentWell`);
  const [wouldChange, setWouldChange] = useDraft(`${key}:wouldChange`);
  const [howIAm, setHowIAm] = useDraft(`${key}:howIAm`);
  const [why, setWhy] = useState('');
  const keep = async (): Promise<void> => {
    if (wentWell.trim() === '' || wouldChange.trim() === '')
      return setWhy('Write something in the first two boxes, however short.');
    const answer = await desk.training.ask('training.reflect', {
      attempt: props.row.id,
      wentWell: wentWell.trim(),
      wouldChange: wouldChange.trim(),
      ...(howIAm.trim() === '' ? {} : { howIAm: howIAm.trim() }),
    });
    if (!answer.ok) return setWhy(`It could not be kept: ${answer.error.message}.`);
    clearDrafts(desk, [`${key}:wentWell`, `${key}:wouldChange`, `${key}:howIAm`]);
    props.onDone();
  };
  return (
    <form
      className="block practice-card"
      aria-label="Your own view"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <p className="practice-name">{props.row.title}</p>
      <TextArea label="What went well" value={wentWell} onChange={setWentWell} />
      <TextArea label="What you would do differently" value={wouldChange} onChange={setWouldChange} />
      <TextArea label="How you are now (only if you want to say)" value={howIAm} onChange={setHowIAm} />
      <p role="alert" className={why === '' ? undefined : 'refused'}>
        {why}
      </p>
      <div className="row wrap">
        <button type="submit" className="button primary">
          Keep it and open the debrief
        </button>
        <button type="button" className="button plain" onClick={props.onBack}>
          Later
        </button>
      </div>
    </form>
  );
}
