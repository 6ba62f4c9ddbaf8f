import { z } from 'zod';
import { answerState, channel, manner } from '../../events/vocabulary.ts';
import { contentId, MAX_FIELD } from '../../events/vocabulary.ts';
import { label, localId, MOST, paragraph, questionId, routeId, sentence } from './values.ts';

export const callerSheet = z
  .strictObject({
    name: label.describe('An invented name.'),
    age: z.int().min(0).max(120).exactOptional().describe('In whole years. Of the person the call is about.'),
    about: z
      .enum(['self', 'someoneElse', 'professional'])
      .describe(
        'self: they ring for themselves. someoneElse: they are worried about somebody. professional: a colleague at work.',
      ),
    voice: sentence.describe('How they sound: pace, tone, accent, what is heard behind them.'),
    mood: sentence.describe('How they feel, and what changes it.'),
    story: paragraph.describe(
      'Who they are and what happened today, for whoever plays them. The trainee never sees it before the debrief.',
    ),
    channel: channel.exactOptional().describe('How they are connected. Without it: phone.'),
    manner: manner
      .exactOptional()
      .describe('open: they talk freely. yesNo: they are overheard. silent: they do not speak.'),
  })
  .meta({ id: 'callerSheet', title: 'Caller sheet' });

export const fact = z
  .strictObject({
    id: localId,
    fact: sentence.describe('What is true in this story, in one sentence.'),
    question: questionId.describe(
      'Where it belongs in the record. Questions not listed in facts are “no” or empty.',
    ),
    answer: answerState.describe(
      'The answer that is true: yes, no, given, notKnown, declined or couldNotAsk.',
    ),
    fields: z
      .record(contentId, z.string().min(1).max(MAX_FIELD))
      .exactOptional()
      .describe('Values of the question’s own fields, such as {kind: taken, when: today}.'),
  })
  .meta({ id: 'fact', title: 'A fact of the ledger' });
export type Fact = z.infer<typeof fact>;

export const localService = z
  .strictObject({
    id: localId,
    name: label.describe('An invented name.'),
    route: routeId.describe('The route it belongs to.'),
    state: z
      .enum(['open', 'closed', 'full', 'stale'])
      .describe('As the call begins. stale: its entry in the directory is out of date.'),
    note: sentence.exactOptional().describe('What the trainer should know of it.'),
  })
  .meta({ id: 'localService', title: 'A local service' });
export type LocalService = z.infer<typeof localService>;

export const facts = z.array(fact).max(MOST);
export const localServices = z.array(localService).max(MOST);
