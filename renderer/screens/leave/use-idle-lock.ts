import { useEffect } from 'react';
import { type RunningDesk } from '../../call/desk.ts';
import { idleWatch, LOOK_MS, lookAtNewCalls } from '../../call/idle-watch.ts';
import { stakeOf } from '../../call/stake.ts';

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Looks for a person at the keys, and locks the desk as `idleWatch` says. */
export function useIdleLock(desk: RunningDesk): void {
  useEffect(() => {
    if (desk.state() !== 'ready') return undefined;
    const { sessionLine } = desk;
    const watch = idleWatch({
      now: () => desk.now(),
      minutes: () => sessionLine.idleMinutes(),
      stake: () => stakeOf(desk),
      isLocked: () => sessionLine.locked() !== undefined,
      lock: () => sessionLine.lock(),
    });
    const here = (): void => watch.here();
    for (const sign of SIGNS) window.addEventListener(sign, here, { capture: true, passive: true });
    const stop = lookAtNewCalls(desk, () => watch.look());
    const timer = setInterval(() => watch.look(), LOOK_MS);
    return () => {
      clearInterval(timer);
      stop();
      for (const sign of SIGNS) window.removeEventListener(sign, here, { capture: true });
    };
  }, [desk]);
}
