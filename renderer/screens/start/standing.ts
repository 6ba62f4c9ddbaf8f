import { type CallView } from '../../call/desk.ts';
import { owedIn } from '../../../shared/call/work.ts';
import { owedTitle } from '../derive/owed.ts';
import { closingOf } from '../../../shared/call/facts.ts';
import { whereWords } from '../wording/team-words.ts';
import { conversationOf } from '../../../shared/call/replay.ts';
import { stage as stageSchema } from '../../../shared/events/vocabulary.ts';
import { stageTitles } from '../../../shared/exports/words.ts';

/** How a call stands, in a few words, and the one thing about it that must not be overlooked. */
export function standingOf(call: CallView): { readonly stage: string; readonly loud: string | undefined } {
  const picture = call.snapshot.context.picture;
  const where = conversationOf(call.snapshot);
  const closed = closingOf(picture);
  const outcome = call.content.outcomes.find((item) => item.code === closed?.data.outcome);
  const read = stageSchema.safeParse(where);
  const stage =
    where === 'closed'
      ? `Closed · ${outcome?.code ?? ''} ${outcome?.title ?? ''}`
      : read.success
        ? stageTitles[read.data]
        : 'Not answered';
  return { stage, loud: loudOf(call) };
}

function loudOf(call: CallView): string | undefined {
  if (call.elsewhere !== undefined) return whereWords(call.elsewhere);
  const first = owedIn(call.snapshot.context.picture).find((owed) => owed.kind !== 'task');
  if (first !== undefined)
    return owedTitle(first, { picture: call.snapshot.context.picture, content: call.content });
  return call.resumed ? 'Opened again after a stop' : undefined;
}
