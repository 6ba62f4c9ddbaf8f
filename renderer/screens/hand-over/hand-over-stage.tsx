import { chosenRoute, handovers, handoverState } from '../../../shared/call/facts.ts';
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
  return (
    <section className="stage-page hand-over" aria-labelledby="hand-over-title">
      <div className="hand-over-work">
        <p className="crumb">Hand over</p>
        <h1 id="hand-over-title" tabIndex={-1}>
          {acknowledged ? 'They have this person' : waiting ? 'Sent, not yet acknowledged' : 'Tell them'}
        </h1>
        <p className="hint-line">
          {needsHandOver(picture, content)
            ? 'Read the card aloud, then write down who has the person now.'
            : 'This route needs nobody to be told. You may still hand over what was said.'}
        </p>
        {sent.map((item) => (
          <SentCard key={`${item.stream}${item.seq}`} sent={item} />
        ))}
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
