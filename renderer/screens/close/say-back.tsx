import { eventTime } from '../../../shared/exports/event-time.ts';
import { type FormEvent, useState } from 'react';
import { DraftRadios, DraftWords } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { Fold } from '../../components/fold.tsx';
import { Refused } from '../../components/refused.tsx';
import { lastOf } from '../../../shared/call/picture.ts';
import { useCall } from '../call/call-context.tsx';
import { quoted } from '../derive/facts-text.ts';

/** What they said back, or why that could not be done. */
export function SayBack() {
  const { view, picture, content, record } = useCall();
  const form = useForm(`${view.id}:sayBack`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const said = lastOf(picture, 'sayBack.recorded');
  const question = content.questions.find((item) => item.kind === 'sayBack');
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const [done, words] = [form.read('done'), form.read('words')];
    const missing = [
      ...(done === '' ? ['Say whether they said it back.'] : []),
      ...(words === '' ? ['Write what they said, or why it could not be done.'] : []),
    ];
    if (missing.length > 0) return setWhy(missing);
    const recorded = record({ type: 'sayBack.recorded', data: { done: done === 'yes', words } });
    setWhy(recorded.ok ? [] : recorded.why);
    if (!recorded.ok) return;
    form.clear('done', 'words');
    queueMicrotask(() => document.querySelector<HTMLElement>('#outcome input')?.focus());
  };
  return (
    <form className="block" id="sayBack" aria-label="Said back" onSubmit={keep}>
      <h2>{question?.short ?? 'Said back'}</h2>
      {question === undefined ? null : <p className="say">{question.ask}</p>}
      {said === undefined ? null : (
        <p className="done-line">
          {said.data.done ? '✓ Said back' : 'Not said back'}: <em>{quoted(said.data.words)}</em>{' '}
          <span className="small">{eventTime(picture, said)}</span>
        </p>
      )}
      <Fold when={said !== undefined} summary="Record it again">
        <div data-first="">
          <DraftRadios
            draftKey={form.key('done')}
            label="Did they say it back"
            options={[
              { value: 'yes', title: 'Yes', key: 'Y' },
              { value: 'no', title: 'No', key: 'N' },
            ]}
          />
          <DraftWords draftKey={form.key('words')} label="What they said, or why it could not be done" />
        </div>
        <Refused why={why} />
        <button type="submit" className="button">
          Keep what they said
        </button>
      </Fold>
    </form>
  );
}
