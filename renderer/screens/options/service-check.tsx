import { Typed } from '../../components/typed.tsx';
import { eventTime } from '../../../shared/exports/event-time.ts';
import { type FormEvent, useState } from 'react';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftInput, DraftRadios } from '../../components/draft-fields.tsx';
import { DraftTime, focusWrong } from '../../components/draft-time.tsx';
import { useForm } from '../../components/draft.ts';
import { Fold } from '../../components/fold.tsx';
import { Refused } from '../../components/refused.tsx';
import { serviceCheck } from '../../../shared/call/facts.ts';
import { focusChoice } from './focus-choice.ts';
import { Finder } from '../finder/finder.tsx';
import { useCall } from '../call/call-context.tsx';
import { timeText } from '../wording/times.ts';
import { readWhen } from '../wording/when.ts';

type Fit = 'yes' | 'no' | 'notKnown';
const FITS = [
  { field: 'age', label: 'Takes this age' },
  { field: 'area', label: 'Takes this area' },
  { field: 'hours', label: 'Open when they would arrive' },
  { field: 'medical', label: 'Fits their medical needs' },
] as const;
const CHOICES = [
  { value: 'yes', title: 'Yes', key: 'Y' },
  { value: 'no', title: 'No', key: 'N' },
  { value: 'notKnown', title: 'Not known', key: 'U' },
];
const readFit = (text: string): Fit | undefined =>
  text === 'yes' || text === 'no' || text === 'notKnown' ? text : undefined;

/** What is known about one service fitting this person at the hour they would arrive (G6). */
export function ServiceCheck({ route }: { readonly route: string }) {
  const desk = useDesk();
  const { view, picture, record } = useCall();
  const form = useForm(`${view.id}:service:${route}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const before = serviceCheck(picture, route);

  const keep = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const [name, how, arrival] = [form.read('name'), form.read('how'), form.read('arrival')];
    const fit = (field: string): Fit | undefined => readFit(form.read(field));
    const [age, area, hours, medical] = [fit('age'), fit('area'), fit('hours'), fit('medical')];
    const when = readWhen(arrival, desk.now());
    if ('fault' in when) {
      focusWrong(event.currentTarget);
      return setWhy([]);
    }
    const arrivalAt = 'at' in when ? when.at : undefined;
    if (name === '') return setWhy(['Write which service it is.']);
    if (how === '') return setWhy(['Say how this was checked: directory, phone, and with whom.']);
    if (age === undefined || area === undefined || hours === undefined || medical === undefined)
      return setWhy(['Answer all four. “Not known” is an answer.']);
    const done = record({
      type: 'service.checked',
      data: {
        route,
        name,
        ...(arrivalAt === undefined ? {} : { arrivalAt }),
        fits: { age, area, hours, medical },
        checkedHow: how,
      },
    });
    setWhy(done.ok ? [] : done.why);
    if (!done.ok) return;
    form.clear('name', 'how', 'arrival', ...FITS.map((item) => item.field));
    focusChoice();
  };
  const fields = (
    <form aria-label="Service check" onSubmit={keep}>
      <div className="pair" data-first={before === undefined ? '' : undefined}>
        <DraftInput draftKey={form.key('name')} label="Which service" />
        <DraftTime draftKey={form.key('arrival')} label="They would arrive at (optional)" hint="as 19:45" />
      </div>
      <div className="fits">
        {FITS.map(({ field, label }) => (
          <DraftRadios key={field} draftKey={form.key(field)} label={label} options={CHOICES} />
        ))}
      </div>
      <DraftInput
        draftKey={form.key('how')}
        label="How this was checked"
        hint="directory, phone, and with whom"
      />
      <Refused why={why} />
      <button type="submit" className="button">
        Keep the service check
      </button>
    </form>
  );
  return (
    <section className="block" aria-labelledby="service-title">
      <h2 id="service-title">Does the service fit</h2>
      <Finder route={route} />
      {before === undefined ? (
        fields
      ) : (
        <>
          <p className="done-line">
            Checked {eventTime(picture, before)}:{' '}
            <b>
              <Typed text={before.data.name} />
            </b>
            , <Typed text={before.data.checkedHow} />.{' '}
            {FITS.map(({ field, label }) => `${label}: ${FIT_WORDS[before.data.fits[field]]}`).join(' · ')}
            {before.data.arrivalAt === undefined
              ? ''
              : ` · arriving ${timeText(before.data.arrivalAt, desk.now())}`}
          </p>
          <Fold when summary="Check again">
            {fields}
          </Fold>
        </>
      )}
    </section>
  );
}

const FIT_WORDS: Readonly<Record<Fit, string>> = { yes: 'yes', no: 'no', notKnown: 'not known' };
