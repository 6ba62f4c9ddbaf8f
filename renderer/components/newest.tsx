import { type ReactNode, useState } from 'react';

/** The newest of a list that may grow all night, and the button that brings the older ones in. */
export interface Newest<T> {
  readonly shown: readonly T[];
  /** Nothing while all of them are shown anyhow. */
  readonly button: ReactNode;
}

/**
 * Draws the newest `count` of a list, so that a key press costs the same at the end of a long call as at its
 * beginning. Nothing is out of reach: the button says how many older ones there are, stays where it is (and keeps
 * the focus) when it is pressed, and folds them away again. `things`: what they are, in the plural.
 */
export function useNewest<T>(all: readonly T[], count: number, things: string): Newest<T> {
  const [open, setOpen] = useState(false);
  const older = all.length - count;
  if (older <= 0) return { shown: all, button: null };
  return {
    shown: open ? all : all.slice(-count),
    button: (
      <button type="button" className="link older" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? `Hide the ${older} older ${things}` : `Show ${older} older ${things}`}
      </button>
    ),
  };
}
