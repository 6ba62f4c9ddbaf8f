import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { z } from 'zod';
import { type DeskId, deskId, type IdSource } from '../../shared/ids.ts';
import {
  ASSERTION_AUDIENCE,
  ASSERTION_LIFETIME_MS,
  publicKeyJwk,
  type PublicKeyJwk,
} from '../../shared/sync/protocol.ts';
import { type Clock, utcMs } from '../../shared/time.ts';
import { type Disk } from '../ports/disk.ts';
import { type KeyStore } from '../ports/key-store.ts';
import { type Log } from '../ports/log.ts';
import { readJsonFile, setAside, writeJsonFile } from './json-file.ts';

/** Who this desk is to the hub: an id and an Ed25519 key whose private half never leaves the key store's care. */
export interface DeskIdentity {
  readonly desk: DeskId;
  readonly publicKey: PublicKeyJwk;
  /** A signed statement "I am this desk", good for one minute and one use. */
  assertion(): Promise<string>;
  /** What was wrong with the kept identity, in words for a person. */
  readonly notices: readonly string[];
}

/** `<profile>/desk.json`. The private key is base64 of what the key store gave back. */
const deskFile = z.strictObject({
  v: z.literal(1),
  desk: deskId,
  publicKey: publicKeyJwk,
  privateKey: z.base64(),
  madeAt: utcMs,
});
type DeskFile = z.infer<typeof deskFile>;

const privateJwk = publicKeyJwk.extend({ d: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
type PrivateJwk = z.infer<typeof privateJwk>;

export interface DeskIdentityOptions {
  readonly folder: string;
  readonly disk: Disk;
  readonly keyStore: KeyStore;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Reads this desk's identity, or makes it at the first start. One that can no longer be read is kept aside and a
 * new one made: the desk can then take calls at once, and the hub has to enrol it again.
 */
export async function openDeskIdentity(options: DeskIdentityOptions): Promise<DeskIdentity> {
  const { folder, disk, keyStore, clock, log } = options;
  const path = join(folder, 'desk.json');
  const notices: string[] = [];
  const read = await readJsonFile(disk, path, deskFile);
  if (read.kind === 'good') {
    const key = await revealKey(keyStore, read.value);
    if (key !== undefined) return identityOf(read.value, key, clock, notices);
  }
  if (read.kind !== 'missing') {
    const aside = await setAside(disk, path, clock);
    log.error({ code: 'desk.unreadable', message: "this desk's key could not be read; a new one was made" });
    notices.push(
      `This desk's key could not be read (kept as ${aside}). It has a new one and must be enrolled again.`,
    );
  }
  const { file, key } = await makeIdentity(options);
  await writeJsonFile(disk, path, file);
  return identityOf(file, key, clock, notices);
}

async function makeIdentity(options: DeskIdentityOptions): Promise<{ file: DeskFile; key: PrivateJwk }> {
  const { keyStore, ids, clock } = options;
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { kty, crv, x, d } = await exportJWK(pair.privateKey);
  const key = privateJwk.parse({ kty, crv, x, d });
  const kept = await keyStore.protect(Buffer.from(JSON.stringify(key)));
  const file: DeskFile = {
    v: 1,
    desk: deskId.parse(ids.next()),
    publicKey: publicKeyJwk.parse({ kty, crv, x }),
    privateKey: Buffer.from(kept).toString('base64'),
    madeAt: clock.now(),
  };
  return { file, key };
}

async function revealKey(keyStore: KeyStore, file: DeskFile): Promise<PrivateJwk | undefined> {
  const revealed = await keyStore.reveal(Buffer.from(file.privateKey, 'base64'));
  if (!revealed.ok) return undefined;
  try {
    return privateJwk.safeParse(JSON.parse(Buffer.from(revealed.value).toString('utf8'))).data;
  } catch {
    // Revealed, but not what was put in: the same to us as unreadable, and reported as that.
    return undefined;
  }
}

function identityOf(file: DeskFile, key: PrivateJwk, clock: Clock, notices: readonly string[]): DeskIdentity {
  const { desk, publicKey } = file;
  return {
    desk,
    publicKey,
    notices,
    async assertion() {
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT()
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(desk)
        .setSubject(desk)
        .setAudience(ASSERTION_AUDIENCE)
        .setIssuedAt(now)
        .setExpirationTime(now + ASSERTION_LIFETIME_MS / 1000)
        .setJti(randomUUID())
        .sign(await importJWK(key, 'EdDSA'));
    },
  };
}
