import { useEffect, useState } from 'react';
import { type Input, type Output } from '../../../shared/bridge/contract.ts';
import { type ConsoleView, type TrainerAct } from '../../../shared/bridge/training.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type Result } from '../../../shared/result.ts';
import { type Bridge } from '../../bridge/lasting-bridge.ts';
import { type TrainingMethod } from '../../call/training-line.ts';

export type Ask = <M extends TrainingMethod>(method: M, input: Input<M>) => Promise<Result<Output<M>, Fault>>;

/** One act of the trainer; whether it was taken. Where it was not, the console says why. */
export type Act = (what: TrainerAct) => Promise<boolean>;

export interface ConsoleState {
  readonly isOpen: boolean;
  readonly view: ConsoleView | undefined;
  /** When the view came, by this window's clock: the call's clock goes on from there. */
  readonly at: number;
}

/** The running practice as the main process last told it, kept over lost connections. */
export function useConsole(bridge: Bridge): ConsoleState {
  const [state, setState] = useState<ConsoleState>({ isOpen: bridge.isOpen(), view: undefined, at: 0 });
  useEffect(() => {
    const take = (view: ConsoleView | undefined): void => setState({ isOpen: true, view, at: Date.now() });
    const stop = bridge.on('training.console', (now) => take(now.view));
    bridge.onOpen(() => {
      void bridge.call('training.console', {}).then((answer) => {
        if (answer.ok) take(answer.value.view);
      });
    });
    bridge.onClose(() => setState((before) => ({ ...before, isOpen: false })));
    return stop;
  }, [bridge]);
  return state;
}

/** The call's clock, drawn again each second while it runs. */
export function useCallClock({ view, at }: ConsoleState): number {
  const runs = view !== undefined && !view.practice.paused && view.practice.status === 'talking';
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [runs]);
  if (view === undefined) return 0;
  return view.practice.callMs + (runs ? Math.max(0, now - at) : 0);
}
