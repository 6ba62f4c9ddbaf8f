import { type ChangeEvent, type ClipboardEvent, type ReactNode, useState } from 'react';
import { MAX_DRAFT } from '../../shared/bridge/contract.ts';
import { readTyped, readTypedLine } from '../../shared/typed.ts';
import { useDraft } from './draft.ts';

type Box = HTMLInputElement | HTMLTextAreaElement;

interface Limits {
  /** What an event may carry of it, in UTF-16 units. More is said, and stays where it is. */
  readonly most: number;
  readonly oneLine: boolean;
}

export interface TypedField {
  readonly text: string;
  readonly tooLong: boolean;
  /** What is to be said beside the box; nothing while all is well. */
  readonly said: readonly string[];
  readonly onChange: (event: ChangeEvent<Box>) => void;
  readonly onPaste: (event: ClipboardEvent<Box>) => void;
}

/** A box's text as a draft, with the same rules as any other. */
export function useTypedField(
  options: Limits & { readonly draftKey: string; readonly initial: string },
): TypedField {
  const [text, onText] = useDraft(options.draftKey, options.initial);
  const field = useTypedText({ ...options, text, onText });
  return { ...field, said: [...field.said, ...(text.length > MAX_DRAFT ? [NOT_KEPT] : [])] };
}

/** A box's text, kept by whoever shows it: nothing is ever cut, what nobody can see is taken out and said, and the caret stays. */
export function useTypedText(
  options: Limits & { readonly text: string; readonly onText: (text: string) => void },
): TypedField {
  const { text, onText: setText, most, oneLine } = options;
  const [removed, setRemoved] = useState(false);
  const read = oneLine ? readTypedLine : readTyped;
  const tooLong = text.trim().length > most;
  return {
    text,
    tooLong,
    said: [...(removed && text !== '' ? [REMOVED] : []), ...(tooLong ? [tooLongText(most)] : [])],
    onChange({ target }) {
      const typed = read(target.value);
      if (typed.removed > 0 || typed.text === '') setRemoved(typed.removed > 0);
      if (typed.text !== target.value) {
        const caret = read(target.value.slice(0, target.selectionStart ?? target.value.length)).text.length;
        target.value = typed.text;
        target.setSelectionRange(caret, caret);
      }
      setText(typed.text);
    },
    onPaste(event) {
      if (!oneLine) return;
      // The browser would join the words on either side of a line end.
      const pasted = event.clipboardData.getData('text/plain');
      if (!/[\r\n\u2028\u2029]/u.test(pasted)) return;
      event.preventDefault();
      const box = event.currentTarget;
      box.setRangeText(
        readTypedLine(pasted).text,
        box.selectionStart ?? box.value.length,
        box.selectionEnd ?? box.value.length,
        'end',
      );
      setRemoved(readTypedLine(pasted).removed > 0);
      setText(box.value);
    },
  };
}

const REMOVED =
  'Characters that nobody can see, or that turn the order of letters around, were left out. All words are here.';
const NOT_KEPT =
  'So much text is not kept on this PC while it is typed. It is only in this box until it is shorter.';
const count = (many: number): string => many.toLocaleString('en-GB');
const tooLongText = (most: number): string =>
  `Too long to be kept: at most ${count(most)} characters fit here. Nothing was cut. Shorten it, or move the rest to a note.`;

/** What is wrong with a box, beside it: said once when it begins, with the count standing silent next to it. */
export function FieldNotes(props: {
  readonly id: string;
  readonly field: TypedField;
  readonly most: number;
  readonly fault?: ReactNode;
}) {
  const { id, field, most, fault } = props;
  return (
    <div id={id} className="field-notes">
      <div role="alert">
        {[...(fault === undefined ? [] : [fault]), ...field.said].map((sentence, at) => (
          <p key={`${at}`} className="fault">
            {sentence}
          </p>
        ))}
      </div>
      {field.tooLong ? (
        <p className="small">
          {count(field.text.trim().length)} of {count(most)} characters
        </p>
      ) : null}
    </div>
  );
}
