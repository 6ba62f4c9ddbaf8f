import { expect } from '@playwright/test';
import { join } from 'node:path';
import { contactNow } from '../../../shared/call/facts.ts';
import { addEvent, EMPTY_PICTURE } from '../../../shared/call/picture.ts';
import { happening, type Happening, understand } from '../../../shared/events/event.ts';
import { isAsked } from '../../../shared/gates/asked.ts';
import { content } from '../../support/call-builder.ts';
import { readHandler } from '../../simulate/training/handler.ts';
import { playTraining, readScriptFile } from '../../simulate/training/play.ts';
import { ROOT } from '../../support/sources.ts';
import { Handler } from './handler.ts';
import { type Practice } from './practice.ts';

/**
 * What the careful written handler of a shipped script records, in order, as a person at the window can: the desk writes the first
 * two by itself, questions that the window does not ask are left out, and a given answer has some words.
 */
export async function carefulCall(name: string): Promise<readonly Happening[]> {
  const script = readScriptFile(join(ROOT, `shared/training/scripts/${name}.yaml`));
  const side = readHandler(join(ROOT, `test/simulate/training/handlers/${name}.yaml`), 'good');
  if (!script.ok || !side.ok) throw new Error(`${name} cannot be read`);
  const { attempt } = await playTraining(script.value.script, side.value, 1);
  let picture = EMPTY_PICTURE;
  return attempt.events.flatMap((envelope, at): readonly Happening[] => {
    const before = picture;
    const event = understand(envelope);
    if (!event.ok) throw new Error(event.error.problem.message);
    picture = addEvent(picture, event.value);
    if (at < 2) return [];
    const record = happening.parse({ type: envelope.type, data: envelope.data });
    // Somebody is with them: said once, the window does not ask again.
    if (record.type === 'emergency.contactConfirmed' && contactNow(before) !== undefined) return [];
    if (record.type !== 'answer.recorded') return [record];
    const question = content.question(record.data.question);
    if (question === undefined || !isAsked(question, before, content)) return [];
    const isBare = record.data.state === 'given' && record.data.fields === undefined;
    return [isBare ? { ...record, data: { words: 'As they said.', ...record.data } } : record];
  });
}

/** The trainee chooses a script by keyboard and answers its call. */
export async function answerPractice(
  { trainee }: Practice,
  title: string,
  name: string,
  mode: 'Coached: hints are shown' | 'Assessed: no hints' = 'Assessed: no hints',
): Promise<Handler> {
  const handler = new Handler(trainee);
  const { keys } = handler;
  await expect(trainee.getByRole('heading', { name: 'Training room' })).toBeVisible();
  await keys.push(trainee.getByRole('button', { name: `Practise ${title}` }));
  await keys.write(trainee.getByRole('textbox', { name: 'Your name in this room' }), name);
  await keys.choose(trainee.getByRole('radiogroup', { name: 'How' }), mode);
  await keys.push(trainee.getByRole('button', { name: 'Ready: let it ring' }));
  await expect(trainee.getByRole('button', { name: /Answer the call/ })).toBeVisible();
  await keys.press('F4');
  await expect(trainee.getByRole('navigation', { name: 'Guide' })).toBeVisible();
  return handler;
}

/** Back from a call that has ended to its learner's own view and the debrief. */
export async function reflect({ trainee }: Practice, handler: Handler): Promise<void> {
  const { keys } = handler;
  await keys.press('Alt+0');
  await keys.push(trainee.getByRole('button', { name: 'First, your own view' }));
  await writeOwnView(handler);
}

export async function writeOwnView({ page, keys }: Handler): Promise<void> {
  await keys.write(page.getByRole('textbox', { name: 'What went well' }), 'I stayed with them.');
  await keys.write(page.getByRole('textbox', { name: 'What you would do differently' }), 'Ask sooner.');
  await keys.push(page.getByRole('button', { name: 'Keep it and open the debrief' }));
  await expect(page.getByRole('heading', { name: /^Debrief:/ })).toBeVisible();
}
