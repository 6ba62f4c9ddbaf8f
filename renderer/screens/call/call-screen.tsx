import { useCallback, useEffect, useState } from 'react';
import { type CallView } from '../../call/desk.ts';
import { useMinutes } from '../../components/clock.tsx';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { useDraft } from '../../components/draft.ts';
import { focusFirst } from '../../components/first-focus.ts';
import { emergencyNow } from '../../../shared/call/facts.ts';
import { EmergencyScreen } from '../emergency/emergency-screen.tsx';
import { handoverLoud, loudest } from '../derive/loud.ts';
import { type Entry } from '../derive/struck.ts';
import { emergencyWords } from '../wording/emergency-words.ts';
import { clockTime } from '../wording/times.ts';
import { CallContext, type Panel } from './call-context.tsx';
import { CallDialogs } from './call-dialogs.tsx';
import { Announcer } from './announcer.tsx';
import { Centre } from './centre.tsx';
import { FootLine } from './foot-line.tsx';
import { Guide } from './guide.tsx';
import { ElsewhereBand } from './elsewhere-band.tsx';
import { LoudBand } from './loud-band.tsx';
import { LookBack } from '../look-back/look-back.tsx';
import { PrintView } from '../print/print-view.tsx';
import { Side } from './side.tsx';
import { backFromNote } from './note-focus.ts';
import { Strip } from './strip.tsx';
import { type Dialog, type SideState, useCallKeys } from './use-call-keys.ts';
import { useFind } from './use-find.ts';
import { inHandKey, useCallScope } from './use-call-scope.ts';

interface Props {
  readonly view: CallView;
  readonly initialPanel: Panel;
  /** Why an emergency raised from outside this screen was not taken, if it was not. */
  readonly initialWhy: readonly string[];
  readonly onStart: () => void;
  readonly onPause: () => void;
  readonly onOutage: () => void;
  /** For a call that is closed: an emergency belongs to another one. */
  readonly onEmergencyElsewhere: () => void;
}

/** THE CALL: strip, guide, the question in hand, the picture and notes. */
export function CallScreen(props: Props) {
  const { view, initialPanel, initialWhy, onStart, onPause, onOutage, onEmergencyElsewhere } = props;
  const desk = useDesk();
  const hub = useDeskValue((from) => from.hub());
  const [panel, openPanel] = useState<Panel>(initialPanel);
  const [dialog, setDialog] = useState<Dialog>('none');
  const [side, setSide] = useState<SideState>('auto');
  const [why, setWhy] = useState<readonly string[]>(initialWhy);
  const [said, say] = useState(() => welcomeBack(view));
  const [inHand] = useDraft(inHandKey(view.id));
  const open = useCallback((next: Panel) => {
    openPanel(next);
    say('');
  }, []);
  const find = useFind();
  const noteDone = useCallback(() => {
    setSide((now) => (now === 'forHands' && !find.isOpen ? 'auto' : now));
    backFromNote();
  }, [find.isOpen]);
  const [striking, setStriking] = useState<Entry | undefined>();
  const strike = useCallback((entry: Entry) => {
    setStriking(entry);
    setDialog('strike');
  }, []);
  const closeFind = useCallback(() => {
    find.close();
    setSide((now) => (now === 'forHands' ? 'auto' : now));
  }, [find]);
  const scope = useCallScope(view, panel, open, say, noteDone, strike, find.found);

  const onEmergency = (): void => {
    if (scope.stage === 'closed') return onEmergencyElsewhere();
    const now = emergencyNow(scope.picture);
    // Raised and handed over are looked at; anything else is raised, now, with nothing asked.
    if (now === undefined || now.type === 'emergency.stoodDown') {
      const done = desk.record(view.id, { type: 'emergency.raised', data: {} });
      setWhy(done.ok ? [] : done.why);
    }
    openPanel('emergency');
  };
  const handlers = useCallKeys(scope, {
    dialog,
    setDialog,
    setSide,
    onStart,
    onPause,
    onOutage,
    onEmergency,
    find,
    closeFind,
  });

  // Wherever the work has gone, the focus goes with it.
  const place = `${scope.stage} ${panel} ${inHand}`;
  useEffect(() => {
    if (place !== '') focusFirst(document.querySelector('.centre, .print-view, .look-back'));
  }, [place]);

  const now = useMinutes();
  const loud =
    scope.stage === 'closed'
      ? handoverLoud(scope.picture, now)
      : loudest(scope.picture, scope.person, hub, now, emergencyWords(desk.host.profile));
  const wide = panel === 'none' && (scope.stage === 'options' || scope.stage === 'handOver');
  return (
    <CallContext value={scope}>
      {panel === 'emergency' ? (
        <EmergencyScreen why={why} />
      ) : panel === 'print' ? (
        <PrintView onEmergency={onEmergency} />
      ) : panel === 'lookBack' ? (
        <LookBack onEmergency={onEmergency} />
      ) : (
        <div className={`frame side-${side === 'forHands' ? 'open' : side} ${wide ? 'frame-wide' : ''}`}>
          <Strip onStart={onStart} onEmergency={onEmergency} />
          {view.elsewhere === undefined || loud?.kind === 'emergency' ? (
            <LoudBand loud={loud} />
          ) : (
            <ElsewhereBand elsewhere={view.elsewhere} />
          )}
          <div className="panes">
            <Guide />
            <Centre said={said} onStart={onStart} onPause={onPause} onEmergency={onEmergency} />
            <Side find={find} onCloseFind={closeFind} />
          </div>
          <FootLine loud={loud} />
        </div>
      )}
      <Announcer loud={loud} />
      <CallDialogs dialog={dialog} setDialog={setDialog} handlers={handlers} striking={striking} />
    </CallContext>
  );
}

function welcomeBack(view: CallView): string {
  const last = view.events.findLast((event) => event.type !== 'call.resumed');
  if (view.continued === true && last !== undefined)
    return `You go on with this call here. Everything that reached the hub up to ${clockTime(last.at)} is here. What the other desk has not sent yet is added when it comes.`;
  return view.resumed && last !== undefined
    ? `Opened again. Everything kept up to ${clockTime(last.at)} is here, and what was half typed.`
    : '';
}
