import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Kbd } from '../../components/kbd.tsx';
import { DraftWords } from '../../components/draft-fields.tsx';
import { Radios } from '../../components/radios.tsx';
import { Refused } from '../../components/refused.tsx';
import { useDeskValue } from '../../components/desk-context.tsx';
import { mannerNow } from '../../../shared/call/facts.ts';
import { type Question } from '../../../shared/content/schema.ts';
import { stageTitles } from '../../../shared/exports/words.ts';
import { choicesFor } from '../wording/answers.ts';
import { wordingFor } from '../derive/person.ts';
import { talkHint } from '../derive/talk.ts';
import { useCall } from '../call/call-context.tsx';
import { QuestionFields } from './question-fields.tsx';
import { SaidBySelect } from './said-by.tsx';
import { PriorAnswers } from './prior-answers.tsx';
import { useAnswer } from './use-answer.ts';

interface Props {
  readonly question: Question;
  readonly at: number;
  readonly of: number;
  readonly onKept: () => void;
  readonly onLeave: () => void;
  readonly onPrevious: () => void;
}

/** The question in hand: its prompt, its five answers on single keys, its fields and the caller's own words. */
export function QuestionPanel({ question, at, of, onKept, onLeave, onPrevious }: Props) {
  const { person, picture, content } = useCall();
  const hint = talkHint(question, mannerNow(picture).manner, content);
  const singleKeys = useDeskValue((desk) => desk.settings().singleKeyAnswers);
  const answer = useAnswer(question);
  const [why, setWhy] = useState<readonly string[]>([]);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const id = useId();

  const described = [
    ...(question.hint === undefined ? [] : [`${id}hint`]),
    ...(hint === undefined ? [] : [`${id}talk`]),
  ].join(' ');

  const keep = (): void => {
    const kept = answer.keep();
    setWhy(kept.done ? [] : kept.why);
    setFaults(kept.done ? {} : kept.faults);
    if (kept.done) return onKept();
    queueMicrotask(() => {
      const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
      (wrong ?? form.current?.querySelector<HTMLElement>('.answers input'))?.focus();
    });
  };
  const previousOnShiftEnter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onPrevious();
  };
  const answers = (
    <Radios
      className={`answers answers-${question.kind}`}
      options={choicesFor(question).map((choice) => ({
        value: choice.state,
        title: choice.title,
        key: choice.key,
        look: `answer answer-${choice.state}`,
      }))}
      value={answer.state ?? ''}
      onChange={answer.setState}
      singleKeys={singleKeys}
      labelledBy={`${id}ask`}
      describedBy={described === '' ? undefined : described}
    />
  );
  const fields = <QuestionFields question={question} state={answer.state} answer={answer} faults={faults} />;
  const valueFirst = question.kind === 'value';
  return (
    <form
      ref={form}
      className="question"
      aria-labelledby={`${id}ask`}
      onKeyDown={previousOnShiftEnter}
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <p className="crumb">
        {stageTitles[question.stage]} · question {at} of {of} · {question.short}
      </p>
      <h1 id={`${id}ask`} tabIndex={-1}>
        {wordingFor(question, person)}
      </h1>
      <p className="hint-line" id={`${id}hint`}>
        {question.hint}
      </p>
      {hint === undefined ? null : (
        <p className="talk-hint" id={`${id}talk`}>
          {hint}
        </p>
      )}
      <PriorAnswers question={question} />
      {valueFirst ? <div data-first>{fields}</div> : <div data-first>{answers}</div>}
      {valueFirst ? answers : fields}
      <DraftWords
        large
        draftKey={answer.key('words')}
        label="In their own words"
        initial={answer.initial('words')}
        after={<SaidBySelect draftKey={answer.key('saidBy')} initial={answer.initial('saidBy')} />}
      />
      <Refused why={why} />
      <div className="row wrap">
        <button type="submit" className="button primary">
          Keep and next <Kbd keys={['Enter']} />
        </button>
        <button type="button" className="button plain" onClick={onPrevious}>
          Previous <Kbd keys={['Shift', 'Enter']} />
        </button>
        <button type="button" className="button plain" onClick={onLeave}>
          Leave for now
        </button>
      </div>
    </form>
  );
}
