/** What one machine counts: every step its processes take between two awaits, and when the next death is due. */
export interface Machine {
  /** Something happens after so many more crossings. One at a time; a new one takes the place of the old. */
  burn(crossings: number, death: () => void): void;
  forget(): void;
  newLife(): Life;
}

/**
 * One run of a process. Each thing it asks of the world outside goes through `cross`, before and after, so that it
 * can die between any two of them. Dead, it never hears an answer again.
 */
export interface Life {
  alive(): boolean;
  /** False when the process is dead, maybe since just now. */
  cross(): boolean;
  /** Does `work` between two crossings. */
  through<T>(work: () => T | Promise<T>): Promise<T>;
  end(): void;
}

/** `stirred` is told of every crossing, so that the world can see when nothing moves any more. */
export function createMachine(stirred: () => void): Machine {
  let fuse: { left: number; death: () => void } | undefined;

  function step(): void {
    stirred();
    if (fuse === undefined || --fuse.left > 0) return;
    const { death } = fuse;
    fuse = undefined;
    death();
  }

  return {
    burn(crossings, death) {
      fuse = { left: crossings, death };
    },
    forget() {
      fuse = undefined;
    },
    newLife() {
      let living = true;
      const life: Life = {
        alive: () => living,
        cross() {
          if (living) step();
          return living;
        },
        async through(work) {
          if (!life.cross()) return never();
          try {
            const value = await work();
            return life.cross() ? value : await never();
          } catch (error) {
            if (!life.cross()) return never();
            throw error;
          }
        },
        end() {
          living = false;
        },
      };
      return life;
    },
  };
}

/** What a dead process waits for. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
