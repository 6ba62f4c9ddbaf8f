import { useDeskValue } from '../../components/desk-context.tsx';
import { useDraft } from '../../components/draft.ts';
import { questionInHand, questionsIn } from '../derive/guide.ts';
import { begunQuestions } from '../derive/half-typed.ts';
import { useCall } from './call-context.tsx';
import { inHandKey } from './use-call-scope.ts';

/** Answers that were begun and left: not in the record, and one key press from being finished (H33). */
export function NotKept() {
  const { view, picture, content, stage, panel, goQuestion } = useCall();
  const ids = content.questions.map(({ id }) => id);
  const begun = useDeskValue((desk) => begunQuestions(desk.drafts(), view.id, ids).join(' '));
  const [remembered] = useDraft(inHandKey(view.id));
  const inHand =
    panel === 'none' && stage !== 'offered' && stage !== 'closed'
      ? questionInHand(remembered, questionsIn(stage, picture, content), picture)
      : undefined;
  const left = begun.split(' ').filter((id) => id !== '' && id !== inHand?.id);
  if (left.length === 0 || stage === 'closed') return null;
  return (
    <section className="guide-part" aria-labelledby="not-kept">
      <h2 id="not-kept">Begun, not kept</h2>
      <ul className="plain-list">
        {left.map((id) => (
          <li key={id}>
            <button type="button" className="unknown-card" onClick={() => goQuestion(id)}>
              <span>{content.question(id)?.short}</span>
              <span className="small">not in the record yet, finish it</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
