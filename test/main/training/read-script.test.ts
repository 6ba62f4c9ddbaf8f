import { join } from 'node:path';
import fc from 'fast-check';
import { format } from 'prettier';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readScript } from '../../../main/services/training/read-script.ts';
import { findingText } from '../../../shared/training/lint/finding.ts';
import { schemaRoot, scriptJsonSchema } from '../../../shared/training/script/json-schema.ts';
import { namesPage } from '../../../shared/training/script/names.ts';
import { referencePage } from '../../../shared/training/script/reference.ts';
import { content } from '../../support/call-builder.ts';
import { smallScriptInput } from '../../shared/training/support/small-script.ts';

const tools = { content, clock: { now: () => Date.UTC(2026, 10, 20, 19, 30) }, ids: { next: () => v7() } };
const textOf = (changes: Record<string, unknown> = {}): string => stringify(smallScriptInput(changes));

/** Every finding as a line of the linter; none for a script that is taken without a word. */
function findings(text: string): string[] {
  const read = readScript(text, tools);
  return (read.ok ? read.value.warnings : read.error).map((finding) => findingText('a.yaml', finding));
}
const lineOf = (text: string, part: string): number =>
  text.split('\n').findIndex((line) => line.includes(part)) + 1;

describe('reading a script', () => {
  it('takes a sound script', () => {
    expect(findings(textOf())).toEqual([]);
  });

  it('names a key that does not belong, its line and column, and the key that was meant', () => {
    const text = textOf().replace('onlyIfAsked:', 'onlyIfAskt:');
    expect(findings(text)).toContain(
      `a.yaml:${lineOf(text, 'onlyIfAskt')}:1: error: onlyIfAskt does not belong in the script. Did you mean onlyIfAsked?`,
    );
  });

  it.each([
    ['question: S4a', 'question: S4x', 'There is no question S4x. Did you mean S4a?'],
    [
      'route: crhtUrgent\n      outcome',
      'route: crhtUrgnt\n      outcome',
      'There is no route crhtUrgnt. Did you mean crhtUrgent?',
    ],
    ['      - drank', '      - drunk', 'There is no fact drunk. Did you mean drank?'],
    ['does: noise', 'does: nois', 'Did you mean noise?'],
    ['outcome: "05"', 'outcome: 05', "Did you mean '05', in quotes?"],
    [
      'route: crhtUrgent\n      outcome',
      'route: homeTreatment\n      outcome',
      'The page names.md has them all.',
    ],
    ['critical: true', 'critical: yes', 'must be true or false. Did you mean true?'],
    [
      'id: hello',
      'id: never mind',
      'without blanks, accents or signs, and begin with a letter. Did you mean neverMind?',
    ],
    ['id: hello', 'id: café', 'Did you mean cafe?'],
    ['say: Nobody does.', 'say: 12', 'must be text. Put it in quotes. Did you mean "12"?'],
    ['say: Nobody does.', 'say: So: nobody.', 'There is a second colon in this line.'],
    ['answer: no', 'answer: given', 'S4a takes yes, no, notKnown, declined, couldNotAsk.'],
    ['outcome: "05"', 'outcome: "02"', 'crhtUrgent is closed with'],
    ['Nobody does.', 'Ring 020 7946 0000.', 'telephone number that could ring somebody'],
    ['id: hello', 'id: still', 'The id still is there twice.'],
  ])('%s written as %s is refused in words', (right, wrong, words) => {
    const text = textOf();
    expect(text).toContain(right);
    const said = findings(text.replace(right, wrong)).join('\n');
    expect(said).toContain(words);
    expect(said).toMatch(/^a\.yaml:\d+:\d+: error: /m);
  });

  it('says what a comma inside brackets does, and a time written without its colon', () => {
    const text = textOf().replace(/by: .*/, 'by: 1.3');
    expect(findings(text).join()).toContain('must be minutes and seconds with a colon. Did you mean 1:30?');
    const split = 'facts:\n  - { fields: { place: Harbour Road, Wexcombe } }\n';
    expect(findings(split).join()).toContain(
      'fields, Wexcombe has nothing after it. A comma inside { } begins another key',
    );
  });

  it('says which lines wait for each other in a circle', () => {
    const text = textOf({
      saidUnasked: [
        { id: 'one', say: 'One.', when: { said: 'two' } },
        { id: 'two', say: 'Two.', when: { said: 'one' } },
      ],
    });
    expect(findings(text).join('\n')).toContain('one waits for two, which waits for one again');
  });

  it('says which ending no careful handler can reach, with the words of the machine', () => {
    const text = textOf({
      endings: { expected: [{ id: 'nowhere', outcome: '05', because: 'Nobody was asked.' }] },
    });
    expect(findings(text).join('\n')).toMatch(/No careful handler can reach nowhere: .*outcome that belongs/);
  });

  it('says which line can never come', () => {
    const text = textOf({
      saidUnasked: [{ id: 'never', say: 'No.', when: { asked: 'S3' }, unless: { asked: 'O1' } }],
      onlyIfAskedWell: [],
      onlyIfAsked: [{ id: 'late', question: 'S3', say: 'Yes.', needs: [{ happened: 'byHand' }] }],
      events: [{ id: 'byHand', does: 'noise', what: 'A door.' }],
      facts: [],
    });
    expect(findings(text).join('\n')).toContain('The line late never came');
  });
});

