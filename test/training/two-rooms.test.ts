import { expect, test } from 'vitest';
import { type BridgeClient } from '../../shared/bridge/client.ts';
import { type Attempt } from '../../shared/training/attempt/attempt.ts';
import { type PracticeDesk, practiceDesk } from './support/practice-desk.ts';
import { practiceWindow } from './support/practice-window.ts';

/** Two training rooms without anything between them but a signed file that somebody carries. */
async function practised(room: PracticeDesk): Promise<string> {
  const begun = await room.trainer.call('training.begin', {
    file: 'thirty-one-years.yaml',
    trainee: 'Robin',
    mode: 'assessed',
    seed: 1,
  });
  if (!begun.ok) throw new Error(begun.error.message);
  const window = await practiceWindow(room);
  const call = window.takeCall({ source: 'handler' });
  await window.training.ask('training.attach', { call, repeatedUpTo: 0 });
  await expect.poll(() => window.training.practice()?.status).toBe('talking');
  const { attempt } = begun.value;
  await room.trainee.call('training.stop', { why: 'button' });
  await room.trainee.call('training.reflect', { attempt, wentWell: 'I stayed.', wouldChange: 'Ask sooner.' });
  return attempt;
}
async function mark(trainer: BridgeClient, id: string, marker: string): Promise<void> {
  const { attempt } = await seen(trainer, id, 'marking');
  const marks = attempt.script.rubric.map((item) => ({ item: item.id, step: 1 }));
  const said = { strengths: ['a', 'b'], changes: ['c', 'd'] };
  expect(await trainer.call('training.mark', { attempt: id, marker, marks, ...said })).toMatchObject({
    ok: true,
  });
}
async function seen(
  trainer: BridgeClient,
  attempt: string,
  wanted: 'marking' | 'debrief' = 'debrief',
): Promise<{ attempt: Attempt; covered: boolean }> {
  const answer = await trainer.call('training.attempt', { attempt, for: wanted });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
async function carry(from: BridgeClient, to: BridgeClient, attempt: string): Promise<object> {
  const file = await from.call('training.export', { attempts: [attempt] });
  if (!file.ok) throw new Error(file.error.message);
  expect(file.value.name).toMatch(/^TRAINING /);
  const taken = await to.call('training.import', { text: file.value.text });
  if (!taken.ok) throw new Error(taken.error.message);
  return taken.value;
}

test('a practice goes to another room, is marked there by a second who has not seen the first, and comes back', async () => {
  const [here, there] = [await practiceDesk(), await practiceDesk()];
  const attempt = await practised(here);
  await mark(here.trainer, attempt, 'Ash');
  expect(await carry(here.trainer, there.trainer, attempt)).toMatchObject({
    taken: 1,
    known: 0,
    isKnown: false,
  });
  expect(await seen(there.trainer, attempt)).toMatchObject({ covered: true, attempt: { markings: [] } });
  await mark(there.trainer, attempt, 'Bo');
  expect(await carry(there.trainer, here.trainer, attempt)).toMatchObject({ taken: 1, known: 0 });
  const { markings } = (await seen(here.trainer, attempt)).attempt;
  expect(markings.map(({ marker, sight }) => [marker, sight])).toEqual([
    ['Ash', undefined],
    ['Bo', 'blind'],
  ]);
  expect(await carry(there.trainer, here.trainer, attempt)).toMatchObject({
    taken: 0,
    known: 1,
    isKnown: true,
  });
});

test('that a first marking was shown in one room is known in the other', async () => {
  const [here, there] = [await practiceDesk(), await practiceDesk()];
  const attempt = await practised(here);
  await mark(here.trainer, attempt, 'Ash');
  await carry(here.trainer, there.trainer, attempt);
  expect(await here.trainer.call('training.uncover', { attempt, by: 'Cass' })).toMatchObject({ ok: true });
  expect(await carry(here.trainer, there.trainer, attempt)).toMatchObject({ taken: 1 });
  await mark(there.trainer, attempt, 'Bo');
  const { markings, uncovered } = (await seen(there.trainer, attempt)).attempt;
  expect(markings[1]?.sight).toBe('firstWasShown');
  expect(uncovered?.map(({ by }) => by)).toEqual(['Cass']);
});
