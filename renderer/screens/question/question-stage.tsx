import { useDesk } from '../../components/desk-context.tsx';
import { useDraft } from '../../components/draft.ts';
import { type Stage } from '../../../shared/events/vocabulary.ts';
import { useCall } from '../call/call-context.tsx';
import { inHandKey } from '../call/use-call-scope.ts';
import { nextQuestion, questionInHand, questionsIn, stageAfter } from '../derive/guide.ts';
import { QuestionPanel } from './question-panel.tsx';
import { StageAnswers } from './stage-answers.tsx';

/** A stage that consists of questions. Which one is in hand is a draft too: a crash comes back to it. */
export function QuestionStage({ stage }: { readonly stage: Stage }) {
  const desk = useDesk();
  const { view, picture, content, goQuestion, goStage } = useCall();
  const [remembered] = useDraft(inHandKey(view.id));
  const questions = questionsIn(stage, picture, content);
  const question = questionInHand(remembered, questions, picture);
  if (question === undefined) return null;
  const at = questions.indexOf(question);

  const go = (how: 'keep' | 'leave'): void => {
    // The answer just kept may bring questions in or take them out, so the newest view is asked.
    const now = desk.call(view.id)?.snapshot.context.picture ?? picture;
    const next = nextQuestion(question.id, how, questionsIn(stage, now, content), now);
    const after = stageAfter(stage);
    if (next !== undefined) goQuestion(next.id);
    else if (after !== undefined) goStage(after);
  };
  const previous = questions[at - 1];
  return (
    <>
      <QuestionPanel
        key={question.id}
        question={question}
        at={at + 1}
        of={questions.length}
        onKept={() => go('keep')}
        onLeave={() => go('leave')}
        onPrevious={() => (previous === undefined ? undefined : goQuestion(previous.id))}
      />
      <StageAnswers questions={questions} />
    </>
  );
}
