import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeDigest } from '../../hub/digest.ts';
import { readItem } from '../../hub/intake/read-item.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { type Envelope, hashOf } from '../../shared/events/event.ts';
import { deskId } from '../../shared/ids.ts';
import { v7 } from 'uuid';
import { newStream, sealed } from './support/events.ts';

const SEED = Number(process.env['LANTERN_SEED'] ?? Date.now() % 1_000_000);
const desk = deskId.parse(v7());

/** Data that tries to look like the end of an envelope. */
const sly = (hash: string) =>
  fc.oneof(
    fc.json().map((text) => ({ text: JSON.parse(text) as unknown })),
    fc.record({
      hash: fc.constant(hash),
      prev: fc.constant(hash),
      type: fc.string({ unit: 'binary' }),
      '"hash":"': fc.string(),
      text: fc.constantFrom(`"hash":"${hash}",`, `","hash":"${hash}","prev":"`, '\\"hash\\":'),
    }),
  );

test(`the hash an item should have is the hash of its contents, whatever they are (seed ${SEED})`, async () => {
  const stream = newStream();
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
      sly('a'.repeat(64)),
      async (type, data) => {
        const written = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
        fc.pre(!JSON.stringify(written).includes('__proto__'));
        const [event] = await sealed([{ type: `x${type}`.slice(0, 60), data: written }], {
          stream,
          desk,
          at: 1,
        });
        const item = await readItem(JSON.parse(JSON.stringify(event)), stream, 1, nodeDigest);
        if (item.kind !== 'event') throw new Error(JSON.stringify(item));
        expect(item.rightHash).toBe(await hashOf(event as Envelope, nodeDigest));
        expect(item.rightHash).toBe(event?.hash);
        expect(item.text).toBe(canonicalJson(event));
        expect(item.known).toBe(false);
      },
    ),
    { seed: SEED, numRuns: 300 },
  );
});
