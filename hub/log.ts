import pino from 'pino';
import { placesOf } from '../shared/log/place.ts';

/**
 * The hub's log, on standard error. An error is logged as its name, code and place in the program, without its
 * message: a database's message may quote what a caller said.
 */
export const createLog = (
  level: string,
  destination: pino.DestinationStream = pino.destination(2),
): pino.Logger =>
  pino({ level, base: null, serializers: { err: (error: unknown) => describeError(error) } }, destination);

/** What may be said about an error in a log. Folders are cut off its places: a person's name may be in one. */
export function describeError(error: unknown): { name: string; code: string; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, code: '', at: [] };
  const code: unknown = 'code' in error ? error.code : '';
  return { name: error.name, code: typeof code === 'string' ? code : '', at: placesOf(error.stack) };
}
