import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMANDS, readProgram, usageLines } from '../../../main/commands/program.ts';

const read = (...args: string[]) => readProgram(args, '/from');

describe('the reader of the program’s arguments', () => {
  test.each([
    [[], { does: 'desk', link: undefined }],
    [['--no-sandbox', '--ozone-platform=wayland'], { does: 'desk', link: undefined }],
    [['--', 'lantern://call?waited=3'], { does: 'desk', link: 'lantern://call?waited=3' }],
    [['help'], { does: 'help' }],
    [['recover', '--help'], { does: 'help' }],
    [['policy'], { does: 'policy', json: false, out: undefined }],
    [['--no-sandbox', 'policy', '--json'], { does: 'policy', json: true, out: undefined }],
    [['policy', '--out', 'a b.txt', '--json'], { does: 'policy', json: true, out: '/from/a b.txt' }],
    [['diagnose', '--profile', 'p'], { does: 'diagnose', json: false, out: undefined, profile: '/from/p' }],
    [['purge-log', '--profile', '/p'], { does: 'purge-log', profile: '/p' }],
    [
      ['recover', '--out', 'o', '--push', 'https://hub.example', '--profile', 'p', '--key', 'k'],
      {
        does: 'recover',
        push: new URL('https://hub.example'),
        profile: '/from/p',
        key: '/from/k',
        out: '/from/o',
      },
    ],
  ])('reads %j', (args, expected) => {
    expect(read(...args)).toEqual({ ok: true, value: expected });
  });

  test.each([
    [['Priya'], 'is not a word that Lantern knows'],
    [['policy', 'Priya'], 'must be [--json] [--out FILE]'],
    [['policy', '--priya'], 'must be [--json] [--out FILE]'],
    [['policy', '--out'], 'must be [--json] [--out FILE]'],
    [['policy', '--out', 'a', '--out', 'b'], 'must be [--json] [--out FILE]'],
    [['purge-log'], 'must be --profile DIR'],
    [['recover', '--profile', 'p', '--key', 'k'], 'must be --profile DIR --key FILE --out FILE'],
    [['recover', '--push', 'http://priya.example'], 'must'],
  ])('refuses %j, and repeats nothing of it', (args, words) => {
    const answer = read(...args);
    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringContaining(words) } });
    expect(JSON.stringify(answer).toLowerCase()).not.toContain('priya');
  });

  test('opens a desk for nothing that anybody else could have meant as a command', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('policy', '--json', '--out', 'lantern:x', '--'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (args) => {
        const answer = readProgram(args, '/from');
        const first = args.find((one) => !one.startsWith('-') && one !== '');
        if (!answer.ok || answer.value.does !== 'desk') return;
        expect(first === undefined || first.startsWith('lantern:')).toBe(true);
      }),
      { numRuns: 2_000, verbose: 1 },
    );
  });

  test('has a line of usage for every command', () => {
    const text = usageLines('lantern').join('\n');
    for (const name of Object.keys(COMMANDS)) expect(text).toContain(`lantern ${name} `);
  });
});
