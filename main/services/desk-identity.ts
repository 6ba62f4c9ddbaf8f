import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { z } from 'zod';
import { boxed } from '../../shared/boxes/box.ts';
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
import { type Vault } from './vault/vault.ts';

/** Who this desk is to the hub: an id and an Ed25519 key whose private half rests in a box and never leaves this process. */
export interface DeskIdentity {
  readonly desk: DeskId;
  readonly publicKey: PublicKeyJwk;
  /**
   * A signed statement "I am this desk", good for one minute and one use. `clockOffMs`: what the hub's clock shows
   * more than this PC's. `personHash`: SHA-256 (base64url) of the person's token that is sent beside it.
   */
  assertion(clockOffMs?: number, personHash?: string): Promise<string>;
  /** What was wrong with the kept identity, in words for a person. */
  readonly notices: readonly string[];
}

const said = { desk: deskId, publicKey: publicKeyJwk, madeAt: utcMs };
/** `<profile>/desk.json`. The private key is in a box of the profile's data key. */
const deskFile = z.strictObject({ v: z.literal(2), ...said, privateKey: boxed });
type DeskFile = z.infer<typeof deskFile>;
/** Until November 2026 the key store itself held the private key. */
const oldDeskFile = z.strictObject({ v: z.literal(1), ...said, privateKey: z.base64() });
export const anyDeskFile = z.discriminatedUnion('v', [deskFile, oldDeskFile]);

const privateJwk = publicKeyJwk.extend({ d: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
type PrivateJwk = z.infer<typeof privateJwk>;

export interface DeskIdentityOptions {
  readonly folder: string;
  readonly disk: Disk;
  readonly vault: Vault;
  /** Key stores that may have protected the private key before there was a vault. */
  readonly oldKeyStores: readonly KeyStore[];
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Reads this desk's identity, or makes it at the first start. One that can no longer be read is kept aside and a
 * new one made: the desk can then take calls at once, and the hub has to enrol it again.
 */
export async function openDeskIdentity(options: DeskIdentityOptions): Promise<DeskIdentity> {
  const { folder, disk, vault, clock, log } = options;
  const path = join(folder, 'desk.json');
  const notices: string[] = [];
  const read = await readJsonFile(disk, path, anyDeskFile);
  if (read.kind === 'good') {
    const { value } = read;
    const key =
      value.v === 1 ? await revealKey(options.oldKeyStores, value.privateKey) : openKey(vault, value);
    if (key !== undefined) {
      const isCurrent = value.v === 2 && value.privateKey.key === vault.current;
      if (!isCurrent) await writeJsonFile(disk, path, deskFileOf(vault, value, key));
      return identityOf(value, key, clock, notices);
    }
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

/**
 * Every identity that a profile holds and the vault opens: the present one and those that were set aside. For a dead
 * profile: nothing is mended or made.
 */
export async function readIdentities(
  folder: string,
  disk: Disk,
  vault: Vault,
  clock: Clock,
): Promise<readonly DeskIdentity[]> {
  const found: DeskIdentity[] = [];
  for (const name of (await disk.list(folder)).filter((one) => one.startsWith('desk.json')).toSorted()) {
    const read = await readJsonFile(disk, join(folder, name), deskFile);
    const key = read.kind === 'good' ? openKey(vault, read.value) : undefined;
    if (read.kind === 'good' && key !== undefined) found.push(identityOf(read.value, key, clock, []));
  }
  return found;
}

type Said = Pick<DeskFile, 'desk' | 'publicKey' | 'madeAt'>;

async function makeIdentity({
  vault,
  ids,
  clock,
}: DeskIdentityOptions): Promise<{ file: DeskFile; key: PrivateJwk }> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { kty, crv, x, d } = await exportJWK(pair.privateKey);
  const key = privateJwk.parse({ kty, crv, x, d });
  const publicKey = publicKeyJwk.parse({ kty, crv, x });
  const file = deskFileOf(vault, { desk: deskId.parse(ids.next()), publicKey, madeAt: clock.now() }, key);
  return { file, key };
}

function deskFileOf(vault: Vault, { desk, publicKey, madeAt }: Said, key: PrivateJwk): DeskFile {
  return { v: 2, desk, publicKey, madeAt, privateKey: vault.seal(JSON.stringify(key), ['identity', desk]) };
}

function openKey(vault: Vault, { desk, privateKey }: DeskFile): PrivateJwk | undefined {
  const opened = vault.open(privateKey, ['identity', desk]);
  return opened.kind === 'open' ? readKey(opened.text) : undefined;
}

async function revealKey(stores: readonly KeyStore[], kept: string): Promise<PrivateJwk | undefined> {
  for (const store of stores) {
    const revealed = await store.reveal(Buffer.from(kept, 'base64'));
    if (revealed.ok) return readKey(Buffer.from(revealed.value).toString('utf8'));
  }
  return undefined;
}

function readKey(text: string): PrivateJwk | undefined {
  try {
    return privateJwk.safeParse(JSON.parse(text)).data;
  } catch {
    // Opened, but not what was put in: the same to us as unreadable, and reported as that.
    return undefined;
  }
}

function identityOf(file: Said, key: PrivateJwk, clock: Clock, notices: readonly string[]): DeskIdentity {
  const { desk, publicKey } = file;
  return {
    desk,
    publicKey,
    notices,
    async assertion(clockOffMs = 0, personHash) {
      const now = Math.floor((clock.now() + clockOffMs) / 1000);
      return new SignJWT(personHash === undefined ? {} : { pth: personHash })
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
