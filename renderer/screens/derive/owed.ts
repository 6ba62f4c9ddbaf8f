import { mannerNow } from '../../../shared/call/facts.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Owed } from '../../../shared/call/work.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { personOf } from './person.ts';
import { ringBack } from './talk.ts';

interface Of {
  readonly picture: Picture;
  readonly content: Content;
}

const TITLES = {
  emergency: 'Emergency not confirmed',
  contact: 'Somebody with them: not said yet',
  declined: 'Hand-over declined',
  handover: 'Hand-over not acknowledged',
} as const;
const TASKS = {
  chaseHandover: 'Chase the hand-over',
  followUp: 'Follow up',
  callBack: 'Ring back',
  confirmContact: 'Ask whether somebody is with them',
} as const;

/** What is owed, in a few words. Where it is not safe to ring, nobody is told to. */
export function owedTitle({ kind, from }: Owed, call: Of): string {
  if (from.type === 'task.opened') return TASKS[from.data.kind];
  if (kind !== 'callBack' && kind !== 'task') return TITLES[kind];
  const { ring } = ringBack(personOf(call.picture, call.content), mannerNow(call.picture).manner);
  return ring ? 'Ring back owed' : 'Decision owed';
}
