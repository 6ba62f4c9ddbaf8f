import { generateKeyPair } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AttemptKey,
  fingerprintOf,
  openAttempts,
  signAttempts,
} from '../../../main/services/training/attempt-file.ts';
import { type Attempt } from '../../../shared/training/attempt/attempt.ts';
import { digest } from '../../support/digest.ts';
import { attemptBy } from '../../shared/training/support/attempts.ts';
import { smallScript } from '../../shared/training/support/small-script.ts';

let made: Attempt;
let key: AttemptKey;
let file: string;
beforeAll(async () => {
  made = await attemptBy([{ ask: ['S3'] }], smallScript());
  key = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  file = await signAttempts([made], key);
});
const open = (text: string, known: readonly string[] = []): ReturnType<typeof openAttempts> =>
  openAttempts(text, { known: new Set(known), digest });
const refusal = async (text: string): Promise<string> => {
  const opened = await open(text);
  return opened.ok ? 'TAKEN' : opened.error.message;
};

describe('attempts as one signed file', () => {
  it('come out on another machine as they went in, with the name of the key that signed', async () => {
    const signer = await fingerprintOf(key.publicKey);
    const opened = await open(`${file}\n`, [signer]);
    expect(opened.ok ? opened.value : opened.error).toEqual({ attempts: [made], signer, isKnown: true });
    const first = await open(file);
    expect(first.ok && first.value.isKnown).toBe(false);
  });

  it('are refused when one character of them was changed, wherever it is', async () => {
    const step = Math.max(1, Math.floor(file.length / 40));
    const places = Array.from({ length: 40 }, (_none, part) => part * step);
    const ends = [file.indexOf('.') - 1, file.lastIndexOf('.') - 1, file.length - 1];
    for (const at of [...places, ...ends]) {
      const other = file[at] === 'A' ? 'B' : 'A';
      expect(await refusal(file.slice(0, at) + other + file.slice(at + 1)), `character ${at}`).not.toBe(
        'TAKEN',
      );
    }
  });

  it('are refused under another key, or with the signature of another file', async () => {
    const other = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const theirs = await signAttempts([{ ...made, trainee: 'Somebody else' }], other);
    const [head, body, signature] = file.split('.');
    const [otherHead, otherBody, otherSignature] = theirs.split('.');
    expect(await refusal([head, otherBody, signature].join('.'))).toContain('changed after it was signed');
    expect(await refusal([otherHead, body, otherSignature].join('.'))).toContain(
      'changed after it was signed',
    );
  });

  it('are refused when an attempt carries another script than it was made with', async () => {
    const swapped = await signAttempts([{ ...made, script: smallScript({ title: 'Another' }) }], key);
    expect(await refusal(swapped)).toContain('not the one it was made with');
  });

  it.each([
    ['nothing', ''],
    ['text', 'attempts, please'],
    ['dots', '..'],
    ['no algorithm', `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
    ['a long header', `${'A'.repeat(5000)}.e30.e30`],
    ['sixty megabytes', 'A'.repeat(60_000_000)],
    ['bytes', '\u0000\u0001\u0002'],
  ])('%s is refused', async (_what, text) => {
    expect(await refusal(text)).not.toBe('TAKEN');
  });
});
