import { conversationOf } from '../../../shared/call/replay.ts';
import { type Question } from '../../../shared/content/schema.ts';
import { stage as stageSchema } from '../../../shared/events/vocabulary.ts';
import { type CallView, type Desk } from '../../call/desk.ts';
import { readDraft } from '../../components/draft.ts';
import { inHandKey } from '../call/use-call-scope.ts';
import { questionInHand, questionsIn } from '../derive/guide.ts';

/** The question that the call screen has in hand, while its stage is one of questions. */
export function inHand(desk: Desk, { id, snapshot, content }: CallView): Question | undefined {
  const stage = stageSchema.safeParse(conversationOf(snapshot));
  if (!stage.success) return undefined;
  const { picture } = snapshot.context;
  const questions = questionsIn(stage.data, picture, content);
  return questionInHand(readDraft(desk, inHandKey(id)), questions, picture);
}
