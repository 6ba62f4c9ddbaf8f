import { eventsOf, lastOf } from '../../../shared/call/picture.ts';
import { callBackDecision, lineIsLost } from '../../../shared/call/facts.ts';
import { Kbd } from '../../components/kbd.tsx';
import { clockTime } from '../wording/times.ts';
import { type CallScope, useCall } from './call-context.tsx';

interface Row {
  readonly panel: 'consult' | 'dropped' | 'safeguarding';
  readonly title: string;
  readonly keys: readonly string[];
  readonly state: string;
  readonly mark: '○' | '◐' | '●' | '✓';
}

/** Consult, line and safeguarding go on beside the conversation; each shows the machine's own state. */
export function AlsoOpen() {
  const { view, picture, open, panel } = useCall();
  return (
    <section className="guide-part" aria-labelledby="also-open">
      <h2 id="also-open">Also open</h2>
      <ul className="plain-list">
        {[consult(view, picture), line(view, picture), safeguarding(view)].map((row) => (
          <li key={row.panel}>
            <button
              type="button"
              className={panel === row.panel ? 'stage here' : 'stage'}
              aria-keyshortcuts={row.keys.join('+')}
              aria-current={panel === row.panel ? 'true' : undefined}
              onClick={() => open(row.panel)}
            >
              <span className="mark" aria-hidden="true">
                {row.mark}
              </span>
              <span className="stage-title">
                {row.title}
                <span className="small sub">{row.state}</span>
              </span>
              <Kbd keys={row.keys} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function consult(view: CallScope['view'], picture: CallScope['picture']): Row {
  const row = { panel: 'consult', title: 'Consult', keys: ['F6'] } as const;
  if (view.snapshot.matches({ consult: 'requested' })) {
    const asked = lastOf(picture, 'consult.requested');
    return { ...row, mark: '◐', state: asked === undefined ? 'asked' : `asked ${clockTime(asked.at)}` };
  }
  const decided = lastOf(picture, 'consult.decided');
  if (decided === undefined) return { ...row, mark: '○', state: 'not asked' };
  return { ...row, mark: '✓', state: `decided ${clockTime(decided.at)}, ${decided.data.clinician.name}` };
}

function line(view: CallScope['view'], picture: CallScope['picture']): Row {
  const row = { panel: 'dropped', title: 'Dropped call', keys: ['F8'] } as const;
  if (!lineIsLost(picture)) {
    const held = view.snapshot.matches({ line: 'onHold' });
    return { ...row, mark: held ? '◐' : '○', state: held ? 'on hold' : 'connected' };
  }
  const dropped = lastOf(picture, 'line.dropped');
  const tries = eventsOf(picture, 'callBack.attempted').filter(
    (event) => event.at >= (dropped?.at ?? 0),
  ).length;
  if (callBackDecision(picture) !== undefined) return { ...row, mark: '✓', state: 'not reached, decided' };
  return { ...row, mark: '●', state: tries === 0 ? 'ring back owed' : `rung ${tries}, not reached` };
}

function safeguarding(view: CallScope['view']): Row {
  const row = { panel: 'safeguarding', title: 'Safeguarding', keys: ['F7'] } as const;
  if (view.snapshot.matches({ safeguarding: 'recorded' })) return { ...row, mark: '✓', state: 'recorded' };
  const due = view.snapshot.matches({ safeguarding: 'due' });
  return { ...row, mark: due ? '●' : '○', state: due ? 'due' : 'not known to be needed' };
}
