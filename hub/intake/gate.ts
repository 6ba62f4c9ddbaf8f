/**
 * Lets a bounded number through at once and a bounded number wait, so that a crowd of desks waits outside instead of
 * in memory. Of those that wait, the one whose desk has the fewest inside goes first, and no desk may have more than
 * its share: one desk that floods the hub does not hold up the others.
 */
export interface Gate {
  /** A place, or one in the queue; or why not. */
  enter(desk: string): Ticket | 'busy' | 'tooManyOfThisDesk';
}

export interface Ticket {
  /** Resolves when its turn has come; never, if `leave` was called before. */
  readonly ready: Promise<void>;
  /** Gives the place back, inside or in the queue. Once; more does nothing. */
  leave(): void;
}

export interface GateLimits {
  readonly inside: number;
  readonly waiting: number;
  /** Inside and waiting together, of one desk. */
  readonly perDesk: number;
}

interface Waiting {
  readonly desk: string;
  readonly letIn: () => void;
}

export function createGate(limits: GateLimits): Gate {
  let inside = 0;
  /** Of each desk: inside, and inside and waiting together. */
  const insideOf = new Map<string, number>();
  const allOf = new Map<string, number>();
  const queue: Waiting[] = [];

  const add = (counts: Map<string, number>, desk: string, by: 1 | -1): void => {
    const count = (counts.get(desk) ?? 0) + by;
    if (count === 0) counts.delete(desk);
    else counts.set(desk, count);
  };

  function goIn(desk: string): void {
    inside += 1;
    add(insideOf, desk, 1);
  }

  function letNextIn(): void {
    const fewest = queue.reduce<Waiting | undefined>(
      (best, one) =>
        best === undefined || (insideOf.get(one.desk) ?? 0) < (insideOf.get(best.desk) ?? 0) ? one : best,
      undefined,
    );
    if (fewest === undefined || inside >= limits.inside) return;
    queue.splice(queue.indexOf(fewest), 1);
    goIn(fewest.desk);
    fewest.letIn();
  }

  return {
    enter(desk) {
      if ((allOf.get(desk) ?? 0) >= limits.perDesk) return 'tooManyOfThisDesk';
      const full = inside >= limits.inside;
      if (full && queue.length >= limits.waiting) return 'busy';
      add(allOf, desk, 1);
      let state: 'waiting' | 'inside' | 'left' = full ? 'waiting' : 'inside';
      if (!full) goIn(desk);
      let waiting: Waiting | undefined;
      const ready = full
        ? new Promise<void>((resolve) => {
            waiting = {
              desk,
              letIn() {
                state = 'inside';
                resolve();
              },
            };
            queue.push(waiting);
          })
        : Promise.resolve();
      return {
        ready,
        leave() {
          if (state === 'left') return;
          add(allOf, desk, -1);
          if (state === 'inside') {
            inside -= 1;
            add(insideOf, desk, -1);
            letNextIn();
          } else if (waiting !== undefined) queue.splice(queue.indexOf(waiting), 1);
          state = 'left';
        },
      };
    },
  };
}
