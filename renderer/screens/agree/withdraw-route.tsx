import { type FormEvent, useState } from 'react';
import { DraftWords } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { Refused } from '../../components/refused.tsx';
import { useCall } from '../call/call-context.tsx';

/** Minds change: the route goes back to the options, and both the choice and the reason stay on record. */
export function WithdrawRoute() {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:withdraw`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const withdraw = (event: FormEvent): void => {
    event.preventDefault();
    const reason = form.read('reason');
    if (reason === '') return setWhy(['Write why it is not this route after all.']);
    const done = record({ type: 'route.withdrawn', data: { reason } });
    setWhy(done.ok ? [] : done.why);
    if (done.ok) form.clear('reason');
  };
  return (
    <details className="override">
      <summary>Not this route after all</summary>
      <form aria-label="Withdraw the route" onSubmit={withdraw}>
        <DraftWords draftKey={form.key('reason')} label="Why" />
        <Refused why={why} />
        <button type="submit" className="button">
          Withdraw and go back to options
        </button>
      </form>
    </details>
  );
}
