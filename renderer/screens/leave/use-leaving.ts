import { useEffect, useRef } from 'react';
import { type RunningDesk } from '../../call/desk.ts';
import { stakeOf } from '../../call/stake.ts';
import { askBeforeLeaving } from '../../../shared/sync/leaving.ts';
import { clockTime } from '../wording/times.ts';

/** The main process hears of what is at stake within this after a change, in ms. */
const TELL_MS = 500;

/**
 * Before a browser's window goes with something at stake, the browser asks; `onAsked` says in our words why, to somebody
 * who stays. In Electron the main process asks: there a page that objects would keep the window open in silence.
 * Returns a function that lets the next leaving go.
 */
export function useLeaving(desk: RunningDesk, onAsked: () => void): () => void {
  const mayGo = useRef(false);
  const asked = useRef(onAsked);
  useEffect(() => {
    asked.current = onAsked;
  });
  useEffect(() => {
    if (desk.state() !== 'ready') return undefined;
    let told = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      timer = undefined;
      const now = JSON.stringify(stakeOf(desk));
      if (now === told) return;
      told = now;
      desk.tellStake();
    };
    const stop = desk.subscribe(() => (timer ??= setTimeout(tell, TELL_MS)));
    tell();
    const leaving = (event: BeforeUnloadEvent): void => {
      if (mayGo.current || askBeforeLeaving('closeWindow', stakeOf(desk), clockTime).kind === 'allow') return;
      event.preventDefault();
      asked.current();
    };
    if (desk.host.host === 'browser') window.addEventListener('beforeunload', leaving);
    return () => {
      stop();
      clearTimeout(timer);
      window.removeEventListener('beforeunload', leaving);
    };
  }, [desk]);
  return () => {
    mayGo.current = true;
  };
}
