import { describe, expect, test } from 'vitest';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemTimers } from '../../main/services/node-system.ts';
import { type RunningDesk } from '../../renderer/call/desk.ts';
import { debriefOf } from '../../shared/training/debrief/debrief.ts';
import { type CallId } from '../../shared/ids.ts';
import { content } from '../support/call-builder.ts';
import { type PracticeDesk, practiceDesk } from './support/practice-desk.ts';
import { practiceWindow } from './support/practice-window.ts';

/** How often a room looks at its clock. */
const TICK_MS = 250;

/** A practice in the middle of its call, with words from the caller, a note and the network down. */
async function inTheMiddle(): Promise<PracticeDesk & { window: RunningDesk; call: CallId; attempt: string }> {
  const desk = await practiceDesk();
  const begun = await desk.trainer.call('training.begin', {
    file: 'exam-on-monday.yaml',
    trainee: 'Robin',
    mode: 'assessed',
    seed: 1,
  });
  if (!begun.ok) throw new Error(begun.error.message);
  const window = await practiceWindow(desk);
  const call = window.takeCall({ source: 'handler' });
  await window.training.ask('training.attach', { call, repeatedUpTo: 0 });
  await expect.poll(() => window.training.practice()?.status).toBe('talking');
  await desk.trainer.call('training.act', {
    kind: 'typeLine',
    who: 'caller',
    text: 'Hello? Is that somebody?',
  });
  await desk.trainer.call('training.act', { kind: 'fire', id: 'netGoes' });
  window.record(call, { type: 'note.added', data: { text: 'Said before the program ended.' } });
  await expect
    .poll(() => window.training.practice()?.heard.map(({ text }) => text))
    .toContain('Hello? Is that somebody?');
  await expect.poll(() => window.light().kind).toBe('onThisPc');
  return { ...desk, window, call, attempt: begun.value.attempt };
}

