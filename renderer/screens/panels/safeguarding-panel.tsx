import { eventTime } from '../../../shared/exports/event-time.ts';
import { type FormEvent, useState } from 'react';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftInput, DraftRadios, DraftWords } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { NamedPersonFields, readPerson } from '../../components/named-person.tsx';
import { Refused } from '../../components/refused.tsx';
import { eventsOf } from '../../../shared/call/picture.ts';
import { useCall } from '../call/call-context.tsx';
import { safeguardingReasons } from '../derive/safeguarding.ts';
import { PanelFrame } from './panel-frame.tsx';

const CONCERNS = [
  { value: 'yes', title: 'Yes', key: 'Y' },
  { value: 'no', title: 'No', key: 'N' },
  { value: 'notKnown', title: 'Not known', key: 'U' },
] as const;

/** About whom, whether there is a concern, what was done and by whom (G5). */
export function SafeguardingPanel() {
  const { view, picture, content, person, record, open } = useCall();
  const desk = useDesk();
  const form = useForm(`${view.id}:safeguarding`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const me = { name: desk.session.person.name, role: desk.session.person.role };
  const reasons = view.snapshot.matches({ safeguarding: 'due' })
    ? safeguardingReasons(picture, content, person)
    : [];

  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const concern = CONCERNS.find((item) => item.value === form.read('concern'))?.value;
    const [about, action] = [form.read('about'), form.read('action')];
    const named = readPerson(form, me);
    const missing = [
      ...(about === '' ? ['Write whom this is about.'] : []),
      ...(concern === undefined ? ['Say whether there is a concern. “Not known” is an answer.'] : []),
      ...(action === '' ? ['Write what was done, or why nothing was.'] : []),
      ...('missing' in named ? named.missing : []),
    ];
    if (concern === undefined || 'missing' in named || missing.length > 0) return setWhy(missing);
    const done = record({
      type: 'safeguarding.recorded',
      data: { about, concern, action, by: named.person },
    });
    if (!done.ok) return setWhy(done.why);
    form.clear('about', 'concern', 'action', 'name', 'role');
    open('none');
  };
  return (
    <PanelFrame
      crumb="Safeguarding"
      title="Is somebody to be kept safe"
      {...(reasons.length > 0 ? { hint: `Due, because ${reasons.join('; ')}.` } : {})}
    >
      {eventsOf(picture, 'safeguarding.recorded').map((event) => (
        <p key={`${event.stream}${event.seq}`} className="done-line">
          {eventTime(picture, event)} {event.data.about}: {event.data.action} ({event.data.by.name})
        </p>
      ))}
      <form className="block" aria-label="Safeguarding step" onSubmit={keep}>
        <div data-first="">
          <DraftInput draftKey={form.key('about')} label="About whom" />
        </div>
        <DraftRadios draftKey={form.key('concern')} label="Is there a concern" options={CONCERNS} />
        <DraftWords draftKey={form.key('action')} label="What was done, and whom was told" />
        <NamedPersonFields form={form} who="By whom" initialName={me.name} initialRole={me.role} />
        <Refused why={why} />
        <button type="submit" className="button primary">
          Keep the safeguarding step
        </button>
      </form>
    </PanelFrame>
  );
}
