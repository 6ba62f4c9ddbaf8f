import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { useDeskValue } from './desk-context.tsx';
import { MAX_SHORT_TEXT, MAX_WORDS } from '../../shared/events/vocabulary.ts';
import { useDraft } from './draft.ts';
import { type RadioOption, SmallRadios } from './radios.tsx';
import { FieldNotes, useTypedField } from './typed-field.tsx';

interface TextProps {
  /** The draft's key: stable, so that a crash brings the text back into this very field. */
  readonly draftKey: string;
  readonly label: string;
  readonly hint?: string;
  readonly initial?: string;
  readonly fault?: string | undefined;
  /** What its event may carry, in UTF-16 units. */
  readonly most?: number;
  readonly className?: string;
}

interface LineProps extends TextProps {
  readonly inputMode?: 'text' | 'numeric' | 'tel';
  /** How what stands there is read; quiet, and never an error. */
  readonly reading?: string | undefined;
  readonly onDone?: () => void;
}

/** One line of text, kept as a draft with every key press. */
export function DraftInput(props: LineProps) {
  const { draftKey, label, hint, initial = '', fault, inputMode, className, reading } = props;
  const { most = MAX_SHORT_TEXT } = props;
  const id = useId();
  const field = useTypedField({ draftKey, initial, most, oneLine: true });
  const isWrong = fault !== undefined || field.tooLong;
  return (
    <div className={`field ${className ?? ''}`}>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        dir="auto"
        autoComplete="off"
        inputMode={inputMode}
        value={field.text}
        aria-invalid={isWrong ? true : undefined}
        aria-describedby={`${hint === undefined ? '' : `${id}h `}${id}f`}
        onChange={field.onChange}
        onPaste={field.onPaste}
        onBlur={props.onDone}
        onKeyDown={(event) => (event.key === 'Enter' ? props.onDone?.() : undefined)}
      />
      {hint === undefined ? null : (
        <span className="hint" id={`${id}h`}>
          {hint}
          {reading === undefined ? null : <b> · {reading}</b>}
        </span>
      )}
      <FieldNotes id={`${id}f`} field={field} most={most} fault={fault} />
    </div>
  );
}

interface WordsProps extends TextProps {
  readonly rows?: number;
  readonly large?: boolean;
  readonly after?: ReactNode;
}

/**
 * A box for words. Enter keeps (it sends the form), so that the hands stay on the keyboard; its state line says
 * whether what stands there is on the disk already.
 */
export function DraftWords(props: WordsProps) {
  const { draftKey, label, hint, initial = '', rows = 1, large = false, after, className } = props;
  const { most = MAX_WORDS, fault } = props;
  const id = useId();
  const field = useTypedField({ draftKey, initial, most, oneLine: false });
  return (
    <div className={`words-box ${large ? 'large' : ''} ${className ?? ''}`}>
      <div className="words-head">
        <label className="label" htmlFor={id}>
          {label}
        </label>
        {after}
        <DraftState draftKey={draftKey} />
      </div>
      {hint === undefined ? null : (
        <span className="hint" id={`${id}h`}>
          {hint}
        </span>
      )}
      <textarea
        id={id}
        dir="auto"
        rows={rows}
        value={field.text}
        autoComplete="off"
        aria-invalid={field.tooLong || fault !== undefined ? true : undefined}
        aria-describedby={`${hint === undefined ? '' : `${id}h `}${id}f`}
        onChange={field.onChange}
        onKeyDown={sendOnEnter}
      />
      <FieldNotes id={`${id}f`} field={field} most={most} fault={fault} />
    </div>
  );
}

/** Enter sends the form around a text box. Shift+Enter is left to the screen; Alt+Enter and input methods type. */
export function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

function DraftState({ draftKey }: { readonly draftKey: string }) {
  const state = useDeskValue((desk) => {
    if (desk.draft(draftKey) === undefined) return '';
    return desk.facts().typing ? 'typing' : 'typed, kept on this PC';
  });
  return <span className="draft-state">{state}</span>;
}

/** A choice kept as a draft: it is half of an answer until the form is kept. */
export function DraftRadios(props: {
  readonly draftKey: string;
  readonly label: string;
  readonly options: readonly RadioOption[];
  readonly initial?: string;
  readonly describedBy?: string;
}) {
  const [value, setValue] = useDraft(props.draftKey, props.initial ?? '');
  const singleKeys = useDeskValue((desk) => desk.settings().singleKeyAnswers);
  const { label, options, describedBy } = props;
  return (
    <SmallRadios
      label={label}
      options={options}
      value={value}
      onChange={setValue}
      singleKeys={singleKeys}
      describedBy={describedBy}
    />
  );
}
