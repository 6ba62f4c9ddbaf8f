import { chosenRoute, handovers, handoverState } from '../../../shared/call/facts.ts';
import { eventsOf } from '../../../shared/call/picture.ts';
import { referralNow } from '../../../shared/call/referral.ts';
import { Kbd } from '../../components/kbd.tsx';
import { useCall } from '../call/call-context.tsx';
import { needsHandOver } from '../derive/endings.ts';
import { ChaseTask } from './chase-task.tsx';
import { KnownSoFar } from '../options/known-so-far.tsx';
import { HandoverCardView } from './handover-card-view.tsx';
import { SendForm } from './send-form.tsx';
import { SentCard } from './sent-card.tsx';

/** Somebody else takes the person on. Until they say so by name, this desk still has them. */
export function HandOverStage() {
  const { picture, content, goStage, stage } = useCall();
  const sent = handovers(picture);
  const route = chosenRoute(picture)?.data.route;
  const acknowledged = sent.some((item) => handoverState(picture, item) === 'acknowledged');
  const waiting = sent.some((item) => handoverState(picture, item) === 'sent');
  const declined = referralNow(picture).state === 'declined';
  const earlier = eventsOf(picture, 'handover.sent').filter((item) => !sent.includes(item));
  return (
    <section className="stage-page hand-over" aria-labelledby="hand-over-title">
      <div className="hand-over-work">
        <p className="crumb">Hand over</p>
        <h1 id="hand-over-title" tabIndex={-1}>
          {acknowledged
            ? 'They have this person'
            : waiting
              ? 'Sent, not yet acknowledged'
              : declined
                ? 'Declined: what is next'
                : 'Tell them'}
        </h1>
        <p className="hint-line">
          {needsHandOver(picture, content)
            ? declined
              ? 'They are this desk’s again. Send it elsewhere, or go back to the options for another door.'
              : sent.length === 0
                ? 'Prepared, and nobody has been told: this desk has the person. Read the card aloud, then write down who has them.'
                : 'Read the card aloud, then write down who has the person now.'
            : 'This route needs nobody to be told. You may still hand over what was said.'}
        </p>
        {[...earlier, ...sent].map((item) => (
          <SentCard key={`${item.stream}${item.seq}`} sent={item} />
        ))}
        {declined && stage !== 'closed' ? (
          <div className="row">
            <button type="button" className="button" onClick={() => goStage('options')}>
              Another way to help <Kbd keys={['Alt', '4']} />
            </button>
          </div>
        ) : null}
        {acknowledged || waiting || stage === 'closed' ? null : (
          <>
            {route === undefined ? null : <KnownSoFar route={route} />}
            <SendForm />
          </>
        )}
        {sent.length > 0 && !acknowledged ? <ChaseTask /> : null}
        {stage === 'closed' ? null : (
          <div className="row">
            <button
              type="button"
              className={acknowledged ? 'button primary' : 'button plain'}
              data-first={acknowledged ? '' : undefined}
              onClick={() => goStage('close')}
            >
              On to close <Kbd keys={['Alt', '7']} />
            </button>
          </div>
        )}
      </div>
      <HandoverCardView />
    </section>
  );
}
