import { describe, expect, test } from 'vitest';
import { type PracticeMode } from '../../shared/training/attempt/attempt.ts';
import { type ConsoleView, type Practice } from '../../shared/bridge/training.ts';
import { practiceDesk } from './support/practice-desk.ts';
import { practiceWindow } from './support/practice-window.ts';

/** Half a minute before “Ask where they are by 2:00” and while nothing was asked. */
const NEAR_MS = 90_000;

/** What trainee and trainer see of a call in which nobody asks anything, once a hint would be due. */
async function quietCall(mode: PracticeMode): Promise<{
  readonly seen: () => Practice | undefined;
  readonly view: () => Promise<ConsoleView | undefined>;
  readonly hint: (text: string) => Promise<unknown>;
}> {
  let ahead = 0;
  const desk = await practiceDesk(undefined, { clock: { now: () => Date.now() + ahead } });
  const begun = await desk.trainer.call('training.begin', {
    file: 'team-is-full.yaml',
    trainee: 'Robin',
    mode,
    seed: 1,
  });
  expect(begun).toMatchObject({ ok: true });
  const window = await practiceWindow(desk);
  const call = window.takeCall({ source: 'handler' });
  await window.training.ask('training.attach', { call, repeatedUpTo: 0 });
  await expect.poll(() => window.training.practice()?.status).toBe('talking');
  ahead = NEAR_MS;
  const view = async (): Promise<ConsoleView | undefined> => {
    const answer = await desk.trainer.call('training.console', {});
    return answer.ok ? answer.value.view : undefined;
  };
  // More than two looks of the room at its clock, each a quarter of a second after the other.
  await expect.poll(async () => (await view())?.practice.callMs ?? 0).toBeGreaterThan(NEAR_MS + 600);
  return {
    seen: () => window.training.practice(),
    view,
    hint: (text) => desk.trainer.call('training.act', { kind: 'hint', text }),
  };
}

describe('coached and assessed', () => {
  test('coached: the hint of an expectation whose time is near stands on the trainee’s screen, and in the log', async () => {
    const { seen, view, hint } = await quietCall('coached');
    await expect.poll(() => seen()?.hint).toBe('By 2:00: Ask where they are by 2:00.');
    expect((await view())?.run.filter(({ kind }) => kind === 'hinted')).toHaveLength(1);
    expect(await hint('Ask who is with him.')).toMatchObject({ ok: true });
    await expect.poll(() => seen()?.hint).toBe('Ask who is with him.');
  });

  test('assessed: never one, by the clock or by the trainer, on the screen or in the log', async () => {
    const { seen, view, hint } = await quietCall('assessed');
    expect(await hint('Ask who is with him.')).toMatchObject({
      ok: false,
      error: { code: 'training.noHints' },
    });
    expect(seen()?.mode).toBe('assessed');
    expect(seen()?.hint).toBeUndefined();
    expect((await view())?.run.filter(({ kind }) => kind === 'hinted')).toEqual([]);
  });
});
