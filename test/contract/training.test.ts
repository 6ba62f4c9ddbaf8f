import { describe, expect, test } from 'vitest';
import { type Envelope } from '../../shared/events/event.ts';
import { type Happening } from '../../shared/events/event.ts';
import { EMPTY_HEAD, seal } from '../../shared/events/chain.ts';
import { callId } from '../../shared/ids.ts';
import { type Desk } from '../../main/compose.ts';
import { sha256, uuidSource } from '../../main/services/node-system.ts';
import { type BridgeClient, createBridgeClient } from '../../shared/bridge/client.ts';
import { trainingMethods } from '../../shared/bridge/training.ts';
import { practiceDesk } from '../training/support/practice-desk.ts';
import { electronLink } from './support/electron-link.ts';
import { type MakeLink } from './support/links.ts';
import { memoryLink } from './support/memory-link.ts';
import { realDesk } from './support/real-desk.ts';
import { socketLink } from './support/socket-link.ts';

/** ONE suite over every transport, for the two windows of a training room. */
const links: [name: string, link: MakeLink][] = [
  ['a pair in memory', memoryLink],
  ['the browser host’s WebSocket', socketLink],
  ['Electron’s IPC, on the double', electronLink],
];
const FILE = 'thirty-one-years.yaml';

async function windows(link: MakeLink): Promise<{ trainee: BridgeClient; trainer: BridgeClient }> {
  const { desk } = await practiceDesk();
  const open = async (connect: Desk['connect']): Promise<BridgeClient> =>
    createBridgeClient((await link(connect)).transport, () => undefined);
  return {
    trainee: await open((transport) => desk.connect(transport)),
    trainer: await open((transport) => desk.connectTrainer?.(transport)),
  };
}

/** Writes a call as the trainee's window does: into the journal, event by event. */
async function writeCall(trainee: BridgeClient, happenings: readonly Happening[]): Promise<string> {
  const opened = await trainee.call('journal.open', {});
  if (!opened.ok) throw new Error(opened.error.code);
  const call = callId.parse(uuidSource.next());
  let head = opened.value.head.seq === 0 ? EMPTY_HEAD : opened.value.head;
  const events: Envelope[] = [];
  for (const { type, data } of happenings) {
    const event = await seal(
      {
        stream: opened.value.stream,
        call,
        at: Date.now(),
        author: { id: 'demo-handler', role: 'adviser' as const },
        desk: call as never,
        content: 'demonstration-6',
        type,
        data,
      },
      head,
      sha256,
    );
    events.push(event);
    head = { seq: event.seq, hash: event.hash };
  }
  expect(await trainee.call('journal.append', { events })).toMatchObject({ ok: true });
  return call;
}

const ANSWERED: readonly Happening[] = [
  { type: 'call.offered', data: { channel: 'phone', source: 'handler' } },
  { type: 'call.answered', data: {} },
];

