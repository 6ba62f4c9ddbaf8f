import { useLayoutEffect, useRef } from 'react';
import { type CommandId } from './key-map.ts';
import { useKeyMap } from './key-context.ts';
import { commandFor } from './match.ts';

export type Handlers = Partial<Record<CommandId, () => void>>;

const NOT_TYPED = new Set(['radio', 'checkbox', 'button', 'submit', 'reset']);

/** Whether a character pressed here would become text. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NOT_TYPED.has(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/**
 * Listens for window-wide keys while the component is there. It hears them before anything on the page does, so
 * that emergency works with focus anywhere, dialogs and text included. A command without a handler is left alone.
 */
export function useKeys(handlers: Handlers): void {
  const { map } = useKeyMap();
  const now = useRef({ handlers, map });
  // Layout effects: the keys are heard from before the first paint, so that no press falls between two screens.
  useLayoutEffect(() => {
    now.current = { handlers, map };
  });
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const command = commandFor(event, isTyping(event.target), now.current.map);
      const handler = command === undefined ? undefined : now.current.handlers[command];
      if (handler === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      handler();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, []);
}
