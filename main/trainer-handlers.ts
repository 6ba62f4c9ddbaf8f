import { type MethodName, methods } from '../shared/bridge/contract.ts';
import { type Handlers } from '../shared/bridge/server.ts';
import { TRAINEE_ONLY, type TrainingRoom } from './services/training/room.ts';

/** What of the desk itself a trainer's window may ask: to be shown (its paper is its own window's), never to write in anybody's call. */
const OPEN_TO_TRAINERS: ReadonlySet<MethodName> = new Set([
  'host.describe',
  'session.current',
  'settings.get',
  'hub.state',
]);

/** A trainer's window: the training room's answers, a little of the desk's, and refusals for the rest. */
export function trainerHandlers(desk: Handlers, room: TrainingRoom['trainer']): Handlers {
  const refused = Object.fromEntries(
    (Object.keys(methods) as MethodName[])
      .filter((name) => !OPEN_TO_TRAINERS.has(name))
      .map((name) => [name, () => Promise.resolve(TRAINEE_ONLY)]),
  );
  return { ...desk, ...refused, ...room };
}
