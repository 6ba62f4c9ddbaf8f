import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';
import { boxed } from '../../../shared/boxes/box.ts';
import { type Digest } from '../../../shared/ids.ts';
import { ok } from '../../../shared/result.ts';
import { type Clock } from '../../../shared/time.ts';
import { type Attempt } from '../../../shared/training/attempt/attempt.ts';
import { londonDate } from '../../../shared/exports/london.ts';
import { type Disk } from '../../ports/disk.ts';
import { refuse } from '../faults.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import { type Vault } from '../vault/vault.ts';
import { type AttemptKey, fingerprintOf, openAttempts, signAttempts } from './attempt-file.ts';
import { type AttemptStore } from './attempt-store.ts';
import { type TrainingHandlers } from './room.ts';

const keyFile = z.strictObject({ v: z.literal(1), key: boxed });
const jwk = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
});
const signers = z.strictObject({ v: z.literal(1), known: z.array(z.string().max(100)).max(1_000) });
const ABOUT = ['attempt', 'signing key'] as const;

/** Attempts between training rooms: a signed file out, a signed file in. The key is this training profile's alone. */
export function createPapers(options: {
  readonly folder: string;
  readonly disk: Disk;
  readonly vault: Vault;
  readonly store: AttemptStore;
  readonly digest: Digest;
  readonly clock: Clock;
}): Pick<TrainingHandlers, 'training.export' | 'training.import'> {
  const { folder, disk, vault, store, digest, clock } = options;
  const signersPath = join(folder, 'attempt-signers.json');
  let opening: Promise<AttemptKey> | undefined;
  const key = (): Promise<AttemptKey> => (opening ??= openKey(join(folder, 'attempt-key.json'), disk, vault));

  async function knownSigners(): Promise<string[]> {
    const read = await readJsonFile(disk, signersPath, signers);
    return [await fingerprintOf((await key()).publicKey), ...(read.kind === 'good' ? read.value.known : [])];
  }
  async function trust(signer: string, known: readonly string[]): Promise<void> {
    if (!known.includes(signer))
      await writeJsonFile(disk, signersPath, { v: 1, known: [...known.slice(1), signer] });
  }

  return {
    async 'training.export'({ attempts: ids }) {
      const wanted = await Promise.all(ids.map((id) => store.get(id)));
      const attempts = wanted.flatMap((kept) => (kept === undefined ? [] : [kept.attempt]));
      if (attempts.length !== ids.length)
        return refuse('training.noAttempt', 'attempts', 'one of these is not kept on this PC');
      const signing = await key();
      return ok({
        name: `TRAINING practices ${londonDate(clock.now())}.lantern-practices`,
        text: await signAttempts(attempts, signing),
        signedBy: await fingerprintOf(signing.publicKey),
      });
    },
    async 'training.import'({ text }) {
      const known = await knownSigners();
      const opened = await openAttempts(text, { known: new Set(known), digest });
      if (!opened.ok) return opened;
      const { attempts, signer, isKnown } = opened.value;
      let taken = 0;
      for (const attempt of attempts) {
        const here = await store.get(attempt.id);
        if (here !== undefined && !saysMore(attempt, here.attempt)) continue;
        store.keep({ attempt, brought: here?.brought ?? true });
        taken += 1;
      }
      await store.settle();
      await trust(signer, known);
      return ok({ taken, known: attempts.length - taken, signedBy: signer, isKnown });
    },
  };
}

/** The same practice, come back with what somebody said of it meanwhile. Its logs must be the same. */
function saysMore(brought: Attempt, here: Attempt): boolean {
  const isSame = JSON.stringify([brought.events, brought.run]) === JSON.stringify([here.events, here.run]);
  const said = ({ reflection, markings, uncovered = [] }: Attempt): number =>
    (reflection === undefined ? 0 : 1) + markings.length + uncovered.length;
  return isSame && said(brought) > said(here);
}

async function openKey(path: string, disk: Disk, vault: Vault): Promise<AttemptKey> {
  const read = await readJsonFile(disk, path, keyFile);
  const plain = read.kind === 'good' ? vault.open(read.value.key, ABOUT) : undefined;
  const kept = plain?.kind === 'open' ? jwk.safeParse(JSON.parse(plain.text)) : undefined;
  if (kept?.success === true) return keyOf(kept.data);
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { kty, crv, x, d } = await exportJWK(pair.privateKey);
  const fresh = jwk.parse({ kty, crv, x, d });
  await writeJsonFile(disk, path, { v: 1, key: vault.seal(JSON.stringify(fresh), ABOUT) });
  return keyOf(fresh);
}

async function keyOf(whole: z.infer<typeof jwk>): Promise<AttemptKey> {
  const { d: _private, ...open } = whole;
  const privateKey = await importJWK(whole, 'EdDSA');
  const publicKey = await importJWK(open, 'EdDSA', { extractable: true });
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array)
    throw new Error('an Ed25519 key was read as bytes');
  return { privateKey, publicKey };
}
