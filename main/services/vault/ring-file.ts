import { z } from 'zod';
import { keyId } from '../../../shared/boxes/box.ts';
import { utcMs } from '../../../shared/time.ts';
import { keyStoreKind } from '../../ports/key-store.ts';

/** A data key as one key store protected it. */
const wrap = z.strictObject({ by: keyStoreKind, bytes: z.base64() });
/** The same key for the organisation: a JWE (ECDH-ES) to its recovery key, named by its JWK thumbprint. */
const recoveryWrap = z.strictObject({ to: z.string().min(1).max(100), jwe: z.string().min(1).max(4_000) });

export const ringKey = z.strictObject({
  id: keyId,
  madeAt: utcMs,
  wrap,
  recovery: recoveryWrap.optional(),
});
export type RingKey = z.infer<typeof ringKey>;

/** `<profile>/keys.json`, replaced whole at every change: a crash leaves the old ring or the new one. */
export const ringFile = z.strictObject({
  v: z.literal(1),
  current: keyId,
  keys: z.array(ringKey).min(1),
  /** Asks for a new key at the next start: only the desk itself can open an operating system's key store. */
  rotate: z.literal(true).optional(),
});
export type RingFile = z.infer<typeof ringFile>;

export const RING_NAME = 'keys.json';
/** A ring whose keys could not be opened is kept under such a name: for the recovery key, and for a better day. */
export const LOST_RING = /^keys\.lost-\d+\.json$/;
export const lostRingName = (now: number): string => `keys.lost-${now}.json`;
