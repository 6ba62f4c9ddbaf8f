import { type WindowLocks } from '../../../renderer/sync/lock.ts';

/** Locks shared by the windows of one test, with the rules of Web Locks: held until let go, or until death. */
export interface LocalLocks {
  /** One window's view. `die` lets go of what that window holds. */
  window(): WindowLocks & { die(): void };
}

export function localLocks(): LocalLocks {
  const holders = new Map<string, symbol>();
  const waiting: { name: string; free: () => void }[] = [];
  const letGo = (name: string, holder: symbol): void => {
    if (holders.get(name) !== holder) return;
    holders.delete(name);
    for (const one of waiting.splice(0)) one.free();
  };
  return {
    window() {
      const me = Symbol('window');
      let dead = false;
      return {
        take(name) {
          if (dead || holders.has(name)) return Promise.resolve(undefined);
          holders.set(name, me);
          return Promise.resolve({ release: () => letGo(name, me) });
        },
        whenFree: (name) =>
          new Promise((free) => (holders.has(name) ? waiting.push({ name, free }) : free())),
        die() {
          dead = true;
          for (const name of holders.keys()) letGo(name, me);
        },
      };
    },
  };
}
