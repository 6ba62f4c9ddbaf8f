import { type Form, useDraft } from '../../components/draft.ts';
import { type RouteTitle } from '../derive/consult-routes.ts';

export const TICKED = 'yes';
export type Word = 'agreed' | 'ruledOut';
/** The form's field for a word on a route. */
export const routeField = (word: Word, id: string): string => `${word}.${id}`;

/** What the clinician decided on, as a closed list: the gates hold what is chosen against it (L10). */
export function ConsultRoutes(props: {
  readonly form: Form;
  readonly agreeable: readonly RouteTitle[];
  readonly refusable: readonly RouteTitle[];
}) {
  const { form, agreeable, refusable } = props;
  return (
    <>
      <fieldset className="ticks consult-routes">
        <legend className="label">They agreed to</legend>
        {agreeable.map(({ id, title }) => (
          <Tick key={id} title={title} draftKey={form.key(routeField('agreed', id))} />
        ))}
      </fieldset>
      <details className="override">
        <summary>They ruled something out</summary>
        <fieldset className="ticks consult-routes">
          <legend className="label">They ruled out</legend>
          {refusable.map(({ id, title }) => (
            <Tick key={id} title={title} draftKey={form.key(routeField('ruledOut', id))} />
          ))}
        </fieldset>
      </details>
    </>
  );
}

/** One tick. Nothing is ticked beforehand. */
export function Tick({ title, draftKey }: { readonly title: string; readonly draftKey: string }) {
  const [ticked, setTicked] = useDraft(draftKey);
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={ticked === TICKED}
        onChange={(event) => setTicked(event.target.checked ? TICKED : '')}
      />
      <span>{title}</span>
    </label>
  );
}