describe('a practice whose program ended in the middle', () => {
  test('is there again with its words, its clock standing still, and goes on when the trainee says so', async () => {
    const before = await inTheMiddle();
    await before.desk.close();
    await before.window.close();
    const desk = await practiceDesk(before.folder);
    const now = await desk.trainee.call('training.now', {});
    if (!now.ok) throw new Error(now.error.message);
    const { practice } = now.value;
    expect(practice).toMatchObject({ call: before.call, status: 'talking', paused: true, interrupted: true });
    const heard = practice?.heard.map(({ text }) => text) ?? [];
    expect(heard).toContain('Hello? Is that somebody?');
    expect(heard.at(-1)).toBe('The practice program stopped here and came back');
    const console = await desk.trainer.call('training.console', {});
    expect(console).toMatchObject({ value: { view: { line: 'away' } } });
    const stood = practice?.callMs ?? 0;
    await new Promise((done) => setTimeout(done, 600));
    expect(await desk.trainee.call('training.now', {})).toMatchObject({
      value: { practice: { callMs: stood } },
    });

    expect(await desk.trainee.call('training.goOn', {})).toMatchObject({ ok: true });
    expect(await desk.trainee.call('training.now', {})).toMatchObject({
      value: { practice: { paused: false, interrupted: false } },
    });
    expect(await desk.trainee.call('training.goOn', {})).toMatchObject({
      error: { code: 'training.notInterrupted' },
    });
    await desk.trainer.call('training.act', { kind: 'typeLine', who: 'caller', text: 'You were gone.' });
    await desk.trainee.call('training.stop', { why: 'button' });
    await desk.trainee.call('training.reflect', { attempt: before.attempt, wentWell: 'x', wouldChange: 'y' });
    const kept = await desk.trainer.call('training.attempt', { attempt: before.attempt, for: 'debrief' });
    if (!kept.ok) throw new Error(kept.error.message);
    const texts = debriefOf(kept.value.attempt, content).timeline.map(({ text }) => text);
    for (const text of [
      'Said before the program ended.',
      'The program stopped and came back. Paused.',
      'You were gone.',
    ])
      expect(texts.join('\n')).toContain(text);
    // Each event of the call once, those too that the journal alone had.
    const seqs = kept.value.attempt.events.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)]);
    expect(seqs.length).toBeGreaterThanOrEqual(3);
  });

  test('counts nothing of the time that the program was away, however slowly it comes back', async () => {
    const before = await inTheMiddle();
    await before.desk.close();
    await before.window.close();
    // An hour later, on a PC that looks at its clock before it has read its disk.
    const desk = await practiceDesk(before.folder, {
      clock: { now: () => Date.now() + 3_600_000 },
      timers: { after: (ms, run) => systemTimers.after(ms === TICK_MS ? 0 : ms, run) },
    });
    const now = await desk.trainee.call('training.now', {});
    if (!now.ok) throw new Error(now.error.message);
    expect(now.value.practice?.callMs).toBeLessThan(60_000);
    for (const { callMs } of now.value.practice?.heard ?? []) expect(callMs).toBeLessThan(60_000);
  });

  test('hears what reached the disk in the last moment before the end', async () => {
    const before = await inTheMiddle();
    const path = join(before.folder, 'profile', 'practice-in-hand.json');
    await before.desk.close();
    await before.window.close();
    const older = await readFile(path);
    // The same practice taken up, one note further, and then its file as it was before that note.
    const between = await practiceDesk(before.folder);
    const window = await practiceWindow(between);
    window.record(before.call, { type: 'note.added', data: { text: 'Said in the last moment.' } });
    await expect.poll(() => window.light().kind).toBe('onThisPc');
    await between.desk.close();
    await window.close();
    await writeFile(path, older);
    const after = await practiceDesk(before.folder);
    await after.trainee.call('training.stop', { why: 'button' });
    await after.trainee.call('training.reflect', {
      attempt: before.attempt,
      wentWell: 'x',
      wouldChange: 'y',
    });
    const kept = await after.trainer.call('training.attempt', { attempt: before.attempt, for: 'debrief' });
    if (!kept.ok) throw new Error(kept.error.message);
    const notes = kept.value.attempt.events.filter(({ type }) => type === 'note.added');
    expect(notes.map(({ data }) => JSON.stringify(data)).join()).toContain('Said in the last moment.');
    expect(notes).toHaveLength(2);
  });

  test('stopped or put away, is not taken up again', async () => {
    const before = await inTheMiddle();
    await before.trainee.call('training.stop', { why: 'button' });
    await before.desk.close();
    await before.window.close();
    const desk = await practiceDesk(before.folder);
    expect(await desk.trainee.call('training.now', {})).toEqual({ ok: true, value: {} });
    expect(await desk.trainee.call('training.library', {})).toMatchObject({
      value: { attempts: [{ id: before.attempt, state: 'stopped' }] },
    });
  });

  test('with its file broken, is closed honestly: broken off, with what was kept of it', async () => {
    const before = await inTheMiddle();
    await before.desk.close();
    await before.window.close();
    await writeFile(join(before.folder, 'profile', 'practice-in-hand.json'), '{"v":1,');
    const desk = await practiceDesk(before.folder);
    expect(await desk.trainee.call('training.now', {})).toEqual({ ok: true, value: {} });
    expect(await desk.trainee.call('training.library', {})).toMatchObject({
      value: { attempts: [{ id: before.attempt, state: 'brokenOff', reflected: false }] },
    });
    await desk.trainee.call('training.reflect', { attempt: before.attempt, wentWell: 'x', wouldChange: 'y' });
    const kept = await desk.trainer.call('training.attempt', { attempt: before.attempt, for: 'debrief' });
    if (!kept.ok) throw new Error(kept.error.message);
    expect(kept.value.attempt.events.length).toBeGreaterThanOrEqual(3);
  });
});
