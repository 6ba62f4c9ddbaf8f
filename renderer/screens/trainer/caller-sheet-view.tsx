import { type ConsoleView } from '../../../shared/bridge/training.ts';

const ABOUT = {
  self: 'rings for themselves',
  someoneElse: 'is worried about somebody',
  professional: 'is a professional',
} as const;

/** Who the caller is, and what is true: marked once it was said. */
export function CallerSheetView({ view }: { readonly view: ConsoleView }) {
  const { caller, facts, endings } = view.script;
  const heard = new Set(view.run.flatMap((entry) => (entry.kind === 'said' ? entry.reveals : [])));
  return (
    <section className="console-sheet" aria-label="Caller sheet" tabIndex={0}>
      <h2>
        {caller.name}
        {caller.age === undefined ? '' : `, ${caller.age}`}, {ABOUT[caller.about]}
      </h2>
      <dl>
        <dt>Voice</dt>
        <dd>{caller.voice}</dd>
        <dt>Mood</dt>
        <dd>{caller.mood}</dd>
        <dt>Story</dt>
        <dd>{caller.story}</dd>
      </dl>
      <h2>Facts</h2>
      <ul className="plain-list console-facts">
        {facts.map(({ id, fact, question }) => (
          <li key={id}>
            <b>{heard.has(id) ? '✓ said' : 'not said'}</b> {fact} <span className="small">{question}</span>
          </li>
        ))}
      </ul>
      <h2>Right endings</h2>
      <ul className="plain-list console-facts">
        {[...endings.expected, ...(endings.acceptable ?? [])].map(({ id, because }) => (
          <li key={id}>{because}</li>
        ))}
      </ul>
    </section>
  );
}