describe('hostile scripts are refused with a clear error in bounded time', () => {
  const many = (count: number, make: (at: number) => string): string =>
    Array.from({ length: count }, (_none, at) => make(at)).join('');
  const laughs = `a: &a [x, x, x, x, x, x, x, x, x]\n${many(8, (at) => `${'bcdefghi'[at]}: &${'bcdefghi'[at]} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[at]}`).join(', ')}]\n`)}`;

  it.each([
    ['brackets ten thousand deep', '['.repeat(10_000), 'nested deeper'],
    ['maps ten thousand deep', '{a: '.repeat(10_000), 'nested deeper'],
    ['dashes ten thousand deep on a line', '- '.repeat(10_000), 'nested deeper'],
    ['keys ever further to the right', many(400, (at) => `${' '.repeat(at)}a:\n`), 'indented further'],
    ['twenty levels, each legal by itself', many(20, (at) => `${'  '.repeat(at)}a:\n`), 'nested deeper'],
    ['a billion laughs', laughs, 'no anchors'],
    ['a cycle', 'a: &a\n  b: *a\n', 'no anchors'],
    ['a merge key', 'a: 1\n<<: *b\n', 'Write it out'],
    ['ten megabytes of text', `title: ${'x'.repeat(10_000_000)}`, 'longer than'],
    ['a hundred thousand lines', '\n'.repeat(99_999), 'more than'],
    ['twenty thousand keys', many(3900, (at) => `k${at}: 1\n`), 'does not belong'],
    ['a key twice', 'title: a\ntitle: b\n', 'there twice'],
    ['a tag that would make something of it', 'title: !!js/function "x"\n', 'tag'],
    ['a prototype', '__proto__:\n  a: 1\n', 'must be a word'],
    ['a second document', 'a: 1\n---\nb: 2\n', 'A script is one document'],
    ['nothing', '', 'the script is missing'],
    ['bytes of something else', '\u0000\u0001\u0002PK', ''],
  ])('%s', (_what, text, words) => {
    const read = readScript(text, tools);
    expect(read.ok).toBe(false);
    const first = read.ok ? [] : read.error;
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThanOrEqual(100);
    expect(first.map(({ message }) => message).join('\n')).toContain(words);
    expect(first.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
  });

  it('a pattern in a script is only text: the format has none', () => {
    const script = scriptJsonSchema();
    expect(script).not.toMatch(/regex|"matches"/i);
    const text = textOf({ ifNothingFits: ['(a+)+$'] });
    expect(findings(text)).toEqual([]);
  });

  it('the largest script that is taken is played in every way, and that ends', () => {
    const lines = (count: number, list: string): unknown[] =>
      Array.from({ length: count }, (_none, at) => ({
        id: `${list}${at}`,
        question: 'S3',
        say: 'Well. '.repeat(90),
      }));
    const text = textOf({ onlyIfAsked: lines(60, 'asked'), onlyIfAskedWell: lines(60, 'well'), facts: [] });
    expect(findings(text)).toEqual([]);
  });
});

it('any change of a sound script is read to an answer: taken, or refused with places', () => {
  const text = textOf();
  const edit = fc.record({
    at: fc.nat(text.length),
    cut: fc.nat(40),
    put: fc.string({ maxLength: 12, unit: 'binary' }),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const changed = edits.reduce(
        (held, { at, cut, put }) => held.slice(0, at) + put + held.slice(at + cut),
        text,
      );
      const read = readScript(changed, tools);
      const found = read.ok ? read.value.warnings : read.error;
      if (!read.ok) expect(found.length).toBeGreaterThan(0);
      for (const { line, column, message } of found) {
        expect(line).toBeLessThanOrEqual(changed.split('\n').length + 1);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(message.length).toBeLessThan(1000);
      }
    }),
    { numRuns: 60 },
  );
});

describe('what is published of the format', () => {
  const folder = join(import.meta.dirname, '../../../shared/training');
  // `npx vitest run --config test/vitest.config.ts test/main/training/read-script.test.ts -u` writes both again.
  it('the JSON Schema is that of this build', async () => {
    const schema = await format(scriptJsonSchema(), { parser: 'json', printWidth: 110 });
    await expect(schema).toMatchFileSnapshot(join(folder, 'script.schema.json'));
  });

  it('the examples on the reference page are read as they stand', () => {
    const [whole = '', part = ''] = [...referencePage().matchAll(/```yaml\n([\s\S]*?)```/g)].map(
      ([, yaml]) => yaml,
    );
    expect(findings(whole)).toEqual([]);
    expect(part).toContain('events:');
    expect(findings(`${textOf({ events: undefined })}\n${part}`)).toEqual([]);
  });

  it('the reference page is that of this build, and explains every key', async () => {
    const page = await format(referencePage(), { parser: 'markdown', printWidth: 110, singleQuote: true });
    await expect(page).toMatchFileSnapshot(join(folder, 'reference.md'));
    const { $defs = {} } = schemaRoot();
    const keys = Object.values($defs).flatMap((part) => Object.keys(part.properties ?? {}));
    expect(keys.length).toBeGreaterThan(60);
    for (const key of keys) expect(page).toContain(`\`${key}\``);
  });

  it('the page of names is that of the present content: every question, field, route and outcome', async () => {
    const page = await format(namesPage(content), { parser: 'markdown', printWidth: 110, singleQuote: true });
    await expect(page).toMatchFileSnapshot(join(folder, 'names.md'));
    for (const { id } of content.routes) expect(page).toContain(`\`${id}\``);
    for (const { id, kind, fields = [] } of content.questions)
      if (kind === 'yesNo' || kind === 'value')
        for (const name of [id, ...fields.map((field) => field.id)]) expect(page).toContain(`\`${name}\``);
  });
});
