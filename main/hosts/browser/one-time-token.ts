import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The token in the address that is printed: works once. A fresh one replaces the one before it. */
export interface OneTimeToken {
  fresh(): string;
  /** True once, for the newest token. */
  use(token: string): boolean;
}

export function oneTimeToken(): OneTimeToken {
  let expected: Buffer | undefined;
  return {
    fresh() {
      const token = randomBytes(32).toString('base64url');
      expected = digest(token);
      return token;
    },
    use(token) {
      if (expected === undefined || !timingSafeEqual(digest(token), expected)) return false;
      expected = undefined;
      return true;
    },
  };
}

/** Of equal length whatever was given, and nothing secret stays in memory. */
const digest = (token: string): Buffer => createHash('sha256').update(token).digest();
