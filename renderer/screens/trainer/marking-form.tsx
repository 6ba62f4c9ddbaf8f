import { useEffect, useMemo, useRef, useState } from 'react';
import { contentByVersion } from '../../../shared/content/packs.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type Attempt, type Mark } from '../../../shared/training/attempt/attempt.ts';
import { sightOf } from '../../../shared/training/attempt/marking.ts';
import { debriefOf } from '../../../shared/training/debrief/debrief.ts';
import { SmallRadios } from '../../components/radios.tsx';
import { TypedLine } from '../../components/typed-line.tsx';
import { DebriefTimeline } from '../training/debrief/debrief-timeline.tsx';
import { TextArea } from '../training/text-area.tsx';
import { type Ask } from './use-console.ts';

/**
 * One marker's view of one practice, by the rubric frozen with it. Nothing is chosen beforehand, nothing is added up, and what
 * another marker said is not here.
 */
export function MarkingForm(props: {
  readonly attempt: Attempt;
  readonly content: Content;
  readonly ask: Ask;
  readonly onDone: () => void;
}) {
  const { attempt, ask, onDone } = props;
  const content = contentByVersion(attempt.contentVersion) ?? props.content;
  const { rubric } = attempt.script;
  const debrief = useMemo(() => debriefOf(attempt, content), [attempt, content]);
  const [marker, setMarker] = useState('');
  const [steps, setSteps] = useState<Readonly<Record<string, string>>>({});
  const [words, setWords] = useState<Readonly<Record<string, string>>>({});
  const [why, setWhy] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const read = (key: string): string => (words[key] ?? '').trim();
  const keep = async (): Promise<void> => {
    const owed = rubric.filter(({ id }) => steps[id] === undefined).map(({ title }) => title);
    if (marker.trim() === '') return setWhy('Write your name as a marker.');
    if (owed.length > 0) return setWhy(`Choose a step, or “not assessed”, for: ${owed.join(', ')}.`);
    const pairs = ['strengths', 'changes'].map((kind) => [read(`${kind}0`), read(`${kind}1`)]);
    if (pairs.some((pair) => pair.includes(''))) return setWhy('Write two strengths and two changes.');
    const answer = await ask('training.mark', {
      attempt: attempt.id,
      marker: marker.trim(),
      marks: rubric.map(({ id }): Mark => {
        const said = read(id);
        const step = steps[id] === 'notAssessed' ? 'notAssessed' : Number(steps[id]);
        return { item: id, step, ...(said === '' ? {} : { words: said }) };
      }),
      strengths: pairs[0] ?? [],
      changes: pairs[1] ?? [],
    });
    if (answer.ok) onDone();
    else setWhy(`It could not be kept: it ${answer.error.message}.`);
  };
  const box = (key: string, label: string) => (
    <TextArea
      label={label}
      value={words[key] ?? ''}
      onChange={(text) => setWords({ ...words, [key]: text })}
    />
  );
  return (
    <main className="start trainer-page">
      <h1 ref={heading} tabIndex={-1}>
        Mark: {debrief.trainee}, {debrief.title}
      </h1>
      {sightOf(attempt) === 'blind' ? null : (
        <p className="demo-notice">
          The first marking of this practice has been shown. Yours is welcome, and is kept as not blind.
        </p>
      )}
      <DebriefTimeline debrief={debrief} />
      <form
        className="block"
        aria-label="Marking by rubric"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <TypedLine label="Marker" value={marker} onChange={setMarker} most={120} />
        {rubric.map(({ id, title, look, steps: described }) => (
          <div key={id} className="practice-card">
            <h2>{title}</h2>
            <p className="small">{look}</p>
            <SmallRadios
              label={title}
              options={[
                ...described.map((text, at) => ({ value: String(at), title: text })),
                { value: 'notAssessed', title: 'Not assessed' },
              ]}
              value={steps[id] ?? ''}
              onChange={(value) => setSteps({ ...steps, [id]: value })}
            />
            {box(id, 'What you saw or heard (optional)')}
          </div>
        ))}
        <div className="pair">
          {box('strengths0', 'First strength')}
          {box('strengths1', 'Second strength')}
          {box('changes0', 'First change')}
          {box('changes1', 'Second change')}
        </div>
        <p role="alert" className={why === '' ? undefined : 'refused'}>
          {why}
        </p>
        <button type="submit" className="button primary">
          Keep the marking
        </button>
      </form>
    </main>
  );
}
