import { z } from 'zod';
import { utcMs } from '../time.ts';
import { cause, causeOf, knownCause } from './cause.ts';
import { isLogEvent, logEvent } from './events.ts';
import { knownField, logField } from './field.ts';
import { place, placesOf } from './place.ts';

export const LEVELS = ['info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/**
 * One line of a log file: an event of the list with typed fields. There is no text field, so nothing that was said, typed,
 * sent or named can be in one.
 */
export const logLine = z.strictObject({
  at: utcMs,
  level: z.enum(LEVELS),
  event: logEvent,
  field: logField.exactOptional(),
  cause: cause.exactOptional(),
  /** Where in the program, nearest first. */
  where: z.array(place).max(6).exactOptional(),
  /** Of the hub's answers. */
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']).exactOptional(),
  /** The pattern of a route, never an address as it was asked. */
  route: z
    .string()
    .regex(/^(\/:?[a-zA-Z0-9.-]{1,40}){1,8}$/)
    .exactOptional(),
  status: z.int().min(100).max(599).exactOptional(),
  ms: z.int().min(0).exactOptional(),
  /** How many, of whatever the event counts. */
  n: z.int().min(0).exactOptional(),
  version: z
    .string()
    .regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}(-[a-z]{1,10})?$/)
    .exactOptional(),
});
export type LogLine = z.infer<typeof logLine>;

export interface Happened {
  readonly code: string;
  readonly field?: string | undefined;
  readonly cause?: string | undefined;
}

/** What is written of an entry: its code, field and cause when they are on the lists. Its message stays behind. */
export function lineOf(level: Level, { code, field, cause: why }: Happened, at: number): LogLine {
  return {
    at,
    level,
    event: isLogEvent(code) ? code : 'log.unlisted',
    ...(field === undefined ? {} : { field: knownField(field) }),
    ...(why === undefined ? {} : { cause: knownCause(why) }),
  };
}

/** What is written of an error that nobody caught: its kind and where it was, never its message. */
export function lineOfError(
  event: 'program.uncaught' | 'program.rejected',
  error: unknown,
  at: number,
): LogLine {
  const where = placesOf(error instanceof Error ? error.stack : undefined);
  return { at, level: 'error', event, cause: causeOf(error), ...(where.length === 0 ? {} : { where }) };
}
