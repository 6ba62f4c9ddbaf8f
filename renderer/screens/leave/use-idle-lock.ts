import { useEffect } from 'react';
import { stakeOf } from '../../call/stake.ts';
import { type RunningDesk } from '../../call/desk.ts';

const LOOK_MS = 5_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/**
 * Locks the desk when nobody has used a key or a pointer for the policy's minutes, between calls. While a call is open or
 * an emergency is not confirmed the time does not run: talking is work, and nothing of it is ever hidden.
 */
export function useIdleLock(desk: RunningDesk): void {
  const minutes = desk.sessionLine.idleMinutes();
  useEffect(() => {
    if (minutes === undefined || desk.state() !== 'ready') return undefined;
    let last = desk.now();
    const here = (): void => {
      last = desk.now();
    };
    for (const sign of SIGNS) window.addEventListener(sign, here, { capture: true, passive: true });
    const timer = setInterval(() => {
      const { openCalls, emergencies } = stakeOf(desk);
      if (openCalls > 0 || emergencies > 0) return here();
      const isIdle = desk.now() - last >= minutes * 60_000;
      if (isIdle && desk.sessionLine.locked() === undefined) desk.sessionLine.lock();
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, here, { capture: true });
    };
  }, [desk, minutes]);
}
