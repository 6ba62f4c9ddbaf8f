import { Typed } from '../../components/typed.tsx';
import { eventTime } from '../../../shared/exports/event-time.ts';
import { type FormEvent, useState } from 'react';
import { DraftRadios, DraftWords } from '../../components/draft-fields.tsx';
import { optional, useForm } from '../../components/draft.ts';
import { NamedPersonFields, onlyRole, readPerson } from '../../components/named-person.tsx';
import { Fold } from '../../components/fold.tsx';
import { Refused } from '../../components/refused.tsx';
import { consentNow } from '../../../shared/call/facts.ts';
import { lastOf } from '../../../shared/call/picture.ts';
import { consentTitles } from '../../../shared/exports/words.ts';
import { useCall } from '../call/call-context.tsx';
import { quoted } from '../derive/facts-text.ts';
import { sourceText, usualSource, wordingFor } from '../derive/person.ts';
import { SaidBySelect } from '../question/said-by.tsx';
import { parseSource } from '../question/use-answer.ts';

type State = 'agreed' | 'refused' | 'notAsked' | 'couldNotAsk';
const STATES: readonly State[] = ['agreed', 'refused', 'notAsked', 'couldNotAsk'];
const LOOKS = { agreed: 'yes', refused: 'no', notAsked: 'notKnown', couldNotAsk: 'couldNotAsk' } as const;

/** Whether what was said may be told on. What they want kept back stays in their words. */
export function Consent() {
  const { view, picture, content, person, record } = useCall();
  const form = useForm(`${view.id}:consent`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const now = consentNow(picture);
  // Somebody else's yes is not theirs: whose word it is is kept.
  const isForAnother = person.about === 'someoneElse' || person.about === 'professional';
  const question = content.questions.find((item) => item.kind === 'consent');

  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const state = STATES.find((item) => item === form.read('state'));
    if (state === undefined) return setWhy(['Choose what they said about sharing.']);
    const done = record({
      type: 'consent.recorded',
      data: {
        state,
        ...optional('words', form.read('words')),
        ...(isForAnother ? { saidBy: parseSource(form.read('saidBy')) ?? usualSource(person) } : {}),
      },
    });
    setWhy(done.ok ? [] : done.why);
    if (!done.ok) return;
    form.clear('state', 'words', 'saidBy');
    queueMicrotask(() => document.querySelector<HTMLElement>('#plan :is(input, textarea)')?.focus());
  };
  return (
    <section className="block" aria-labelledby="consent-title">
      <h2 id="consent-title">{question?.short ?? 'Sharing'}</h2>
      {question === undefined ? null : <p className="say">{wordingFor(question, person)}</p>}
      {now === undefined ? null : (
        <p className="done-line">
          <span className={`chip chip-${LOOKS[now.data.state]}`}>{consentTitles[now.data.state]}</span>{' '}
          {now.data.words === undefined ? null : <em>{quoted(now.data.words)}</em>}{' '}
          <span className="small">
            {now.data.saidBy === undefined ? '' : `${sourceText(now.data.saidBy, person.about)} `}
            {eventTime(picture, now)}
          </span>
        </p>
      )}
      <Fold when={now !== undefined} summary="They say something else">
        <form aria-label="Consent to share" onSubmit={keep}>
          <div data-first={now === undefined ? '' : undefined}>
            <DraftRadios
              draftKey={form.key('state')}
              label="They said"
              options={STATES.map((value) => ({ value, title: consentTitles[value] }))}
            />
          </div>
          <DraftWords
            draftKey={form.key('words')}
            label="What they want kept back, or why it was not asked"
          />
          {isForAnother ? (
            <SaidBySelect draftKey={form.key('saidBy')} initial={usualSource(person)} name="Whose word" />
          ) : null}
          <Refused why={why} />
          <button type="submit" className="button">
            Keep consent
          </button>
        </form>
      </Fold>
      {now === undefined || now.data.state === 'agreed' ? null : <ConsentOverride />}
    </section>
  );
}

const GROUNDS = [
  { value: 'danger', title: 'Danger to somebody' },
  { value: 'capacity', title: 'Cannot decide this now' },
  { value: 'child', title: 'A child' },
  { value: 'crime', title: 'A serious crime' },
] as const;

/** Sharing without agreement: on a ground, by a named person, with a reason (G9). */
function ConsentOverride() {
  const { view, picture, content, record } = useCall();
  const roles = content.signatures['consent.overridden'];
  const form = useForm(`${view.id}:consentOverride`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const last = lastOf(picture, 'consent.overridden');
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const ground = GROUNDS.find((item) => item.value === form.read('ground'))?.value;
    const named = readPerson(form, onlyRole(roles));
    const reason = form.read('reason');
    const missing = [
      ...(ground === undefined ? ['Choose the ground.'] : []),
      ...('missing' in named ? named.missing : []),
      ...(reason === '' ? ['Write the reason.'] : []),
    ];
    if (ground === undefined || 'missing' in named || missing.length > 0) return setWhy(missing);
    const done = record({ type: 'consent.overridden', data: { ground, by: named.person, reason } });
    setWhy(done.ok ? [] : done.why);
    if (done.ok) form.clear('ground', 'name', 'role', 'reason');
  };
  return (
    <details className="override">
      <summary>Sharing without agreement: record who decided, and on what ground</summary>
      {last === undefined ? null : (
        <p className="done-line">
          Decided by <Typed text={last.data.by.name} />, <Typed text={last.data.by.role} />,{' '}
          {eventTime(picture, last)}: <Typed text={last.data.reason} />
        </p>
      )}
      <form aria-label="Share without agreement" onSubmit={keep}>
        <DraftRadios draftKey={form.key('ground')} label="Ground" options={GROUNDS} />
        <NamedPersonFields form={form} who="Who decided, by name" roles={roles} />
        <DraftWords draftKey={form.key('reason')} label="Reason" />
        <Refused why={why} />
        <button type="submit" className="button">
          Record this decision
        </button>
      </form>
    </details>
  );
}
