import { type KeyboardEvent, useEffect, useId } from 'react';
import { AnswerChip } from '../../components/answer-chip.tsx';
import { windowAround } from '../derive/find.ts';
import { type Moment } from '../derive/look-back.ts';

/** More than a column shows at once; a night's call is drawn around where one stands in it. */
const DRAWN = 60;

/** What happened, in order. One stop for Tab; the arrows go through it. */
export function Timeline(props: {
  readonly moments: readonly Moment[];
  readonly at: number;
  readonly onStep: (event: KeyboardEvent) => void;
  readonly onChoose: (at: number) => void;
}) {
  const { moments, at, onStep, onChoose } = props;
  const id = useId();
  useEffect(() => {
    document.getElementById(`${id}${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  const { from, shown } = windowAround(moments, DRAWN, at);
  return (
    <ul
      className="timeline"
      role="listbox"
      aria-label="What happened"
      aria-activedescendant={`${id}${at}`}
      tabIndex={0}
      data-first=""
      onKeyDown={onStep}
    >
      {shown.map((moment, index) => {
        const place = from + index;
        return (
          <li
            key={moment.number}
            id={`${id}${place}`}
            role="option"
            aria-selected={place === at}
            aria-setsize={moments.length}
            aria-posinset={moment.number}
            onClick={() => onChoose(place)}
          >
            <time className="small">{moment.time}</time>
            <span className={moment.struck === undefined ? 'moment-what' : 'moment-what struck'}>
              {moment.what}
              {moment.which === undefined ? null : <span className="moment-which">{moment.which}</span>}
            </span>
            {moment.answer === undefined ? null : <AnswerChip state={moment.answer} />}
          </li>
        );
      })}
    </ul>
  );
}
