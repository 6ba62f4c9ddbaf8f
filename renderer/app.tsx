import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type CallView, type RunningDesk } from './call/desk.ts';
import { DeskProvider, useDesk, useDeskValue } from './components/desk-context.tsx';
import { type DeskWays, DeskWaysProvider } from './components/desk-ways.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { KeyContext } from './keys/key-context.ts';
import { keyMap } from './keys/key-map.ts';
import { keysInForce } from './keys/policy.ts';
import { practiceKeys } from './keys/practice-keys.ts';
import { type Panel } from './screens/call/call-context.tsx';
import { CallScreen } from './screens/call/call-screen.tsx';
import { type UtcMs } from '../shared/time.ts';
import { callForEmergency, firstCall, isOpen } from './screens/derive/calls.ts';
import { DoubtsScreen } from './screens/doubts/doubts-screen.tsx';
import { EnrolScreen } from './screens/enrol/enrol-screen.tsx';
import { LeaveDialog } from './screens/leave/leave-dialog.tsx';
import { LockedBand, LockScreen } from './screens/leave/lock-screen.tsx';
import { PassphraseDialog } from './screens/leave/passphrase-dialog.tsx';
import { useIdleLock } from './screens/leave/use-idle-lock.ts';
import { useLeaving } from './screens/leave/use-leaving.ts';
import { OtherWindow } from './screens/start/other-window.tsx';
import { PersonChanged } from './screens/start/person-changed.tsx';
import { OutageScreen } from './screens/outage/outage-screen.tsx';
import { SettingsScreen } from './screens/settings/settings-screen.tsx';
import { Starting } from './screens/start/starting.tsx';
import { StartScreen } from './screens/start/start-screen.tsx';
import { emergencyWords } from './screens/wording/emergency-words.ts';
import { TrainingBanner } from './screens/training/training-banner.tsx';

type Screen =
  | { readonly at: 'start' }
  /** Back to where it was opened from: a call in hand, or the start. */
  | { readonly at: 'outage' | 'enrol' | 'doubts' | 'settings'; readonly from: CallView['id'] | undefined }
  | {
      readonly at: 'call';
      readonly call: CallView['id'];
      readonly panel: Panel;
      readonly why: readonly string[];
    };

/** Fetched in the training world alone: a desk that takes real calls never loads them. */
const PracticeRoom = lazy(async () => {
  const { PracticeRoom: page } = await import('./screens/training/practice-room.tsx');
  return { default: page };
});
const PracticeDuties = lazy(async () => {
  const { PracticeDuties: duties } = await import('./screens/training/practice-duties.tsx');
  return { default: duties };
});

/** The whole window. What it shows is read from the desk; where the handler is in it is its only own state. */
export function App({ desk }: { readonly desk: RunningDesk }) {
  // Survives a screen that could not be drawn: an emergency raised then belongs to the same call.
  const lastInHand = useRef<CallView['id'] | undefined>(undefined);
  const remember = useCallback((call: CallView['id'] | undefined) => {
    lastInHand.current = call;
  }, []);
  return (
    <DeskProvider desk={desk}>
      <Keys>
        <Look />
        {desk.host.profile.kind === 'training' ? <TrainingBanner /> : null}
        <ErrorBoundary
          onEmergency={() => {
            const raised = raise(desk, lastInHand.current);
            const { raised: done, ring } = emergencyWords(desk.host.profile);
            return raised.why.length === 0 ? done : `${raised.why.join(' ')} ${ring}`;
          }}
          words={emergencyWords(desk.host.profile).broken}
        >
          <Window onInHand={remember} />
        </ErrorBoundary>
      </Keys>
    </DeskProvider>
  );
}

function Window(props: { readonly onInHand: (call: CallView['id'] | undefined) => void }) {
  const state = useDeskValue((desk) => desk.state());
  if (state === 'otherWindow') return <OtherWindow />;
  return state === 'personChanged' ? <PersonChanged /> : <Screens {...props} />;
}

/** Raises the emergency on the call in hand; without an open one it takes a new call, because nothing may be in the way. */
function raise(
  desk: RunningDesk,
  lastInHand: CallView['id'] | undefined,
): { readonly call: CallView['id']; readonly why: readonly string[] } {
  const call = callForEmergency(desk.calls(), lastInHand)?.id ?? desk.takeCall({ source: 'handler' });
  const done = desk.record(call, { type: 'emergency.raised', data: {} });
  return { call, why: done.ok ? [] : done.why };
}

