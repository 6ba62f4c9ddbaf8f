/** Lets a bounded number through at once, so that a crowd of desks waits outside instead of in memory. */
export interface Gate {
  /** A function that gives the place back (once; more does nothing), or undefined when all places are taken. */
  enter(): (() => void) | undefined;
}

export function createGate(places: number): Gate {
  let taken = 0;
  return {
    enter() {
      if (taken >= places) return undefined;
      taken += 1;
      let inside = true;
      return () => {
        if (inside) taken -= 1;
        inside = false;
      };
    },
  };
}
