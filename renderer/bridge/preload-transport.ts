import { z } from 'zod';
import { problemOf, type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type ClosableTransport } from './lasting-bridge.ts';

const isFunction = (value: unknown): boolean => typeof value === 'function';

/** What Electron's preload puts on the window. Anything may have put something there: it is parsed. */
const preloadPort = z.object({
  send: z.custom<(frame: unknown) => void>(isFunction, 'must be a function'),
  onFrame: z.custom<(listener: (frame: unknown) => void) => void>(isFunction, 'must be a function'),
});

/** The transport over Electron's preload. It lasts as long as the window: the main process is its parent. */
export function preloadTransport(found: unknown): Result<ClosableTransport, Problem> {
  const parsed = preloadPort.safeParse(found);
  if (!parsed.success) return err(problemOf('bridge.badPreload', parsed.error));
  const { send, onFrame } = parsed.data;
  return ok({
    send,
    onFrame: (listener) => onFrame(listener),
    onClose: () => undefined,
    close: () => undefined,
  });
}
