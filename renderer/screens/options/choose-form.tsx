import { type FormEvent, useState } from 'react';
import { DraftRadios, DraftWords } from '../../components/draft-fields.tsx';
import { optional, useDraft, useForm } from '../../components/draft.ts';
import { Kbd } from '../../components/kbd.tsx';
import { Refused } from '../../components/refused.tsx';
import { serviceCheck } from '../../../shared/call/facts.ts';
import { urgencyCode } from '../../../shared/events/vocabulary.ts';
import { type Option } from '../../../shared/gates/doors.ts';
import { urgencyTitles } from '../wording/answers.ts';
import { useCall } from '../call/call-context.tsx';
import { stopsFor } from '../derive/route-options.ts';
import { KnownSoFar } from './known-so-far.tsx';
import { ServiceCheck } from './service-check.tsx';
import { StopsWithWays } from './stops-with-ways.tsx';

/** One route, looked at together: what stands before it, how soon, and the person's choice in their words. */
export function ChooseForm({ option, onBack }: { readonly option: Option; readonly onBack: () => void }) {
  const { route, pointsTo, pointsAway } = option;
  const { view, picture, content, record } = useCall();
  const form = useForm(`${view.id}:choose:${route.id}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const only = route.urgencies.length === 1 ? route.urgencies[0] : undefined;
  const [soon] = useDraft(form.key('urgency'));
  const { now, later } = stopsFor(option, only ?? soon, picture, content);

  const choose = (event: FormEvent): void => {
    event.preventDefault();
    const urgency = urgencyCode.safeParse(only ?? form.read('urgency'));
    if (!urgency.success) return setWhy(['Say how soon: choose one of the urgencies.']);
    const done = record({
      type: 'route.chosen',
      data: {
        route: route.id,
        urgency: urgency.data,
        ...optional('service', serviceCheck(picture, route.id)?.data.name ?? ''),
        ...optional('choice', form.read('choice')),
      },
    });
    if (!done.ok) return setWhy(done.why);
    form.clear('urgency', 'choice');
    onBack();
  };
  return (
    <section className="choose" aria-labelledby="choose-title">
      <p className="crumb">Options · {route.timescale}</p>
      <h1 id="choose-title" tabIndex={-1}>
        {route.title}
      </h1>
      <dl className="pointers">
        <Pointer title="Would point to it" items={pointsTo} />
        <Pointer title="Would point away" items={pointsAway} />
      </dl>
      <KnownSoFar route={route.id} />
      {route.service ? <ServiceCheck route={route.id} /> : null}
      {now.length > 0 ? null : (
        <p className={later.length === 0 ? 'open-line' : 'open-line later'}>
          {later.length === 0
            ? 'Open: nothing stands before this.'
            : 'Open as soon as it can be. As late as chosen, it needs a decision: see below.'}
        </p>
      )}
      <StopsWithWays stops={now} route={route.id} title="Before this can be chosen" />
      <form className="block" id="choice" aria-label={`Choose ${route.title}`} onSubmit={choose}>
        <div data-first="">
          {only === undefined ? (
            <DraftRadios
              draftKey={form.key('urgency')}
              label="How soon"
              options={route.urgencies.map((code) => ({ value: code, title: urgencyTitles[code] }))}
            />
          ) : null}
          <DraftWords draftKey={form.key('choice')} label="What they want, in their own words" />
        </div>
        <Refused why={why} />
        <div className="row">
          <button type="submit" className="button primary">
            They choose this <Kbd keys={['Enter']} />
          </button>
          <button type="button" className="button plain" onClick={onBack}>
            Back to all options
          </button>
        </div>
      </form>
      <StopsWithWays stops={later} route={route.id} title="Before it can be as late as that" />
    </section>
  );
}

function Pointer({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{items.length === 0 ? 'Nothing recorded' : items.join('; ')}</dd>
    </div>
  );
}
