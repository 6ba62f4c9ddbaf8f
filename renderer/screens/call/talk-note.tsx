import { type TalkNote } from '../derive/talk.ts';

/** In the strip, while somebody cannot simply talk: how they can, and what that asks of the handler. */
export function TalkNoteFact({ note }: { readonly note: TalkNote | undefined }) {
  if (note === undefined) return null;
  return (
    <div className="talk-note">
      <dt>{note.detail}</dt>
      <dd>{note.title}</dd>
    </div>
  );
}
