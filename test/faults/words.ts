import { type CallView, type RunningDesk } from '../../renderer/call/desk.ts';
import { type SimulatedDesk } from './world/world.ts';

/** A desk by its name. */
interface Seat {
  readonly name: string;
  readonly on: SimulatedDesk;
}

/** The longest that a window waits before it looks for the main process again, with a little over (ms). */
const RECONNECT_MS = 6_000;

export const hasCall = (desk: RunningDesk, call: CallView['id']): boolean => desk.call(call) !== undefined;

/** A window reads closed calls behind its first screen: its list is there so long after it was first seen, and more (ms). */
const LIST_MS = 200;
export const hasList = (seenAt: number | undefined, now: number): boolean =>
  seenAt !== undefined && now >= seenAt + LIST_MS;

export const isDrained = ({ on: { pc } }: Seat): boolean =>
  pc.windows.some(
    ({ desk }) =>
      desk?.state() === 'ready' && desk.unsent() === 0 && ['safe', 'empty'].includes(desk.light().kind),
  );

/** For how long yet a draft may be on its way to the disk through no fault of the program. */
export function hinderedForMs({ pc }: SimulatedDesk): number {
  const { room, slowMs, failSyncs, failWrites } = pc.disk;
  if (!pc.mainLives() || !pc.isPlugged()) return RECONNECT_MS;
  return slowMs + (room < Infinity || failSyncs > 0 || failWrites > 0 ? 1 : 0);
}

export function stuckWords({ name, on: { pc } }: Seat): string {
  const desk = pc.windows.find((window) => window.desk !== undefined)?.desk;
  if (desk === undefined) return `${name}: no window gets ready`;
  return `${name}: ${desk.state()}, ${desk.unsent()} unsent, light ${JSON.stringify(desk.light())}; ${desk.notices().join(' ')}`;
}

export const describe = (error: unknown): string =>
  error instanceof Error
    ? `${error.name}: ${error.message} ${error.stack?.split('\n')[1]?.trim() ?? ''}`
    : String(error);
