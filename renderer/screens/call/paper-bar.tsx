import { paperCall, paperTimeFaults } from '../../../shared/call/paper.ts';
import { clockTime, dayAndTime, dayText } from '../../../shared/exports/london.ts';
import { DraftInput } from '../../components/draft-fields.tsx';
import { useDesk } from '../../components/desk-context.tsx';
import { useDraft } from '../../components/draft.ts';
import { NO_TIME, paperTimeKey } from '../derive/from-paper.ts';
import { readInShift } from '../derive/paper-times.ts';
import { useCall } from './call-context.tsx';

/** A call from paper: whose form it is, and the form's time for what is entered next. Absent in every other call. */
export function PaperBar() {
  const desk = useDesk();
  const { picture, view, stage } = useCall();
  const form = paperCall(picture);
  const [typed] = useDraft(paperTimeKey(view.id));
  if (form === undefined) return null;
  const { takenBy, shiftFrom, shiftTo, form: number } = form.data;
  const text = typed.trim().toLowerCase();
  const at = readInShift(text, form.data);
  const faults =
    text === '' || text === NO_TIME
      ? []
      : at === undefined
        ? [`Write it as 02:10, or “${NO_TIME}”.`]
        : paperTimeFaults(at, form.data, desk.now());
  return (
    <section className="paper-bar" aria-label="From paper">
      <p>
        <b>From paper, entered later</b>
        <span className="small">
          Taken by {takenBy.name}, {takenBy.role}
          {number === undefined ? '' : ` · form ${number}`} · shift {dayText(shiftFrom)}{' '}
          {clockTime(shiftFrom)} to {clockTime(shiftTo)}
        </span>
      </p>
      {stage === 'closed' ? null : (
        <DraftInput
          draftKey={paperTimeKey(view.id)}
          label="Time on the form"
          className="narrow"
          fault={faults.length === 0 ? undefined : faults.join(' ')}
          hint={at === undefined || faults.length > 0 ? `as 02:10, or ${NO_TIME}` : dayAndTime(at)}
        />
      )}
    </section>
  );
}
