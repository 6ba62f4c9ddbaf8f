import { type DeskLog } from './desk-log.ts';

/**
 * Errors that nobody caught are written down by kind and place. Left alone, Node would print the message and Electron show
 * it in a dialogue, and a message may hold what a caller said. `then` is what the host does about it.
 */
export function watchUncaught(log: DeskLog, then: () => void): void {
  for (const [origin, event] of [
    ['uncaughtException', 'program.uncaught'],
    ['unhandledRejection', 'program.rejected'],
  ] as const)
    process.on(origin, (error: unknown) => {
      log.uncaught(event, error);
      then();
    });
}
