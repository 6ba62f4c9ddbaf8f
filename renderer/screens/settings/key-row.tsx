import { type FormEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { KeyCaps } from '../../components/kbd.tsx';
import { Refused } from '../../components/refused.tsx';
import { readKeys } from './own-keys.ts';

interface Props {
  readonly does: string;
  readonly keys: readonly string[];
  readonly isOwn: boolean;
  readonly fixed: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (open: boolean) => void;
  /** Answers why the keys cannot be taken; nothing when they were. */
  readonly onChange: (keys: readonly string[] | undefined) => readonly string[];
}

/** One command and its keys; changing them opens a box in its place. */
export function KeyRow({ does, keys, isOwn, fixed, isOpen, onOpen, onChange }: Props) {
  const id = useId();
  const [why, setWhy] = useState<readonly string[]>([]);
  const box = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // The hands go into the box when it opens, and back to the button when it closes.
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    if (isOpen) box.current?.select();
    else if (wasOpen.current) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const done = (next: readonly string[] | undefined): void => {
    const refused = onChange(next);
    setWhy(refused);
    if (refused.length > 0) return box.current?.focus();
    onOpen(false);
  };
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    done(readKeys(box.current?.value ?? ''));
  };
  return (
    <li className="key-setting">
      <span id={id}>{does}</span>
      <span className="key-now">
        {keys.length === 0 ? <span className="small">Switched off</span> : null}
        {keys.map((key) => (
          <span key={key}>
            <KeyCaps keys={key.split('+')} />
            <span className="unseen">{key}</span>
          </span>
        ))}
        {isOwn ? null : <span className="small">changed here</span>}
      </span>
      {fixed ? (
        <span className="small">stays as it is</span>
      ) : isOpen ? null : (
        <button
          ref={button}
          type="button"
          className="link"
          aria-label={`Change the key: ${does}`}
          onClick={() => {
            setWhy([]);
            onOpen(true);
          }}
        >
          Change
        </button>
      )}
      {isOpen ? (
        <form className="key-form" aria-labelledby={id} onSubmit={keep}>
          <div className="row wrap">
            <input
              ref={box}
              type="text"
              autoComplete="off"
              spellCheck={false}
              aria-label={`Keys: ${does}`}
              aria-invalid={why.length > 0 ? true : undefined}
              defaultValue={keys.join(', ')}
            />
            <button type="submit" className="button">
              Keep
            </button>
            {isOwn ? null : (
              <button type="button" className="button plain" onClick={() => done(undefined)}>
                Lantern’s own
              </button>
            )}
          </div>
          <Refused why={why} />
        </form>
      ) : null}
    </li>
  );
}
