import { type Fault } from '../../shared/bridge/frames.ts';

/** Thrown inside a transaction to undo it whole, for a reason of ours. */
export class Refused extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.name = 'Refused';
    this.fault = fault;
  }
}

export const storeFault = (code: string, field: string, message: string): Fault => ({ code, field, message });

/**
 * A failed transaction as a Fault. Only names of errors are used: browsers put keys and values into messages.
 * Codes: store.full, store.closed, store.outdated, store.unavailable, store.failed, and those of `planAppend`.
 */
export function faultOf(error: unknown): Fault {
  if (error instanceof Refused) return error.fault;
  const names = namesOf(error);
  if (names.includes('QuotaExceededError')) {
    return storeFault('store.full', '(whole)', "this window's database is full: nothing was written to it");
  }
  if (names.includes('VersionError')) {
    return storeFault('store.outdated', '(whole)', "this window's database was made by a newer Lantern");
  }
  if (names.includes('MissingAPIError') || names.includes('OpenFailedError')) {
    return storeFault('store.unavailable', '(whole)', "this window's database cannot be opened");
  }
  if (names.includes('DatabaseClosedError') || names.includes('InvalidStateError')) {
    return storeFault('store.closed', '(whole)', "this window's database was closed");
  }
  const last = names.at(-1) ?? 'unknown error';
  return storeFault('store.failed', '(whole)', `this window's database did not take it (${last})`);
}

/** The error's name and those of the errors inside it: Dexie wraps what the browser said. */
function namesOf(error: unknown): string[] {
  const names: string[] = [];
  for (let at = error, depth = 0; at instanceof Object && depth < 5; depth += 1) {
    if ('name' in at && typeof at.name === 'string') names.push(at.name);
    if ('failures' in at && Array.isArray(at.failures))
      names.push(...at.failures.slice(0, 1).flatMap(namesOf));
    at = 'inner' in at ? at.inner : undefined;
  }
  return names;
}
