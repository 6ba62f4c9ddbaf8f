import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { type Clock } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';

/** How long a browser stays let in without opening the desk again. */
export const SESSION_MS = 12 * 60 * 60 * 1000;

/** Signs what the cookie says, so that it holds over a restart of this host without a list of sessions. */
export interface SessionCookie {
  issue(): string;
  isGood(cookie: string | undefined): boolean;
}

export function sessionCookie(secret: Uint8Array, clock: Clock): SessionCookie {
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    issue() {
      const claim = `${clock.now() + SESSION_MS}.${randomBytes(16).toString('base64url')}`;
      return `${claim}.${sign(claim)}`;
    },
    isGood(cookie) {
      const parts = (cookie ?? '').split('.');
      const [until, nonce, signature] = parts;
      if (parts.length !== 3 || until === undefined || nonce === undefined || signature === undefined)
        return false;
      const given = Buffer.from(signature);
      const expected = Buffer.from(sign(`${until}.${nonce}`));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
      return Number(until) > clock.now();
    },
  };
}

const SECRET_BYTES = 32;

/** The profile's signing secret, made at the first start. The file is 0600; one of the wrong size is replaced. */
export async function sessionSecret(disk: Disk, profileFolder: string): Promise<Uint8Array> {
  const path = join(profileFolder, 'browser-session.key');
  const kept = await disk.read(path);
  if (kept?.length === SECRET_BYTES) return kept;
  const secret = randomBytes(SECRET_BYTES);
  await disk.replace(path, secret);
  return secret;
}
