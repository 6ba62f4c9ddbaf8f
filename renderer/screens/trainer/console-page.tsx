import { useEffect, useRef, useState } from 'react';
import { type ConsoleView } from '../../../shared/bridge/training.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { clockText } from '../../../shared/training/script/values.ts';
import { KeyCaps } from '../../components/kbd.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { Transcript } from '../training/transcript.tsx';
import { CallerSheetView } from './caller-sheet-view.tsx';
import { Happenings } from './happenings.tsx';
import { Lines } from './lines.tsx';
import { TraineeScreenView } from './trainee-screen-view.tsx';
import { TypeLine } from './type-line.tsx';
import { type Act, type Ask, type ConsoleState, useCallClock } from './use-console.ts';

const STATUS = { waiting: 'rings', talking: 'goes on', ended: 'has ended', stopped: 'was stopped' } as const;
const LINE = { there: 'Network is there', away: 'Network is down', slow: 'Hub is slow' } as const;

/** The running practice: the caller's words to pick from, what can be made to happen, and the trainee's screen. */
export function ConsolePage(props: {
  readonly now: ConsoleState;
  readonly view: ConsoleView;
  readonly content: Content;
  readonly ask: Ask;
}) {
  const { now, view, content, ask } = props;
  const { practice } = view;
  const clock = useCallClock(now);
  const page = useRef<HTMLElement>(null);
  const [notTaken, setNotTaken] = useState('');
  const act: Act = async (what) => {
    const answer = await ask('training.act', what);
    setNotTaken(answer.ok ? '' : `Not taken: it ${answer.error.message}.`);
    return answer.ok;
  };
  const to = (selector: string): void => page.current?.querySelector<HTMLElement>(selector)?.focus();
  const pause = (): void => void act({ kind: practice.paused ? 'resume' : 'pause' });
  useKeys({
    pausePractice: pause,
    typeLine: () => to('.type-line input'),
    goLines: () => to('.console-lines button'),
    goHappenings: () => to('.console-happenings button'),
    goScreen: () => to('.console-screen'),
  });
  useEffect(() => page.current?.focus(), []);
  return (
    <main className="console" ref={page} tabIndex={-1} aria-label="Running practice">
      <header className="console-head">
        <h1>{practice.cover.title}</h1>
        <span className="ticking console-clock">{clockText(clock)}</span>
        <span>
          {practice.trainee} · {practice.mode} · {practice.paused ? 'paused' : STATUS[practice.status]} ·{' '}
          {LINE[view.line]}
        </span>
        <button
          type="button"
          className="button"
          aria-keyshortcuts="F4"
          disabled={practice.status !== 'talking'}
          onClick={pause}
        >
          {practice.paused ? 'Go on' : 'Pause'} <KeyCaps keys={['F4']} />
        </button>
      </header>
      <p role="status" className={notTaken === '' ? 'unseen' : 'trainer-said'}>
        {notTaken}
      </p>
      <div className="console-panes">
        <CallerSheetView view={view} />
        <div className="console-middle">
          <Lines view={view} content={content} act={act} />
          <Happenings view={view} act={act} />
        </div>
        <div className="console-right">
          <TraineeScreenView view={view} />
          <Transcript practice={practice} />
          <TypeLine act={act} isCoached={practice.mode === 'coached'} />
        </div>
      </div>
    </main>
  );
}
