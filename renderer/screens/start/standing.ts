import { type CallView } from '../../call/desk.ts';
import {
  chosenRoute,
  emergencyNow,
  handovers,
  handoverState,
  lineIsLost,
  mannerNow,
  callBackDecision,
} from '../../../shared/call/facts.ts';
import { personOf } from '../derive/person.ts';
import { ringBack } from '../derive/talk.ts';
import { lastOf } from '../../../shared/call/picture.ts';
import { conversationOf } from '../../../shared/call/replay.ts';
import { stage as stageSchema } from '../../../shared/events/vocabulary.ts';
import { stageTitles } from '../../keys/key-map.ts';

/** How a call stands, in a few words, and the one thing about it that must not be overlooked. */
export function standingOf(call: CallView): { readonly stage: string; readonly loud: string | undefined } {
  const picture = call.snapshot.context.picture;
  const where = conversationOf(call.snapshot);
  const closed = lastOf(picture, 'call.closed');
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
  const picture = call.snapshot.context.picture;
  if (emergencyNow(picture)?.type === 'emergency.raised') return 'Emergency not confirmed';
  if (lineIsLost(picture) && callBackDecision(picture) === undefined) {
    const person = personOf(picture, call.content);
    return ringBack(person, mannerNow(picture).manner).ring ? 'Ring back owed' : 'Decision owed';
  }
  const sent = handovers(picture).at(-1);
  const waiting =
    chosenRoute(picture) !== undefined && sent !== undefined && handoverState(picture, sent) === 'sent';
  if (waiting) return 'Hand-over not acknowledged';
  return call.resumed ? 'Opened again after a stop' : undefined;
}
