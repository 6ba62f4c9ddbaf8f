import { eventTime } from '../../../shared/exports/event-time.ts';
import { chosenRoute } from '../../../shared/call/facts.ts';
import { Kbd } from '../../components/kbd.tsx';
import { useCall } from '../call/call-context.tsx';
import { needsHandOver } from '../derive/endings.ts';
import { urgencyTitles } from '../wording/answers.ts';
import { Consent } from './consent.tsx';
import { PlanLines } from './plan-lines.tsx';
import { WithdrawRoute } from './withdraw-route.tsx';
import { quoted } from '../derive/facts-text.ts';

/** The route chosen, what may be shared, and the plan: settled together before anything is sent. */
export function AgreeStage() {
  const { picture, content, goStage } = useCall();
  const chosen = chosenRoute(picture);
  if (chosen === undefined) return null;
  const route = content.route(chosen.data.route);
  const next = needsHandOver(picture, content) ? 'handOver' : 'close';
  return (
    <section className="stage-page" aria-labelledby="agree-title">
      <p className="crumb">Agree · chosen at {eventTime(picture, chosen)}</p>
      <h1 id="agree-title" tabIndex={-1}>
        {route?.title ?? chosen.data.route}
        {chosen.data.service === undefined ? '' : `: ${chosen.data.service}`}
      </h1>
      <p className="hint-line">
        {urgencyTitles[chosen.data.urgency]} · {route?.timescale}
        {chosen.data.choice === undefined ? null : <em> {quoted(chosen.data.choice)}</em>}
      </p>
      <Consent />
      <PlanLines />
      <div className="row">
        <button type="button" className="button primary" onClick={() => goStage(next)}>
          {next === 'handOver' ? 'On to hand over' : 'On to close'}{' '}
          <Kbd keys={['Alt', next === 'handOver' ? '6' : '7']} />
        </button>
      </div>
      <WithdrawRoute />
    </section>
  );
}