describe.each(links)('the training room over %s', (_name, link) => {
  test('answers every method to whom it belongs, and refuses it to the other', async () => {
    const { trainee, trainer } = await windows(link);
    const heard: string[] = [];
    trainee.on('training.changed', ({ practice }) =>
      heard.push(...(practice?.heard ?? []).map(({ text }) => text)),
    );
    const begun = await trainer.call('training.begin', {
      file: FILE,
      trainee: 'Robin',
      mode: 'coached',
      seed: 1,
    });
    if (!begun.ok) throw new Error(begun.error.message);
    const { attempt } = begun.value;
    expect(
      await trainer.call('training.act', { kind: 'typeLine', who: 'caller', text: 'Too soon' }),
    ).toMatchObject({
      ok: false,
      error: { code: 'training.notNow', message: 'comes before the trainee has answered' },
    });
    const call = await writeCall(trainee, ANSWERED);
    const mine = {
      'training.library': await trainee.call('training.library', {}),
      'training.now': await trainee.call('training.now', {}),
      'training.attach': await trainee.call('training.attach', { call: callId.parse(call), repeatedUpTo: 0 }),
      'training.asked': await trainee.call('training.asked', { question: 'O1' }),
      'training.screen': await trainee.call('training.screen', {
        place: 'The call',
        light: 'Safe',
        facts: [],
      }),
    };
    const theirs = {
      'training.console': await trainer.call('training.console', {}),
      'training.act': await trainer.call('training.act', { kind: 'typeLine', who: 'caller', text: 'Hello?' }),
    };
    await expect.poll(() => heard).toContain('Hello?');
    const before = await trainee.call('training.attempt', { attempt, for: 'debrief' });
    expect(before).toMatchObject({ ok: false, error: { code: 'training.reflectFirst' } });
    expect(await trainee.call('training.stop', { why: 'button' })).toMatchObject({ ok: true });
    const reflected = await trainee.call('training.reflect', {
      attempt,
      wentWell: 'I stayed',
      wouldChange: 'Ask',
    });
    const whole = await trainer.call('training.attempt', { attempt, for: 'marking' });
    if (!whole.ok) throw new Error(whole.error.message);
    const marks = whole.value.attempt.script.rubric.map(({ id }) => ({
      item: id,
      step: 'notAssessed' as const,
    }));
    const marking = { attempt, marks, strengths: ['a', 'b'], changes: ['c', 'd'] };
    expect(await trainee.call('training.goOn', {})).toMatchObject({
      error: { code: 'training.notInterrupted' },
    });
    const after = {
      'training.begin': begun,
      'training.stop': await trainer.call('training.stop', { why: 'button' }),
      'training.reflect': reflected,
      'training.attempt': whole,
      'training.mark': await trainer.call('training.mark', { ...marking, marker: 'Ash' }),
      'training.uncover': await trainer.call('training.uncover', { attempt, by: 'Bo' }),
      'training.cohort': await trainer.call('training.cohort', {}),
      'training.export': await trainer.call('training.export', { attempts: [attempt] }),
      'training.leave': await trainee.call('training.leave', {}),
    };
    const file = after['training.export'];
    if (!file.ok) throw new Error(file.error.message);
    const imported = await trainer.call('training.import', { text: file.value.text });
    const all = { ...mine, ...theirs, ...after, 'training.import': imported };
    expect(Object.keys(all).toSorted()).toEqual(
      Object.keys(trainingMethods)
        .filter((name) => name !== 'training.goOn')
        .toSorted(),
    );
    for (const [method, answer] of Object.entries(all)) expect(answer, method).toMatchObject({ ok: true });
    expect(imported).toMatchObject({ value: { taken: 0, known: 1, isKnown: true } });

    const refused = { ok: false, error: { code: 'training.trainerOnly' } };
    expect(await trainee.call('training.console', {})).toMatchObject(refused);
    expect(await trainee.call('training.act', { kind: 'pause' })).toMatchObject(refused);
    expect(await trainee.call('training.cohort', {})).toMatchObject(refused);
    expect(await trainee.call('training.mark', { ...marking, marker: 'Robin' })).toMatchObject(refused);
    expect(await trainee.call('training.uncover', { attempt, by: 'Robin' })).toMatchObject(refused);
    const other = { ok: false, error: { code: 'training.traineeOnly' } };
    expect(await trainer.call('journal.open', {})).toMatchObject(other);
    expect(await trainer.call('keys.open', {})).toMatchObject(other);
    expect(await trainer.call('drafts.list', {})).toMatchObject(other);
    expect(await trainer.call('training.screen', { place: '', light: '', facts: [] })).toMatchObject(other);
  });
});

test('a second marker sees nothing of the first, and nobody marks twice or before the learner has spoken', async () => {
  const { trainee, trainer } = await windows(memoryLink);
  const begun = await trainee.call('training.begin', {
    file: FILE,
    trainee: 'Robin',
    mode: 'assessed',
    seed: 1,
  });
  if (!begun.ok) throw new Error(begun.error.message);
  const { attempt } = begun.value;
  const call = await writeCall(trainee, ANSWERED);
  await trainee.call('training.attach', { call: callId.parse(call), repeatedUpTo: 0 });
  const seen = async (wanted: 'marking' | 'debrief'): Promise<number> => {
    const answer = await trainer.call('training.attempt', { attempt, for: wanted });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value.attempt.markings.length;
  };
  const rubric = await trainer.call('training.console', {});
  const marks = (rubric.ok ? (rubric.value.view?.script.rubric ?? []) : []).map(({ id }) => ({
    item: id,
    step: 0,
  }));
  const mark = (marker: string) =>
    trainer.call('training.mark', { attempt, marker, marks, strengths: ['a', 'b'], changes: ['c', 'd'] });
  expect(await mark('Ash')).toMatchObject({ ok: false });
  await trainee.call('training.reflect', { attempt, wentWell: 'x', wouldChange: 'y' });
  expect(await mark('Ash')).toMatchObject({ ok: true });
  expect(await seen('marking')).toBe(0);
  expect(await seen('debrief')).toBe(0);
  const cohort = await trainer.call('training.cohort', {});
  expect(cohort).toMatchObject({ value: { covered: [attempt], attempts: [{ markings: [] }] } });
  expect(await mark('Ash')).toMatchObject({ ok: false });
  expect(await mark('Kit')).toMatchObject({ ok: true });
  expect(await seen('debrief')).toBe(2);
});

test('a desk that takes real calls has no training room: every method is refused, and no trainer’s window is let in', async () => {
  const { connect } = await realDesk();
  const client = createBridgeClient((await memoryLink(connect)).transport, () => undefined);
  expect(await client.call('training.library', {})).toMatchObject({ error: { code: 'training.notHere' } });
  expect(await client.call('training.begin', { file: FILE, trainee: 'R', mode: 'coached' })).toMatchObject({
    error: { code: 'training.notHere' },
  });
  expect(await client.call('training.import', { text: '' })).toMatchObject({
    error: { code: 'training.notHere' },
  });
});
