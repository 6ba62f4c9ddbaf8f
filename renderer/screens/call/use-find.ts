import { useCallback, useEffect, useRef, useState } from 'react';
import { focusInHand } from './note-focus.ts';

export interface Find {
  readonly isOpen: boolean;
  /** The key of the entry found (`entryKey`). */
  readonly found: string | undefined;
  readonly open: () => void;
  readonly close: () => void;
  readonly onFound: (key: string | undefined) => void;
}

/** Whether the find bar is open, what it found, and where the hands were before: they go back there. */
export function useFind(): Find {
  const [isOpen, setOpen] = useState(false);
  const [found, onFound] = useState<string>();
  const before = useRef<Element | null>(null);
  const open = useCallback(() => {
    const input = document.querySelector<HTMLInputElement>('.find-bar input');
    if (input === null) before.current = document.activeElement;
    else input.select();
    setOpen(true);
    input?.focus();
  }, []);
  const close = useCallback(() => {
    setOpen(false);
    const to = before.current;
    if (to instanceof HTMLElement && to.isConnected && to !== document.body) to.focus();
    else focusInHand();
  }, []);
  // The entry in its place, wherever that is drawn; the lists are drawn before this runs.
  useEffect(() => {
    if (found === undefined) return undefined;
    const element = document.querySelector<HTMLElement>(`[data-entry="${found}"]`);
    if (element === null) return undefined;
    element.dataset['found'] = '';
    element.scrollIntoView({ block: 'center' });
    return () => {
      delete element.dataset['found'];
    };
  }, [found]);
  return { isOpen, found, open, close, onFound };
}
