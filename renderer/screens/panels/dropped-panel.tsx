import { type FormEvent, useState } from 'react';
import { Elapsed } from '../../components/clock.tsx';
import { DraftWords } from '../../components/draft-fields.tsx';
import { optional, useDraft, useForm } from '../../components/draft.ts';
import { focusFirst } from '../../components/first-focus.ts';
import { Kbd } from '../../components/kbd.tsx';
import { Refused } from '../../components/refused.tsx';
import { answerTo, lineIsLost, mannerNow, nextCallBack, stopUnanswered } from '../../../shared/call/facts.ts';
import { lastOf } from '../../../shared/call/picture.ts';
import { useCall } from '../call/call-context.tsx';
import { inHandKey } from '../call/use-call-scope.ts';
import { questionInHand, questionsIn } from '../derive/guide.ts';
import { fieldsLine, quoted } from '../derive/facts-text.ts';
import { saidWhen } from '../derive/person.ts';
import { ringBack } from '../derive/talk.ts';
import { clockTime } from '../wording/times.ts';
import { CallBackTries } from './call-back-tries.tsx';
import { HoldLine } from './hold-line.tsx';
import { PanelFrame } from './panel-frame.tsx';
import { StillThere } from './still-there.tsx';
import { WhatHappensNow } from './what-happens-now.tsx';

/** The line went: their last words, a clock, every try to ring back, and a decision by name if nobody is reached. */
export function DroppedPanel() {
  const { picture, person, content } = useCall();
  const dropped = lastOf(picture, 'line.dropped');
  if (dropped === undefined || !lineIsLost(picture)) return <LineDropped />;
  const advice = ringBack(person, mannerNow(picture).manner);
  const number = content.landmarks.number.question;
  const said = answerTo(picture, number);
  const next = nextCallBack(picture, content.callBack.afterMinutes);
  return (
    <PanelFrame
      crumb="Dropped call"
      title={advice.title}
      {...(advice.ring ? { hint: content.callBack.say } : {})}
    >
      <p className="dropped-clock">
        <b className="loud-clock">
          <Elapsed since={dropped.at} />
        </b>{' '}
        since the line went
        {!advice.ring ? null : next === undefined ? (
          <b> · every try made: somebody decides now</b>
        ) : (
          <b> · ring at {clockTime(next)}</b>
        )}
        {dropped.data.lastWords === undefined ? null : (
          <span>
            {' '}
            · last words <em>{quoted(dropped.data.lastWords)}</em>
          </span>
        )}
      </p>
      {advice.ring && mannerNow(picture).manner !== 'yesNo' ? null : (
        <p className="do-not-ring" role="note">
          <b>{advice.sentence}</b>
          {said === undefined ? null : (
            <span className="small">
              {fieldsLine(content.question(number), said)} · {saidWhen(said, person.about, picture)}
            </span>
          )}
        </p>
      )}
      <CallBackTries ring={advice.ring} />
      <WhatHappensNow title="Not reached: who decides what happens now" />
    </PanelFrame>
  );
}

function LineDropped() {
  const { view, picture, record } = useCall();
  const lastWords = useHalfTyped();
  const form = useForm(`${view.id}:dropped`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const drop = (event: FormEvent): void => {
    event.preventDefault();
    const done = record({
      type: 'line.dropped',
      data: { ...optional('lastWords', form.read('lastWords', lastWords)) },
    });
    if (!done.ok) return setWhy(done.why);
    form.clear('lastWords');
    queueMicrotask(() => focusFirst(document.querySelector('.centre')));
  };
  const stopped = stopUnanswered(picture) !== undefined;
  return (
    <PanelFrame
      crumb="Dropped call"
      title={stopped ? 'Is the caller still there?' : 'Has the line gone?'}
      hint="F8 again, or Enter in the box, starts the clock."
    >
      <StillThere />
      <form className="block" id="line-dropped" aria-label="The line dropped" onSubmit={drop}>
        <div {...(stopped ? {} : { 'data-first': '' })}>
          <DraftWords
            draftKey={form.key('lastWords')}
            label="Their last words (optional)"
            initial={lastWords}
          />
        </div>
        <Refused why={why} />
        <button type="submit" className="button primary">
          The line dropped <Kbd keys={['Enter']} />
        </button>
      </form>
      <HoldLine />
    </PanelFrame>
  );
}

/** What was being typed when the line went: very likely their last words. */
function useHalfTyped(): string {
  const { view, picture, content, stage } = useCall();
  const [remembered] = useDraft(inHandKey(view.id));
  const questions = stage === 'closed' || stage === 'offered' ? [] : questionsIn(stage, picture, content);
  const question = questionInHand(remembered, questions, picture);
  const [words] = useDraft(`${view.id}:${question?.id ?? ''}:words`);
  return words;
}
