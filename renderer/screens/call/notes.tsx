import { Typed } from '../../components/typed.tsx';
import { eventTime } from '../../../shared/exports/event-time.ts';
import { memo, useEffect, useRef, useState } from 'react';
import { notes } from '../../../shared/call/facts.ts';
import { type EventOf, refOf } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { useDeskValue } from '../../components/desk-context.tsx';
import { useForm } from '../../components/draft.ts';
import { DraftWords } from '../../components/draft-fields.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useNewest } from '../../components/newest.tsx';
import { Refused } from '../../components/refused.tsx';
import { whereMarks, whereTitles } from '../wording/light-words.ts';
import { entryKey, windowAround } from '../derive/find.ts';
import { type Entry, entryOf, struckText } from '../derive/struck.ts';
import { useCall } from './call-context.tsx';
import { NOTE_BOX } from './note-focus.ts';
import { StrikeButton } from './strike-button.tsx';

/** More than the column shows at once on the largest window, and few enough to be drawn within a frame. */
const NEWEST = 30;
const noteKey = ({ stream, seq }: EventOf<'note.added'>): string => entryKey({ ref: { stream, seq } });

/** Notes are added and never changed. The mark says where each one is. */
export function Notes() {
  const { picture, content, strike, found } = useCall();
  const me = useDeskValue((desk) => desk.session.person);
  const kept = notes(picture);
  const newest = useNewest(kept, NEWEST, 'notes');
  // A note further back that was found is drawn with those around it, in the place of the newest.
  const foundAt = found === undefined ? -1 : kept.findIndex((note) => noteKey(note) === found);
  const around = windowAround(kept, NEWEST, foundAt);
  const isBack = foundAt >= 0 && !newest.shown.some((note) => noteKey(note) === found);
  const shown = isBack ? around.shown : newest.shown;
  // Read once for all of them: a subscription a row would be asked at every key press.
  const where = useDeskValue((desk) => shown.map((note) => desk.where(refOf(note))));
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    if (kept.length > 0) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [kept.length]);
  return (
    <section ref={list} className="side-notes" aria-labelledby="notes" tabIndex={0}>
      <h2 id="notes">Notes</h2>
      {kept.length === 0 ? <p className="small">No notes yet. F2 starts one from anywhere.</p> : null}
      {isBack ? (
        <p className="small older">
          Notes {around.from + 1} to {around.from + around.shown.length} of {kept.length}, around the one
          found
        </p>
      ) : (
        newest.button
      )}
      <ol className="plain-list notes">
        {shown.map((note, at) => (
          <NoteRow
            key={`${note.stream}${note.seq}`}
            note={note}
            time={eventTime(picture, note)}
            where={where[at] ?? 'keeping'}
            struck={struckText(picture, note, me)}
            onStrike={strike}
            content={content}
          />
        ))}
      </ol>
    </section>
  );
}

const NoteRow = memo(function NoteRow(props: {
  readonly note: EventOf<'note.added'>;
  readonly time: string;
  readonly where: keyof typeof whereMarks;
  readonly struck: string | undefined;
  readonly content: Content;
  readonly onStrike: (entry: Entry) => void;
}) {
  const { note, where, struck } = props;
  const entry = entryOf(note, props.content);
  return (
    <li data-entry={noteKey(note)}>
      <time className="small">{props.time}</time>
      {struck === undefined ? (
        <Typed text={note.data.text} />
      ) : (
        <span>
          <s>
            <Typed text={note.data.text} />
          </s>{' '}
          <span className="small">{struck}</span>
        </span>
      )}
      {struck === undefined ? <StrikeButton entry={entry} strike={props.onStrike} /> : <span />}
      <span className={`where where-${where}`}>
        <span aria-hidden="true">{whereMarks[where]}</span>
        <span className="unseen">{whereTitles[where]}</span>
      </span>
    </li>
  );
});

/** F2 from anywhere; Enter keeps and gives the focus back to where it was; Esc only gives it back. */
export function NoteBox() {
  const { view, record, noteDone } = useCall();
  const form = useForm(`${view.id}:note`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (): void => {
    const text = form.read('text');
    if (text === '') return noteDone();
    const done = record({ type: 'note.added', data: { text } });
    setWhy(done.ok ? [] : done.why);
    if (!done.ok) return;
    form.clear('text');
    noteDone();
  };
  return (
    <form
      id={NOTE_BOX}
      className="note-box"
      aria-label="Add a note"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <DraftWords draftKey={form.key('text')} label="Add a note" after={<Kbd keys={['F2']} />} />
      <Refused why={why} />
    </form>
  );
}
