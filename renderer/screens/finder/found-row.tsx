import { type KeyboardEvent, useId } from 'react';
import { useDeskValue } from '../../components/desk-context.tsx';
import { readDraft } from '../../components/draft.ts';
import { DraftInput } from '../../components/draft-fields.tsx';
import { type Found } from '../../../shared/directory/finder.ts';
import { type AskFirst } from '../../../shared/directory/ask-first.ts';
import { type Known } from '../../../shared/directory/asking.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { minutesFault } from '../derive/said-minutes.ts';
import { askFirstText, reasonText, trustText, wayText } from '../wording/reasons.ts';

const GROUPS: readonly (readonly [Known, string])[] = [
  ['no', 'Does not fit'],
  ['notKnown', 'Not known'],
  ['yes', 'Fits'],
];

/** One service with every reason. Enter takes it; C says it cannot take anybody now, R that its entry is wrong. */
export function FoundRow(props: {
  readonly found: Found;
  readonly now: UtcMs;
  readonly minutesKey: string;
  /** What to ask the person first, each with its question. */
  readonly ask: readonly { readonly fact: AskFirst; readonly question: string }[];
  readonly onAsk: (question: string) => void;
  readonly onChoose: () => void;
  readonly onFull: () => void;
  readonly onWrong: () => void;
}) {
  const { found, now, minutesKey, ask, onAsk, onChoose, onFull, onWrong } = props;
  const { service, place, reasons } = found;
  const id = useId();
  const typed = useDeskValue((desk) => readDraft(desk, minutesKey));
  const isFull = reasons.some(({ about }) => about === 'capacity');
  const hear = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = { c: onFull, r: onWrong }[event.key.toLowerCase()];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <li className={`found found-${found.overall}`}>
      <button
        type="button"
        className="found-name"
        data-service={service.id}
        aria-describedby={`${id}w ${id}r ${id}t`}
        aria-keyshortcuts="Enter C R"
        onClick={onChoose}
        onKeyDown={hear}
      >
        {service.name}
      </button>
      <p className="small" id={`${id}w`}>
        {[place?.address.join(', '), place?.note, wayText(found, now)].filter(Boolean).join(' · ')}
      </p>
      <dl className="found-why" id={`${id}r`}>
        {GROUPS.map(([fit, title]) => {
          const these = reasons.filter((reason) => reason.fit === fit);
          return these.length === 0 ? null : (
            <div key={fit} className={`why-${fit}`}>
              <dt>{title}</dt>
              <dd>{these.map((reason) => reasonText(reason, now)).join('; ')}</dd>
            </div>
          );
        })}
      </dl>
      {ask.length === 0 ? null : (
        <p className="small found-ask">
          Ask this first:{' '}
          {ask.map(({ fact, question }, at) => (
            <span key={fact}>
              {at === 0 ? '' : ' · '}
              <button type="button" className="link small" onClick={() => onAsk(question)}>
                {askFirstText(fact)}
              </button>
            </span>
          ))}
        </p>
      )}
      <p className="small" id={`${id}t`}>
        {service.alert === undefined ? '' : `${service.alert} `}
        {trustText(found)}{' '}
        {service.phones.map(({ number, says }) => [number, says].filter(Boolean).join(', ')).join(' · ')}
      </p>
      <div className="row">
        <button type="button" className="link small" onClick={onFull}>
          {isFull ? 'Takes people again' : 'Cannot take anybody now'} <kbd>C</kbd>
        </button>
        <button type="button" className="link small" onClick={onWrong}>
          Entry is wrong <kbd>R</kbd>
        </button>
        {place === undefined ? null : (
          <DraftInput
            draftKey={minutesKey}
            label="Minutes to get there, as they say"
            inputMode="numeric"
            fault={minutesFault(typed)}
            className="found-minutes"
          />
        )}
      </div>
    </li>
  );
}
