import { type Timers } from '../../shared/time.ts';
import { type Notices } from './notices.ts';

/** What a browser says of an origin's storage, in bytes. */
export interface Room {
  readonly usage: number;
  readonly quota: number;
}

/** Enough for a night of calls several times over; IT has a shift's time to act. */
export const LITTLE_BYTES = 64 * 1024 * 1024;
const LOOK_EVERY_MS = 10 * 60_000;

/** What is said while there is little room left for the window's database; undefined when there is enough. */
export function roomWords({ usage, quota }: Room): string | undefined {
  const left = Math.max(0, quota - usage);
  if (left >= LITTLE_BYTES) return undefined;
  const megabytes = Math.floor(left / 1024 / 1024);
  return `Room for about ${megabytes} MB is left for calls in this window. Calls go on being kept; tell IT before it is full.`;
}

/**
 * Looks at the room left now and every ten minutes, and holds a notice while there is little. A browser that does not
 * say how much there is is not asked for more: a write that finds no room is said by the store itself.
 */
export function watchRoom(
  room: (() => Promise<Partial<Room>>) | undefined,
  timers: Timers,
  notices: Notices,
  told: (room: Room) => void = () => undefined,
): { stop(): void } {
  let cancel: (() => void) | undefined;
  let stopped = false;
  async function look(ask: () => Promise<Partial<Room>>): Promise<void> {
    const { usage, quota } = await ask().catch((): Partial<Room> => ({}));
    if (stopped) return;
    const said = usage === undefined || quota === undefined ? undefined : { usage, quota };
    notices.hold('room', said === undefined ? undefined : roomWords(said));
    if (said !== undefined) told(said);
    cancel = timers.after(LOOK_EVERY_MS, () => void look(ask));
  }
  if (room !== undefined) void look(room);
  return {
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
