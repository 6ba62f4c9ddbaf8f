import { useDraft } from '../../components/draft.ts';
import { sources } from './use-answer.ts';

/** Whose knowledge this is. It starts from who the call is about and can be changed for one answer. */
export function SaidBySelect(props: {
  readonly draftKey: string;
  readonly initial: string;
  readonly name?: string;
}) {
  const { draftKey, initial, name = 'Whose words' } = props;
  const [source, setSource] = useDraft(draftKey, initial);
  return (
    <select
      className="said-by"
      aria-label={name}
      value={source}
      onChange={(event) => setSource(event.target.value)}
    >
      {sources.map((item) => (
        <option key={item.value} value={item.value}>
          {item.title}
        </option>
      ))}
    </select>
  );
}
