import { type VirtualClock } from './clock.ts';

/** What may happen to the next messages on a desk's way to the hub and back. */
export type Mishap =
  | { readonly kind: 'drop' }
  /** Arrives so many ms later than it should: with others on the way, out of order. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Arrives twice, the second time so many ms later. */
  | { readonly kind: 'repeat'; readonly ms: number };

/** One desk's way to the hub. */
export interface Route {
  /** Calls `arrive` when the message gets there: once, never or more than once. */
  send(arrive: () => void): void;
  /** The next `count` messages meet this. */
  order(mishap: Mishap, count: number): void;
  /** Nothing passes, either way, until `heal`. */
  part(): void;
  heal(): void;
}

/** A message takes so long when nothing happens to it (ms). */
const LATENCY_MS = 10;

export function route(clock: VirtualClock): Route {
  const timers = clock.timersOf({ alive: () => true });
  let ordered: Mishap[] = [];
  let parted = false;

  return {
    send(arrive) {
      const mishap = ordered.shift();
      if (parted || mishap?.kind === 'drop') return;
      const later = (ms: number): void =>
        void timers.after(LATENCY_MS + ms, () => {
          if (!parted) arrive();
        });
      later(mishap?.kind === 'delay' ? mishap.ms : 0);
      if (mishap?.kind === 'repeat') later(mishap.ms);
    },
    order(mishap, count) {
      ordered.push(...Array.from({ length: count }, () => mishap));
    },
    part() {
      parted = true;
    },
    heal() {
      parted = false;
      ordered = [];
    },
  };
}
