import { useKeyMap } from '../../keys/key-context.ts';
import { eventsOf, lastOf } from '../../../shared/call/picture.ts';
import { callBackDecision, lineIsLost, mannerNow } from '../../../shared/call/facts.ts';
import { Kbd } from '../../components/kbd.tsx';
import { safeguardingState } from '../derive/safeguarding.ts';
import { ringBack, talkNote } from '../derive/talk.ts';
import { clockTime } from '../wording/times.ts';
import { type CallScope, useCall } from './call-context.tsx';

interface Row {
  readonly panel: 'consult' | 'dropped' | 'safeguarding' | 'talk';
  readonly title: string;
  readonly keys: readonly string[];
  readonly state: string;
  readonly mark: '○' | '◐' | '●' | '✓';
}

/** Consult, line and safeguarding go on beside the conversation; each shows the machine's own state. */
export function AlsoOpen() {
  const scope = useCall();
  const keys = useKeyMap();
  const { view, picture, person, open, panel } = scope;
  return (
    <section className="guide-part" aria-labelledby="also-open">
      <h2 id="also-open">Also open</h2>
      <ul className="plain-list">
        {[talk(scope), consult(view, picture), line(view, picture, person), safeguarding(view, picture)].map(
          (row) => (
            <li key={row.panel}>
              <button
                type="button"
                className={panel === row.panel ? 'stage here' : 'stage'}
                aria-keyshortcuts={keys.shortcut(row.panel)}
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
          ),
        )}
      </ul>
    </section>
  );
}

function talk({ picture, person, content }: CallScope): Row {
  const row = { panel: 'talk', title: 'How they talk', keys: ['F3'] } as const;
  const note = talkNote(picture, person, content);
  if (note === undefined) return { ...row, mark: '○', state: 'by phone, freely' };
  return { ...row, mark: '◐', state: note.title.toLowerCase() };
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

function line(view: CallScope['view'], picture: CallScope['picture'], person: CallScope['person']): Row {
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
  const { ring } = ringBack(person, mannerNow(picture).manner);
  const owed = ring ? 'ring back owed' : 'decision owed';
  return { ...row, mark: '●', state: tries === 0 || !ring ? owed : `rung ${tries}, not reached` };
}

function safeguarding(view: CallScope['view'], picture: CallScope['picture']): Row {
  const row = { panel: 'safeguarding', title: 'Safeguarding', keys: ['F7'] } as const;
  if (view.snapshot.matches({ safeguarding: 'recorded' })) return { ...row, mark: '✓', state: 'recorded' };
  const state = safeguardingState(picture, view.content);
  if (state === 'due') return { ...row, mark: '●', state };
  return { ...row, mark: '○', state: state === 'not known' ? 'not known to be needed' : state };
}
