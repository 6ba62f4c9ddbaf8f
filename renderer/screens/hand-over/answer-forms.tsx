import { type FormEvent, useState } from 'react';
import { DraftInput, DraftWords } from '../../components/draft-fields.tsx';
import { DraftSelect } from '../../components/draft-select.tsx';
import { optional, useForm } from '../../components/draft.ts';
import { focusFirst } from '../../components/first-focus.ts';
import { Refused } from '../../components/refused.tsx';
import { type Handover } from '../../../shared/call/facts.ts';
import { refOf } from '../../../shared/call/picture.ts';
import { reasonsForNo } from '../../../shared/referral/decline-reasons.ts';
import { useCall } from '../call/call-context.tsx';

const next = (): void => queueMicrotask(() => focusFirst(document.querySelector('.centre')));

/** Somebody over there has the person: by name, or it does not count. */
export function Acknowledge({ sent }: { readonly sent: Handover }) {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:ack:${sent.seq}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const by = form.read('by');
    if (by === '') return setWhy(['Write the name of whoever took it.']);
    const done = record({
      type: 'handover.acknowledged',
      data: { handover: refOf(sent), by, ...optional('reference', form.read('reference')) },
    });
    if (!done.ok) return setWhy(done.why);
    form.clear('by', 'reference');
    next();
  };
  return (
    <form aria-label="Acknowledged" onSubmit={keep}>
      <div className="pair" data-first="">
        <DraftInput draftKey={form.key('by')} label="Who has the person now, by name" />
        <DraftInput draftKey={form.key('reference')} label="Their reference (optional)" />
      </div>
      <Refused why={why} />
      <button type="submit" className="button primary">
        They have the person
      </button>
    </form>
  );
}

// Words first: typing finds an option, and typing the same digit twice would step past it.
const REASONS = reasonsForNo.map(({ code, title }) => ({ value: code, title: `${title} · ${code}` }));

/** They said no: who, the coded reason (H12) and what they said. The person is ours again. */
export function Decline({
  sent,
  summary = 'They said no',
}: {
  readonly sent: Handover;
  readonly summary?: string;
}) {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:decline:${sent.seq}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const [by, code, reason] = [form.read('by'), form.read('code'), form.read('reason')];
    const missing = [
      ...(by === '' ? ['Write who said no.'] : []),
      ...(code === '' ? ['Choose the reason.'] : []),
      ...(reason === '' ? ['Write what they said.'] : []),
    ];
    if (missing.length > 0) return setWhy(missing);
    const done = record({ type: 'handover.declined', data: { handover: refOf(sent), by, code, reason } });
    if (!done.ok) return setWhy(done.why);
    form.clear('by', 'code', 'reason');
    next();
  };
  return (
    <details className="override">
      <summary>{summary}</summary>
      <form aria-label="Declined" onSubmit={keep}>
        <div className="pair">
          <DraftInput draftKey={form.key('by')} label="Who said no, by name" />
          <DraftSelect draftKey={form.key('code')} label="Reason" options={REASONS} />
        </div>
        <DraftWords draftKey={form.key('reason')} label="What they said" />
        <Refused why={why} />
        <button type="submit" className="button">
          Record the refusal
        </button>
      </form>
    </details>
  );
}

/** Rang again and nobody has taken the person yet: the timer starts anew, the waiting does not end. */
export function ChaseAgain({ sent }: { readonly sent: Handover }) {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:chased:${sent.seq}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const words = form.read('words');
    if (words === '') return setWhy(['Write what came of it.']);
    const done = record({ type: 'handover.chased', data: { handover: refOf(sent), words } });
    if (!done.ok) return setWhy(done.why);
    form.clear('words');
    next();
  };
  return (
    <details className="override">
      <summary>Rang again, nobody has taken the person yet</summary>
      <form aria-label="Chased" onSubmit={keep}>
        <DraftWords draftKey={form.key('words')} label="What came of it" />
        <Refused why={why} />
        <button type="submit" className="button">
          Record the chase
        </button>
      </form>
    </details>
  );
}
