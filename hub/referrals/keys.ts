import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { z } from 'zod';
import { type PublicKeyJwk, publicKeyJwk } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { insertFirstHubKey, readHubKeys } from '../db/receiver-rows.ts';
import { inTransaction, type Pool } from '../db/pool.ts';

/** What the hub signs, and the public keys to check it with. */
export interface HubKeys {
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** Public keys by their id: those that are retired as well. */
  publicKeys(): Promise<ReadonlyMap<string, PublicKeyJwk>>;
}

const privateKey = publicKeyJwk.extend({ d: z.string() });

/** The hub's own keys, from its database; the first is made when one is first needed. */
export function createHubKeys(pool: Pool, now: () => UtcMs): HubKeys {
  let opened: ReturnType<typeof open> | undefined;
  async function open() {
    let rows = await readHubKeys(pool);
    if (rows.length === 0) {
      const made = await newKey();
      await inTransaction(pool, async (client) => {
        // Two hubs that start at once on one database: the second waits, and finds the key of the first.
        await client.query('LOCK TABLE hub_keys IN SHARE ROW EXCLUSIVE MODE');
        await insertFirstHubKey(client, made, now());
      });
      rows = await readHubKeys(pool);
    }
    return rows.map(({ kid, privateJwk }) => ({ kid, jwk: privateKey.parse(JSON.parse(privateJwk)) }));
  }
  const keys = () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    async sign(claims) {
      const [first] = await keys();
      if (first === undefined) throw new Error('the hub has no key to sign with');
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', kid: first.kid })
        .sign(await importJWK(first.jwk, 'EdDSA'));
    },
    async publicKeys() {
      return new Map((await keys()).map(({ kid, jwk: { d: _secret, ...open } }) => [kid, open]));
    },
  };
}

async function newKey(): Promise<{ kid: string; privateJwk: string }> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  return { kid: await calculateJwkThumbprint(jwk), privateJwk: JSON.stringify(jwk) };
}
