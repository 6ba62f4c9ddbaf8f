import { type ConsoleView } from '../../../shared/bridge/training.ts';
import { stageTitles } from '../../../shared/exports/words.ts';
import { stage as stageSchema } from '../../../shared/events/vocabulary.ts';
import { AnswerChip } from '../../components/answer-chip.tsx';

/** What the trainee sees now, as their own window tells it. */
export function TraineeScreenView({ view }: { readonly view: ConsoleView }) {
  const { screen } = view;
  const stage = stageSchema.safeParse(screen?.stage);
  return (
    <section className="console-screen" aria-label="The trainee’s screen" tabIndex={0}>
      <h2>The trainee’s screen</h2>
      {screen === undefined ? (
        <p className="small">Their window has not said anything yet. It has to be open.</p>
      ) : (
        <>
          <p>
            <b>{stage.success ? stageTitles[stage.data] : (screen.stage ?? screen.place)}</b>{' '}
            {screen.question === undefined ? null : (
              <>
                {screen.question.id} {screen.question.ask}
              </>
            )}
          </p>
          <p className="small">Light: {screen.light}</p>
          <ul className="plain-list console-facts">
            {screen.facts.map(({ what, answer, says }) => (
              <li key={what}>
                {what} {answer === undefined ? null : <AnswerChip state={answer} />} {says}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
