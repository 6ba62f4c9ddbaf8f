import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/canonical.ts';
import { EMPTY_HEAD, seal, verifyChain } from '../../../shared/events/chain.ts';
import { type Envelope, happening, parseEnvelope, understand } from '../../../shared/events/event.ts';
import { answer, answered, callOn, offered } from '../../support/call-builder.ts';
import { digest } from '../../support/digest.ts';

async function chain(): Promise<Envelope[]> {
  const make = callOn();
  const sealed: Envelope[] = [];
  for (const item of [
    offered,
    answered,
    answer('S1', 'no'),
    answer('S2', 'no', {}, 'No, love, it’s quiet — “really” 🙂'),
  ]) {
    const { seq: _seq, prev: _prev, hash: _hash, ...open } = make(item);
    sealed.push(await seal(open, sealed.at(-1) ?? EMPTY_HEAD, digest));
  }
  return sealed;
}

describe('canonical JSON', () => {
  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const backwards = Object.fromEntries(Object.entries(value).toReversed());
        return canonicalJson(value) === canonicalJson(backwards);
      }),
      { verbose: 1 },
    );
  });

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const again: unknown = JSON.parse(canonicalJson(value));
        expect(canonicalJson(again)).toBe(canonicalJson(value));
      }),
      { verbose: 1 },
    );
  });

  it('writes keys in UTF-16 order and numbers as ECMAScript does (RFC 8785)', () => {
    expect(canonicalJson({ b: 1e21, a: [1.0, -0, 0.000001], '€': null, é: true, left: undefined })).toBe(
      '{"a":[1,0,0.000001],"b":1e+21,"é":true,"€":null}',
    );
  });

  it('throws on what JSON cannot hold', () => {
    for (const value of [NaN, Infinity, '\ud800', () => 1, undefined])
      expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('the hash chain', () => {
  it('is sound as sealed', async () => {
    expect(await verifyChain(await chain(), digest)).toEqual([]);
  });

  it('proves an edit, a removal, a swap and a forged hash', async () => {
    const events = await chain();
    const [one, two, three, four] = events;
    if (!one || !two || !three || !four) throw new Error('the chain is too short');
    const edited = { ...two, at: two.at + 1 };
    expect(await verifyChain([one, edited, three, four], digest)).toEqual([{ kind: 'wrongHash', seq: 2 }]);
    expect(await verifyChain([one, three, four], digest)).toEqual([{ kind: 'gap', seq: 3, expected: 2 }]);
    expect((await verifyChain([one, three, two, four], digest)).length).toBeGreaterThan(0);
    const forged = { ...three, prev: one.hash };
    expect(await verifyChain([one, two, forged, four], digest)).toEqual([{ kind: 'brokenLink', seq: 3 }]);
  });

  it('survives a trip through JSON text', async () => {
    const read: unknown[] = JSON.parse(JSON.stringify(await chain()));
    const parsed = read.map((item) => parseEnvelope(item)).flatMap((item) => (item.ok ? [item.value] : []));
    expect(parsed).toHaveLength(4);
    expect(await verifyChain(parsed, digest)).toEqual([]);
  });
});

describe('an event from outside', () => {
  const spoilt: readonly [string, (event: Record<string, unknown>) => void, string][] = [
    ['a stream that is no id', (event) => (event['stream'] = '7'), 'stream'],
    ['a negative number', (event) => (event['seq'] = -1), 'seq'],
    ['a time in seconds and a half', (event) => (event['at'] = 1.5), 'at'],
    ['an author without a role', (event) => (event['author'] = { id: 'x' }), 'author.role'],
    ['a short hash', (event) => (event['hash'] = 'abc'), 'hash'],
    ['a field that does not belong', (event) => (event['score'] = 3), '(whole)'],
    ['data that is a list', (event) => (event['data'] = []), 'data'],
  ];
  it.each(spoilt)('%s is refused, naming the field', async (_name, spoil, field) => {
    const event = { ...(await chain())[0] };
    spoil(event);
    const parsed = parseEnvelope(event);
    expect(parsed.ok ? 'taken' : parsed.error.field).toBe(field);
  });

  it('never repeats in its error what somebody said', () => {
    const parsed = happening.safeParse({ type: 'note.added', data: { text: 42, words: 'secret words' } });
    const event = understand({
      ...callOn()(answered),
      type: 'note.added',
      data: { text: 42, words: 'secret words' },
    });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(event)).toContain('event.malformed');
    if (!event.ok) expect(JSON.stringify(event.error)).not.toContain('secret');
  });

  it('of a type from a newer version is kept apart from a malformed one', () => {
    const newer = understand({ ...callOn()(answered), type: 'video.started', data: {} });
    expect(newer.ok ? '' : newer.error.reason).toBe('unknownType');
    const malformed = understand({
      ...callOn()(answered),
      type: 'answer.recorded',
      data: { question: 'S1' },
    });
    expect(malformed.ok ? '' : malformed.error.reason).toBe('malformed');
    expect(malformed.ok ? '' : malformed.error.problem.field).toBe('data.state');
  });
});