function Screens({ onInHand }: { readonly onInHand: (call: CallView['id'] | undefined) => void }) {
  const desk = useDesk();
  const isPractice = desk.host.profile.kind === 'training';
  const calls = useDeskValue((from) => from.calls());
  const [screen, setScreen] = useState<Screen>(() => {
    const first = practiceCall(desk) ?? firstCall(desk.calls());
    return first === undefined ? { at: 'start' } : { at: 'call', call: first.id, panel: 'none', why: [] };
  });
  const [pausedSince, setPausedSince] = useState<UtcMs | undefined>();
  const [inHand, setInHand] = useState(() => firstCall(desk.calls())?.id);
  useEffect(() => onInHand(inHand), [onInHand, inHand]);
  const show = (call: CallView['id'], panel: Panel = 'none', why: readonly string[] = []): void => {
    setInHand(call);
    setScreen({ at: 'call', call, panel, why });
  };
  useOfferedCalls(calls, screen.at === 'start' && pausedSince === undefined, show);
  const emergency = (): void => {
    const { call, why } = raise(desk, inHand);
    show(call, 'emergency', why);
  };
  const [leaving, setLeaving] = useState<'signOut' | 'closeWindow' | undefined>();
  const [choosing, setChoosing] = useState(false);
  const letGo = useLeaving(desk, () => setLeaving('closeWindow'));
  useIdleLock(desk);
  const isLocked = useDeskValue((from) => from.sessionLine.locked() !== undefined);
  const from = screen.at === 'call' ? screen.call : screen.at === 'start' ? undefined : screen.from;
  const back = (): void => (from === undefined ? setScreen({ at: 'start' }) : show(from));
  const ways: DeskWays = {
    leave: () => setLeaving('signOut'),
    enrol: () => setScreen({ at: 'enrol', from }),
    doubts: () => setScreen({ at: 'doubts', from }),
    settings: () => setScreen({ at: 'settings', from }),
    ...(desk.session.kind === 'account' ? { passphrase: () => setChoosing(true) } : {}),
  };
  const signOut = async (): Promise<void> => {
    await desk.signOut();
    letGo();
    location.reload();
  };
  const inHandNow = screen.at === 'call' ? calls.find((call) => call.id === screen.call) : undefined;
  // A locked desk shows an open call and nothing beside it.
  const view = isLocked ? (openHere(inHandNow) ?? calls.find(openHere)) : inHandNow;
  const shown = (): ReactNode => {
    if (isLocked && view === undefined)
      return <LockScreen onEmergency={emergency} onSignOut={() => setLeaving('signOut')} />;
    if (view !== undefined) {
      return (
        <CallScreen
          key={view.id}
          view={view}
          initialPanel={screen.at === 'call' ? screen.panel : 'none'}
          initialWhy={screen.at === 'call' ? screen.why : []}
          onStart={() => setScreen({ at: 'start' })}
          onPause={() => {
            setPausedSince(desk.now());
            setScreen({ at: 'start' });
          }}
          onOutage={() => setScreen({ at: 'outage', from: view.id })}
          onEmergencyElsewhere={emergency}
        />
      );
    }
    if (screen.at === 'outage') {
      return <OutageScreen onBack={back} onOpen={show} onEmergency={emergency} />;
    }
    if (screen.at === 'enrol') return <EnrolScreen onBack={back} onEmergency={emergency} />;
    if (screen.at === 'settings') return <SettingsScreen onBack={back} onEmergency={emergency} />;
    if (screen.at === 'doubts') return <DoubtsScreen onBack={back} onOpen={show} onEmergency={emergency} />;
    if (isPractice) {
      return (
        <Suspense fallback={<Starting />}>
          <PracticeRoom onOpen={show} onEmergency={emergency} />
        </Suspense>
      );
    }
    return (
      <StartScreen
        onOpen={show}
        onTake={() => {
          setPausedSince(undefined);
          show(desk.takeCall({ source: 'handler' }));
        }}
        pausedSince={pausedSince}
        onPause={() => setPausedSince(pausedSince === undefined ? desk.now() : undefined)}
        onOutage={() => setScreen({ at: 'outage', from: undefined })}
        onEmergency={emergency}
        emergencyCall={callForEmergency(calls, inHand)}
      />
    );
  };
  return (
    <DeskWaysProvider ways={ways}>
      {isLocked && view !== undefined ? <LockedBand /> : null}
      {shown()}
      {isPractice ? (
        <Suspense>
          <PracticeDuties call={view} onOpen={show} onRoom={() => setScreen({ at: 'start' })} />
        </Suspense>
      ) : null}
      {choosing ? <PassphraseDialog onClose={() => setChoosing(false)} /> : null}
      {leaving === undefined ? null : (
        <LeaveDialog kind={leaving} onStay={() => setLeaving(undefined)} onLeave={signOut} />
      )}
    </DeskWaysProvider>
  );
}

/** The call of the practice that goes on: after a crash of the window it is the one to come back to. */
function practiceCall(desk: RunningDesk): CallView | undefined {
  const practice = desk.training.practice();
  if (practice?.call === undefined || practice.status === 'stopped') return undefined;
  return desk.call(practice.call);
}
/** A call that is open at this desk, and so is never hidden. */
const openHere = (call: CallView | undefined): CallView | undefined =>
  call !== undefined && isOpen(call) ? call : undefined;

/** A call that the telephone system or a link brought opens by itself on the start page; never over another call. */
function useOfferedCalls(
  calls: readonly CallView[],
  ready: boolean,
  show: (call: CallView['id']) => void,
): void {
  const seen = useRef<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => {
    const before = seen.current;
    seen.current = new Set(calls.map((call) => call.id));
    const fresh = calls.find((call) => before !== undefined && !before.has(call.id) && isOpen(call));
    const first = fresh?.events[0];
    if (!ready || fresh === undefined || fresh.resumed || first?.type !== 'call.offered') return;
    if (first.data.source === 'deepLink' || first.data.source === 'telephony') show(fresh.id);
  });
}

/** The keys in force at this desk; a policy that cannot be taken changes nothing, and the start page says why. */
function Keys({ children }: { readonly children: ReactNode }) {
  const policy = useDeskValue((from) => from.settings().keys);
  const world = useDesk().host.profile.kind;
  const map = useMemo(() => {
    const read = keysInForce(policy);
    const own = read.ok ? read.value : keyMap;
    return world === 'training' ? [...practiceKeys, ...own] : own;
  }, [policy, world]);
  return <KeyContext value={map}>{children}</KeyContext>;
}

/** What a person chose of how it looks, on the root of the page; nothing there means as this PC says. */
function Look() {
  const { theme, contrast, textSize, motion } = useDeskValue((desk) => desk.settings());
  useEffect(() => {
    const { dataset } = document.documentElement;
    for (const [name, value] of Object.entries({ theme, contrast, textSize, motion }))
      if (value === 'system' || value === 'normal') delete dataset[name];
      else dataset[name] = value;
  }, [theme, contrast, textSize, motion]);
  return null;
}
