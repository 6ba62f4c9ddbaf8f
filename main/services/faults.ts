import { type Fault } from '../../shared/bridge/frames.ts';
import { err } from '../../shared/result.ts';

/** A typed refusal. `message` is for a person and never quotes input. */
export const fault = (code: string, field: string, message: string): Fault => ({ code, field, message });

export const refuse = (
  code: string,
  field: string,
  message: string,
): { readonly ok: false; readonly error: Fault } => err(fault(code, field, message));
