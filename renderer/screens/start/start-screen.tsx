import { keysInForce } from '../../keys/policy.ts';
import { useKeyMap } from '../../keys/key-context.ts';
import { useEffect, useRef, useState } from 'react';
import { type CallView } from '../../call/desk.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { useDeskWays } from '../../components/desk-ways.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { SaveLight } from '../../components/save-light.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { conversationOf } from '../../../shared/call/replay.ts';
import { type Panel } from '../call/call-context.tsx';
import { type UtcMs } from '../../../shared/time.ts';
import { clockTime } from '../wording/times.ts';
import { personOf } from '../derive/person.ts';
import { CallList } from './call-list.tsx';
import { EarlierCalls } from './earlier-calls.tsx';
import { TeamList } from '../team/team-list.tsx';
import { OutageBanner } from '../outage/outage-banner.tsx';
import { WorkList } from '../work/work-list.tsx';
import { DoubtsLine } from '../doubts/doubts-line.tsx';
import { HealthLine } from '../health/health-line.tsx';
import { Notices } from './notices.tsx';
import { DeskLines } from './desk-lines.tsx';
import { StartDialogs, type StartDialog } from './start-dialogs.tsx';

interface Props {
  readonly onOpen: (call: CallView['id'], panel?: Panel) => void;
  readonly onTake: () => void;
  /** Since when the handler has taken a pause; calls are not opened by themselves meanwhile. */
  readonly pausedSince: UtcMs | undefined;
  readonly onPause: () => void;
  readonly onOutage: () => void;
  readonly onEmergency: () => void;
  /** The call an emergency raised here would belong to; none means a new one. */
  readonly emergencyCall: CallView | undefined;
}

/** Before and between calls: who is here, what is kept on this desk, and one key to take a call. */
export function StartScreen(props: Props) {
  const { onOpen, onTake, onPause, pausedSince, onOutage, onEmergency, emergencyCall } = props;
  const desk = useDesk();
  const keys = useKeyMap();
  const calls = useDeskValue((from) => from.calls());
  const told = useDeskValue((from) => from.notices());
  const policy = keysInForce(useDeskValue((from) => from.settings().keys));
  const notices = policy.ok ? told : [...told, `${KEYS_REFUSED} ${policy.error.join(' ')}`];
  const [dialog, setDialog] = useState<StartDialog>('none');
  const open = calls.filter((call) => conversationOf(call.snapshot) !== 'closed');
  const { settings } = useDeskWays();
  const take = useRef<HTMLButtonElement>(null);
  useEffect(() => take.current?.focus(), []);
  const handlers = {
    takeCall: onTake,
    emergency: onEmergency,
    pause: onPause,
    outage: onOutage,
    sheet: () => setDialog('sheet'),
    team: goToTeam,
    earlier: () => document.querySelector<HTMLElement>('#earlier-search')?.focus(),
  };
  useKeys({ ...handlers, palette: () => setDialog(dialog === 'palette' ? 'none' : 'palette') });
  const { content, session, host } = desk;
  const name = emergencyCall === undefined ? 'takes a new call' : `on the call ${withName(emergencyCall)}`;
  return (
    <div className="start-frame">
      <header className="strip">
        <div className="brand">
          <b>Lantern</b>
          <span className="small">
            {host.profile.kind === 'development' ? 'Demonstration profile' : host.profile.name}
          </span>
        </div>
        <dl className="strip-facts">
          <div>
            <dt>
              {session.person.role}
              {session.kind === 'development' ? ' · demonstration, no account' : ''}
            </dt>
            <dd>{session.person.name}</dd>
          </div>
        </dl>
        <SaveLight />
        <button
          type="button"
          className="button danger emergency-key"
          aria-keyshortcuts="F9"
          onClick={onEmergency}
        >
          <Kbd keys={['F9']} />
          <span className="stack">
            Emergency
            <span className="small">{name}</span>
          </span>
        </button>
      </header>
      <main className="start">
        {content.manifest.status === 'demonstration' ? (
          <p className="demo-notice">{content.manifest.notice}</p>
        ) : null}
        <div className="start-head">
          <div>
            <h1>{headline(open.length, pausedSince)}</h1>
            <p className="hint-line">
              {pausedSince === undefined
                ? 'Calls are kept on this PC with every word, hub or no hub.'
                : 'Take the time you need. No call opens by itself until you are ready; nobody counts this.'}
            </p>
          </div>
          <button
            type="button"
            className="button"
            aria-keyshortcuts={keys.shortcut('outage')}
            onClick={onOutage}
          >
            Outage and paper <Kbd keys={['F10']} />
          </button>
          <button
            type="button"
            className="button"
            aria-keyshortcuts={keys.shortcut('pause')}
            onClick={onPause}
          >
            {pausedSince === undefined ? 'Pause' : 'Ready again'} <Kbd keys={['Alt', '9']} />
          </button>
          <button
            ref={take}
            type="button"
            className="button primary big"
            aria-keyshortcuts={keys.shortcut('takeCall')}
            onClick={onTake}
          >
            Take a call <Kbd keys={['F4']} />
          </button>
        </div>
        <OutageBanner />
        <DeskLines />
        {calls.length === 0 ? null : <WorkList calls={calls} onOpen={onOpen} />}
        <TeamList onOpen={onOpen} />
        <DoubtsLine />
        <CallList calls={calls} onOpen={onOpen} />
        {calls.length === 0 ? null : <EarlierCalls calls={calls} onOpen={onOpen} />}
        <Notices notices={notices} />
        <HealthLine />
      </main>
      <footer className="foot">
        <span className="hint-key">
          <Kbd keys={['F4']} /> take a call
        </span>
        <span className="hint-key">
          <Kbd keys={['Ctrl', 'K']} /> anything
        </span>
        <span className="hint-key">
          <Kbd keys={['?']} /> keys
        </span>
        <button type="button" className="link" onClick={settings}>
          Settings
        </button>
        <span className="small">
          Lantern {host.version} · {host.host === 'electron' ? 'desktop' : 'browser'} · content{' '}
          {content.manifest.version}
        </span>
      </footer>
      <StartDialogs dialog={dialog} setDialog={setDialog} handlers={handlers} />
    </div>
  );
}

/** To the first call of another desk, or to what is said in its place. */
function goToTeam(): void {
  const team = document.querySelector('#team');
  team?.scrollIntoView({ block: 'start' });
  (team?.querySelector<HTMLElement>('button.call-row') ?? team?.querySelector<HTMLElement>('h2'))?.focus();
}

const KEYS_REFUSED =
  'The keys that this desk’s settings ask for are not used, and Lantern’s own are. What is wrong with them:';

function headline(open: number, pausedSince: UtcMs | undefined): string {
  if (pausedSince !== undefined) return `Paused since ${clockTime(pausedSince)}`;
  if (open === 0) return 'Ready to answer';
  return open === 1 ? 'One call is open' : `${open} calls are open`;
}

function withName(call: CallView): string {
  const { name } = personOf(call.snapshot.context.picture, call.content);
  return name === undefined ? 'that is open' : `with ${name}`;
}
