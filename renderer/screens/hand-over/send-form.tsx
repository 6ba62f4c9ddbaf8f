import { type FormEvent, useState } from 'react';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { DraftInput, DraftRadios } from '../../components/draft-fields.tsx';
import { DraftTime, focusWrong } from '../../components/draft-time.tsx';
import { DraftSelect } from '../../components/draft-select.tsx';
import { useDraft, useForm } from '../../components/draft.ts';
import { focusFirst } from '../../components/first-focus.ts';
import { Kbd } from '../../components/kbd.tsx';
import { Refused } from '../../components/refused.tsx';
import { chosenRoute } from '../../../shared/call/facts.ts';
import { referralNow } from '../../../shared/call/referral.ts';
import { stopsAt } from '../../../shared/gates/doors.ts';
import { MendButton } from '../call/mend-button.tsx';
import { useCall } from '../call/call-context.tsx';
import { mendOf } from '../derive/endings.ts';
import { readWhen } from '../wording/when.ts';

const HOW = [
  { value: 'phone', title: 'By phone' },
  { value: 'spoken', title: 'Spoken, in this call' },
  { value: 'print', title: 'Printed' },
  { value: 'file', title: 'As a file' },
  { value: 'endpoint', title: 'By secure message' },
] as const;

/** Sent by the handler in another program: Lantern sends nothing. */
const BY_MYSELF = 'myself';
const HUB_AWAY =
  'The hub is away: nothing can go through it now, and nobody would be told. It stays prepared here. Ring them, and record it as by phone.';

/** To whom, how and by when. Sending is not having: what follows is asking for their name. */
export function SendForm() {
  const desk = useDesk();
  const { view, picture, content, record } = useCall();
  const chosen = chosenRoute(picture);
  const form = useForm(`${view.id}:send`);
  const [how] = useDraft(form.key('how'));
  const receivers = useDeskValue((from) => from.referrals.receivers());
  const isAway = useDeskValue((from) => from.hub().reach !== 'reachable');
  const [why, setWhy] = useState<readonly string[]>([]);
  if (chosen === undefined) return null;
  const stops = stopsAt({ door: 'handOver' }, picture, content);
  // A receiver that said no is not the usual one any more.
  const usual = referralNow(picture).state === 'declined' ? '' : (chosen.data.service ?? '');

  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const how = HOW.find((item) => item.value === form.read('how'))?.value;
    const by = how === 'endpoint' ? form.read('receiver') : BY_MYSELF;
    const receiver = receivers.find(({ id }) => id === by);
    const [to, promised] = [receiver?.name ?? form.read('to', usual), form.read('promised')];
    const when = readWhen(promised, desk.now());
    if ('fault' in when) {
      focusWrong(event.currentTarget);
      return setWhy([]);
    }
    const promisedBy = 'at' in when ? when.at : undefined;
    const missing = [
      ...(to === '' ? ['Write to whom.'] : []),
      ...(how === undefined ? ['Choose how it was handed over.'] : []),
      ...(receiver === undefined && by !== BY_MYSELF ? ['Choose through which door the message goes.'] : []),
      ...(receiver !== undefined && isAway ? [HUB_AWAY] : []),
    ];
    if (how === undefined || missing.length > 0) return setWhy(missing);
    const done = record({
      type: 'handover.sent',
      data: {
        route: chosen.data.route,
        to,
        how,
        ...(promisedBy === undefined ? {} : { promisedBy }),
        ...(receiver === undefined ? {} : { receiver: receiver.id }),
      },
    });
    if (!done.ok) return setWhy(done.why);
    form.clear('to', 'how', 'promised', 'receiver');
    if (receiver !== undefined) desk.referrals.look();
    queueMicrotask(() => focusFirst(document.querySelector('.hand-over')));
  };
  return (
    <form className="block" aria-label="Hand over" onSubmit={send}>
      {stops.map((stop) => (
        <p key={stop.say} className="needed">
          {stop.say} <MendButton mend={mendOf(stop, { picture, content })} />
        </p>
      ))}
      <div data-first="">
        <DraftInput draftKey={form.key('to')} label="To whom" initial={usual} hint="team or service" />
        <DraftRadios draftKey={form.key('how')} label="How" options={HOW} />
        {how === 'endpoint' ? (
          <>
            <DraftSelect
              draftKey={form.key('receiver')}
              label="Through which door"
              options={[
                ...receivers.map(({ id, name, how: door }) => ({
                  value: id,
                  title:
                    door === 'system' ? `${name} · by the hub` : `${name} · a page, you pass on its link`,
                })),
                { value: BY_MYSELF, title: 'Not by the hub: I have sent it myself' },
              ]}
            />
            {isAway && !why.includes(HUB_AWAY) ? <p className="needed">{HUB_AWAY}</p> : null}
          </>
        ) : null}
        <DraftTime
          draftKey={form.key('promised')}
          label="Promised by (optional)"
          hint="as 19:45, or 24/11 09:00"
          className="narrow"
        />
      </div>
      <Refused why={isAway ? why : why.filter((line) => line !== HUB_AWAY)} />
      <button type="submit" className="button primary">
        Record as sent <Kbd keys={['Enter']} />
      </button>
    </form>
  );
}
