import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLE_SCRIPT } from '../../../shared/training/script/example.ts';
import { runJob } from '../../simulate/training/job.ts';

const folder = mkdtempSync(join(tmpdir(), 'lantern-trainer-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'my-call.yaml');
const handlers = join(folder, 'my-handler.yaml');

/** Saves what the trainer has so far, and checks it. */
async function check(text: string): Promise<string> {
  writeFileSync(file, text);
  return (await runJob({ file, seed: 1 })).text;
}

/** Copied from the reference page, with two slips in it. */
const FIRST_DRAFT = EXAMPLE_SCRIPT.replace('question: S9\n    say', 'queston: S9\n    say').replace(
  '"05"',
  '05',
);
const lineOf = (part: string): number => FIRST_DRAFT.split('\n').findIndex((line) => line.includes(part)) + 1;

const MY_HANDLER = `slow:
  steps:
    - ask: [O1, N1]
    - wait: 2:00
    - ask: [S1, S2, S3]
    - finish: seenTomorrow
`;

describe('a trainer’s path from an empty file to a debrief', () => {
  it('is told what is missing, what was meant, that it is sound, and then what the trainee missed', async () => {
    const empty = await check('');
    expect(empty).toMatch(/my-call\.yaml:1:1: error: the script is missing/);

    const draft = await check(FIRST_DRAFT);
    expect(draft).toContain(
      `:${lineOf('queston')}:5: error: queston does not belong in onlyIfAsked, number 2. Did you mean question?`,
    );
    expect(draft).toMatch(new RegExp(`:${lineOf('outcome: 05')}:7: error: .*outcome must be one of .*05`));

    expect(await check(EXAMPLE_SCRIPT)).toMatch(
      /sound; every ending can be reached and every line can come$/,
    );

    writeFileSync(handlers, MY_HANDLER);
    const played = await runJob({ file, handler: { file: handlers, name: 'slow' }, seed: 1 });
    expect(played.exit).toBe(1);
    expect(played.text).toMatch(/MISSED +! Ask directly by two minutes\. At 2:\d\d, later than 2:00\./);
    expect(played.text).toContain('ending: expected. Somebody sees him tomorrow, and Nia is with him.');
    expect(played.text).toContain('What was in the way?');
  });
});
