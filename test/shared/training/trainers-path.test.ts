import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
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

/** Written from the reference page alone, with two slips in it. */
const FIRST_DRAFT = `format: lantern-training-1
id: lostDog
title: "Bryn, 52: a dog that did not come home"
summary: Grief that sounds small, and a question that has to be asked all the same.
contentWarning: The death of a dog; thoughts of not going on.
learningGoals:
  - Asks directly although the reason sounds small.
caller:
  name: Bryn
  age: 52
  about: self
  voice: Slow, a clock behind him.
  mood: Embarrassed.
  story: His dog was run over on Tuesday. Since his wife left she was who he spoke to.
facts:
  - id: thoughts
    fact: He thinks of not going on.
    question: S3
    answer: yes
  - id: daughter
    fact: His daughter would come.
    question: S9
    answer: given
    fields: { company: His daughter Nia }
saidUnasked:
  - id: opens
    say: It is silly. It is only about a dog.
onlyIfAsked:
  - id: yesToS3
    question: S3
    say: I have thought, what for.
    reveals: [thoughts]
  - id: nia
    queston: S9
    say: Nia would come.
    reveals: [daughter]
ifNothingFits:
  - I do not know.
endings:
  expected:
    - id: seenTomorrow
      route: crhtUrgent
      outcome: 05
      because: Somebody sees him tomorrow, and Nia is with him.
expectations:
  - id: direct
    expect: Ask directly by two minutes.
    moment: { asked: S3 }
    by: 2:00
    critical: true
rubric:
  - id: warmth
    title: Warmth
    look: Whether the dog is taken seriously.
    steps:
      - The dog is passed over.
      - The dog is asked about.
`;

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
    expect(draft).toMatch(/:34:5: error: .*queston does not belong in .* Did you mean question\?/);
    expect(draft).toMatch(/:43:7: error: .*outcome must be one of .*05/);

    const mended = FIRST_DRAFT.replace('queston', 'question').replace('outcome: 05', 'outcome: "05"');
    expect(await check(mended)).toMatch(/sound; every ending can be reached and every line can come$/);

    writeFileSync(handlers, MY_HANDLER);
    const played = await runJob({ file, handler: { file: handlers, name: 'slow' }, seed: 1 });
    expect(played.exit).toBe(1);
    expect(played.text).toMatch(/MISSED +! Ask directly by two minutes\. At 2:\d\d, later than 2:00\./);
    expect(played.text).toContain('ending: expected. Somebody sees him tomorrow, and Nia is with him.');
    expect(played.text).toContain('What was in the way?');
  });
});
