import { type FormEvent, useState } from 'react';
import { DraftRadios, DraftWords } from '../../components/draft-fields.tsx';
import { optional, useDraft, useForm } from '../../components/draft.ts';
import { Refused } from '../../components/refused.tsx';
import { chosenRoute, mannerNow } from '../../../shared/call/facts.ts';
import { outcomeCode } from '../../../shared/events/vocabulary.ts';
import { possibleOutcomes, stopsAt } from '../../../shared/gates/doors.ts';
import { MendButton } from '../call/mend-button.tsx';
import { useCall } from '../call/call-context.tsx';
import { WhatHappensNow } from '../panels/what-happens-now.tsx';
import { mendOf } from '../derive/endings.ts';
import { PlanLines } from '../agree/plan-lines.tsx';
import { FollowUp } from './follow-up.tsx';
import { SayBack } from './say-back.tsx';

/** The end of the call: what they said back, the national outcome, and all that still stands in the way. */
export function CloseStage() {
  const { view, picture, content, record } = useCall();
  const form = useForm(`${view.id}:close`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const [proposed] = useDraft(form.key('outcome'));
  const codes = possibleOutcomes(picture, content);
  const read = outcomeCode.safeParse(proposed);
  const outcome = read.success && codes.includes(read.data) ? read.data : undefined;
  const stops = stopsAt({ door: 'close', ...(outcome === undefined ? {} : { outcome }) }, picture, content);

  const close = (event: FormEvent): void => {
    event.preventDefault();
    if (outcome === undefined) return setWhy(['Choose the outcome of this call.']);
    const urgency = chosenRoute(picture)?.data.urgency;
    const done = record({
      type: 'call.closed',
      data: {
        outcome,
        ...(urgency === undefined ? {} : { urgency }),
        ...optional('summary', form.read('summary')),
      },
    });
    setWhy(done.ok ? [] : done.why);
    if (done.ok) form.clear('outcome', 'summary');
  };
  return (
    <section className="stage-page" aria-labelledby="close-title">
      <p className="crumb">Close</p>
      <h1 id="close-title" tabIndex={-1}>
        Before this call ends
      </h1>
      {mannerNow(picture).manner === 'silent' ? (
        <WhatHappensNow title="Nobody spoke: who decides what happens now" />
      ) : null}
      <SayBack />
      {chosenRoute(picture) === undefined ? <PlanLines /> : null}
      <FollowUp />
      <form className="block" id="outcome" aria-label="Close the call" onSubmit={close}>
        <h2>Outcome</h2>
        <div data-first="">
          <DraftRadios
            draftKey={form.key('outcome')}
            label="How this call ends"
            options={content.outcomes
              .filter((item) => codes.includes(item.code))
              .map((item) => ({ value: item.code, title: `${item.code} ${item.title}` }))}
          />
        </div>
        <DraftWords draftKey={form.key('summary')} label="In a sentence (optional)" />
        {stops.length === 0 ? (
          <p className="open-line">Nothing stands in the way.</p>
        ) : (
          <ul className="plain-list in-the-way" aria-label="Still in the way">
            {stops.map((stop) => (
              <li key={`${stop.gate.id}${stop.say}`}>
                {stop.say} <MendButton mend={mendOf(stop, { picture, content })} />
              </li>
            ))}
          </ul>
        )}
        <Refused why={why} />
        <button type="submit" className="button primary">
          Close call
        </button>
      </form>
    </section>
  );
}
