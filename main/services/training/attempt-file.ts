import {
  base64url,
  calculateJwkThumbprint,
  CompactSign,
  compactVerify,
  type CryptoKey,
  exportJWK,
  importJWK,
} from 'jose';
import { z } from 'zod';
import { type Digest } from '../../../shared/ids.ts';
import { problemOf, type Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { attempt, type Attempt } from '../../../shared/training/attempt/attempt.ts';
import { hashOfScript } from '../../../shared/training/attempt/begin.ts';

/** A training room’s day is far smaller. */
const MOST_BYTES = 50_000_000;
const MOST_ATTEMPTS = 500;
const FORMAT = 'lantern-attempts-1';

const contents = z.strictObject({
  format: z.literal(FORMAT),
  attempts: z.array(attempt).min(1).max(MOST_ATTEMPTS),
});

/** The machine’s key for attempts: Ed25519, made by the training profile and used for nothing else. */
export interface AttemptKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

export interface OpenedAttempts {
  readonly attempts: readonly Attempt[];
  /** RFC 7638 thumbprint of the key that signed: the same file from another machine has another. */
  readonly signer: string;
  /** Whether that key is one of those the trainer has taken before. The first time, people compare it by voice. */
  readonly isKnown: boolean;
}

/** The name of a key that people can compare. */
export const fingerprintOf = async (publicKey: CryptoKey): Promise<string> =>
  calculateJwkThumbprint(await exportJWK(publicKey));

/** Attempts as one signed file (JWS, EdDSA): what is read from it is what was written, whole. */
export async function signAttempts(attempts: readonly Attempt[], key: AttemptKey): Promise<string> {
  const body = new TextEncoder().encode(JSON.stringify({ format: FORMAT, attempts }));
  const jwk = await exportJWK(key.publicKey);
  return new CompactSign(body).setProtectedHeader({ alg: 'EdDSA', typ: FORMAT, jwk }).sign(key.privateKey);
}

/**
 * Attempts from a file of another machine. One changed character anywhere refuses all of it; so does anything that is not
 * such a file. A sound signature says that the file is whole, and from whom only where the key is known.
 */
export async function openAttempts(
  text: string,
  { known, digest }: { readonly known: ReadonlySet<string>; readonly digest: Digest },
): Promise<Result<OpenedAttempts, Problem>> {
  if (text.length > MOST_BYTES) return refuse('This file is too large for attempts.');
  const key = await signerOf(text);
  if (key === undefined) return refuse('This is not a file of attempts.');
  // The last letter of a part has bits that say nothing: only one way of writing them is taken.
  if (!text.trim().split('.').every(isCanonical)) return refuse('This file was changed after it was signed.');
  let payload: Uint8Array;
  try {
    ({ payload } = await compactVerify(text.trim(), key.publicKey, { algorithms: ['EdDSA'] }));
  } catch {
    return refuse('This file was changed after it was signed, or was not signed by its key.');
  }
  const parsed = contents.safeParse(parseJson(payload));
  if (!parsed.success) return err(problemOf('attempts.malformed', parsed.error));
  for (const { script, scriptHash } of parsed.data.attempts)
    if ((await hashOfScript(script, digest)) !== scriptHash)
      return refuse('An attempt’s script is not the one it was made with.');
  return ok({ attempts: parsed.data.attempts, signer: key.fingerprint, isKnown: known.has(key.fingerprint) });
}

const isCanonical = (part: string): boolean => base64url.encode(base64url.decode(part)) === part;

const header = z.object({
  alg: z.literal('EdDSA'),
  typ: z.literal(FORMAT),
  jwk: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43) }),
});

async function signerOf(text: string): Promise<{ publicKey: CryptoKey; fingerprint: string } | undefined> {
  const [first = ''] = text.trim().split('.', 1);
  if (first.length > 2000) return undefined;
  try {
    const parsed = header.safeParse(parseJson(base64url.decode(first)));
    if (!parsed.success) return undefined;
    const publicKey = await importJWK(parsed.data.jwk, 'EdDSA');
    if (publicKey instanceof Uint8Array) return undefined;
    return { publicKey, fingerprint: await calculateJwkThumbprint(parsed.data.jwk) };
  } catch {
    return undefined;
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const refuse = (message: string): Result<never, Problem> =>
  err({ code: 'attempts.refused', field: 'file', message });
