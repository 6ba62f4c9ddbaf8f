import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { useDeskValue } from './desk-context.tsx';
import { useDraft } from './draft.ts';
import { type RadioOption, SmallRadios } from './radios.tsx';

interface TextProps {
  /** The draft's key: stable, so that a crash brings the text back into this very field. */
  readonly draftKey: string;
  readonly label: string;
  readonly hint?: string;
  readonly initial?: string;
  readonly fault?: string | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'tel';
  readonly className?: string;
}

/** One line of text, kept as a draft with every key press. */
export function DraftInput({ draftKey, label, hint, initial = '', fault, inputMode, className }: TextProps) {
  const id = useId();
  const [text, setText] = useDraft(draftKey, initial);
  const described = [
    ...(hint === undefined ? [] : [`${id}h`]),
    ...(fault === undefined ? [] : [`${id}f`]),
  ].join(' ');
  return (
    <div className={`field ${className ?? ''}`}>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        inputMode={inputMode}
        value={text}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={described === '' ? undefined : described}
        onChange={(event) => setText(event.target.value)}
      />
      {hint === undefined ? null : (
        <span className="hint" id={`${id}h`}>
          {hint}
        </span>
      )}
      {fault === undefined ? null : (
        <span className="fault" id={`${id}f`} role="alert">
          {fault}
        </span>
      )}
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
export function DraftWords({
  draftKey,
  label,
  hint,
  initial = '',
  rows = 1,
  large = false,
  after,
  className,
}: WordsProps) {
  const id = useId();
  const [text, setText] = useDraft(draftKey, initial);
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
        rows={rows}
        value={text}
        maxLength={8000}
        autoComplete="off"
        aria-describedby={hint === undefined ? undefined : `${id}h`}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={sendOnEnter}
      />
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
