import { createPrivateKey, createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, CompactEncrypt, compactDecrypt, importJWK } from 'jose';
import { z } from 'zod';
import { type Problem, problemOf } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { jsonOf } from '../../../shared/json.ts';
import { type RecoveryKey } from '../../ports/key-store.ts';

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a 32-byte base64url value');
const publicParts = [
  z.object({ kty: z.literal('OKP'), crv: z.literal('X25519'), x: coordinate }),
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
] as const;
const publicJwk = z.discriminatedUnion('kty', publicParts);
const privateJwk = z.discriminatedUnion('kty', [
  publicParts[0].extend({ d: coordinate }),
  publicParts[1].extend({ d: coordinate }),
]);
const ALG = 'ECDH-ES+A256KW';

const refuse = (message: string): { readonly ok: false; readonly error: Problem } =>
  err({ code: 'recoveryKey.refused', field: 'recovery key', message });

/** Reads a public key: JWK or PEM, X25519 or P-256. A private key is refused: it has no business on a desk. */
export async function readRecoveryKey(text: string): Promise<Result<RecoveryKey, Problem>> {
  if (/PRIVATE KEY|"d"\s*:/.test(text)) {
    return refuse('is a private key: a desk gets the public half only');
  }
  const jwk = text.trimStart().startsWith('{') ? jsonOf(text) : jwkOfPem(text, createPublicKey);
  const parsed = publicJwk.safeParse(jwk);
  if (!parsed.success) return err(problemOf('recoveryKey.refused', parsed.error));
  const id = await calculateJwkThumbprint(parsed.data);
  const key = await importJWK(parsed.data, ALG);
  return ok({
    id,
    wrap: (secret) =>
      new CompactEncrypt(secret).setProtectedHeader({ alg: ALG, enc: 'A256GCM', kid: id }).encrypt(key),
  });
}

/** The other half, in IT's hands. `unwrap` answers undefined for what was wrapped to another key. */
export interface RecoveryOpener {
  readonly id: string;
  unwrap(jwe: string): Promise<Uint8Array | undefined>;
}

/** Reads a private key: JWK or PEM (PKCS#8), X25519 or P-256. */
export async function readRecoveryPrivateKey(text: string): Promise<Result<RecoveryOpener, Problem>> {
  const jwk = text.trimStart().startsWith('{') ? jsonOf(text) : jwkOfPem(text, createPrivateKey);
  const parsed = privateJwk.safeParse(jwk);
  if (!parsed.success) return err(problemOf('recoveryKey.refused', parsed.error));
  const key = await importJWK(parsed.data, ALG);
  return ok({
    id: await calculateJwkThumbprint(publicJwk.parse(parsed.data)),
    async unwrap(jwe) {
      try {
        const { plaintext } = await compactDecrypt(jwe, key, {
          keyManagementAlgorithms: [ALG],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        return plaintext;
      } catch {
        // Wrapped to another key, or damaged: either way this key does not open it.
        return undefined;
      }
    },
  });
}

function jwkOfPem(text: string, read: typeof createPublicKey | typeof createPrivateKey): unknown {
  try {
    return read(text).export({ format: 'jwk' });
  } catch {
    // Refused by the schema.
    return undefined;
  }
}
