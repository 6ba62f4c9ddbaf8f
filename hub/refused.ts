import { type Problem } from '../shared/problem.ts';
import { type Result } from '../shared/result.ts';
import { type UtcMs } from '../shared/time.ts';

/** A refusal to a client: the HTTP status says the class, the problem says which field and why. */
export interface Refusing {
  readonly status: number;
  readonly problem: Problem;
  /** Seconds, for `Retry-After`. */
  readonly retryAfterS?: number;
  /** The hub's time, for a desk that must sign with it. */
  readonly hubTime?: UtcMs;
}

/** Carries a refusal to the one error handler. Only hooks and routes throw it; everything below returns a Result. */
export class Refused extends Error {
  readonly refusing: Refusing;

  constructor(refusing: Refusing) {
    super(refusing.problem.code);
    this.name = 'Refused';
    this.refusing = refusing;
  }
}

export const refusing = (status: number, code: string, field: string, message: string): Refusing => ({
  status,
  problem: { code, field, message },
});

/** The value, or a throw that the error handler turns into the refusal. For routes and hooks only. */
export function orRefuse<T>(result: Result<T, Refusing>): T {
  if (!result.ok) throw new Refused(result.error);
  return result.value;
}
