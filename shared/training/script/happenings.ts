import { z } from 'zod';
import { moment } from './moment.ts';
import { clock, localId, sentence } from './values.ts';

const when = moment
  .exactOptional()
  .describe('The moment. Without it: only when the trainer fires it from the console.');
const delay = clock.exactOptional().describe('How long after that moment.');
const unless = moment.exactOptional().describe('Not if this has happened already.');

export const eventKinds = [
  'silence',
  'noise',
  'thirdPerson',
  'hangUp',
  'cutOff',
  'answersCallBack',
  'ambulanceThere',
] as const;

export const timedEvent = z
  .strictObject({
    id: localId,
    does: z
      .enum(eventKinds)
      .describe(
        'silence: the caller says nothing, whatever is asked. noise: something is heard. thirdPerson: somebody comes in. hangUp: the caller ends the call. cutOff: the line goes dead. answersCallBack: they pick up when rung back. ambulanceThere: the crew has arrived already.',
      ),
    what: sentence.describe('What is heard or seen, as the trainee is shown it.'),
    lasts: clock
      .exactOptional()
      .describe('For how long. For silence: without it, until the caller speaks by a line.'),
    when,
    delay,
    unless,
  })
  .meta({ id: 'timedEvent', title: 'Something happens in the call' });

export const injectKinds = [
  'networkDrops',
  'networkReturns',
  'hubSlow',
  'hubNormal',
  'serviceFull',
  'entryStale',
  'windowCrash',
] as const;

export const inject = z
  .strictObject({
    id: localId,
    does: z
      .enum(injectKinds)
      .describe(
        'networkDrops, networkReturns: the practice desk loses its practice network and finds it again. hubSlow, hubNormal: saving slows down, and is normal again. serviceFull: a local service takes nobody more. entryStale: its entry turns out to be old. windowCrash: the window stops and comes back.',
      ),
    service: localId
      .exactOptional()
      .describe('For serviceFull and entryStale: which of localServices. For nothing else.'),
    when,
    delay,
    unless,
  })
  .refine((value) => (value.service !== undefined) === ['serviceFull', 'entryStale'].includes(value.does), {
    path: ['service'],
    error: 'belongs to serviceFull and entryStale, and they need it',
  })
  .meta({ id: 'inject', title: 'Something happens to the desk' });
export type Inject = z.infer<typeof inject>;
