import { AnswerChip } from '../../components/answer-chip.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Typed } from '../../components/typed.tsx';
import { stageTitles } from '../../../shared/exports/words.ts';
import { type Moment } from '../derive/look-back.ts';

/** The entry in hand, large enough to be talked about. */
export function MomentCard(props: { readonly moment: Moment | undefined; readonly of: number }) {
  const { moment, of } = props;
  if (moment === undefined) return null;
  const says = <Typed text={moment.says} />;
  return (
    <section className="moment" aria-label="The entry in hand">
      <p className="crumb">
        {moment.number} of {of} · {moment.time}
        {moment.stage === undefined ? '' : ` · ${stageTitles[moment.stage]}`} · {moment.by}
      </p>
      <div aria-live="polite" aria-atomic="true">
        <h2>{moment.what}</h2>
        {moment.ask === undefined ? null : <p className="hint-line">{moment.ask}</p>}
        {moment.answer === undefined ? null : (
          <p>
            <AnswerChip state={moment.answer} />
          </p>
        )}
        {moment.says === '' ? null : (
          <p className="moment-says">{moment.struck === undefined ? says : <s>{says}</s>}</p>
        )}
        {moment.struck === undefined ? null : <p className="small">{moment.struck}</p>}
      </div>
      <p className="small moment-keys" aria-hidden="true">
        <Kbd keys={['↑', '↓']} /> step <Kbd keys={['Home', 'End']} /> ends <Kbd keys={['H']} /> hide or show
      </p>
    </section>
  );
}
