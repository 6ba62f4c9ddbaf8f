import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { Kbd } from '../../components/kbd.tsx';
import { Typed } from '../../components/typed.tsx';
import { entryKey, findable, findWords } from '../derive/find.ts';
import { useCall } from './call-context.tsx';

/**
 * Words found in this call, at the head of the right column and never over the question. The entry is read out here, and shown in its
 * place where that is on the screen. Enter goes back in time, Shift+Enter forward, Esc leaves.
 */
export function FindBar(props: {
  /** The entry found, or nothing, for whoever draws the lists. */
  readonly onFound: (key: string | undefined) => void;
  readonly onClose: () => void;
}) {
  const { onFound, onClose } = props;
  const { picture, content } = useCall();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  // Nothing is read before something is typed: the bar is there with the key.
  const isAsked = typed.trim() !== '';
  const all = useMemo(() => (isAsked ? findable(picture, content) : []), [isAsked, picture, content]);
  const hits = useMemo(() => findWords(all, typed), [all, typed]);
  const hit = hits[Math.min(at, hits.length - 1)];
  const key = hit === undefined ? undefined : entryKey(hit.entry);
  useEffect(() => onFound(key), [key, onFound]);
  useEffect(() => () => onFound(undefined), [onFound]);
  const move = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (hits.length > 0)
      setAt((Math.min(at, hits.length - 1) + (event.shiftKey ? -1 : 1) + hits.length) % hits.length);
  };
  const count = hit === undefined ? 'Nothing found' : `${hits.indexOf(hit) + 1} of ${hits.length}`;
  return (
    <div className="find-bar" role="search" aria-label="Find in this call">
      <div className="find-line">
        <label className="unseen" htmlFor={id}>
          Find in this call
        </label>
        <input
          id={id}
          type="text"
          dir="auto"
          autoComplete="off"
          placeholder="Find in this call"
          autoFocus
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={move}
        />
        <button type="button" className="button plain" onClick={onClose}>
          <Kbd keys={['Esc']} /> Close find
        </button>
      </div>
      <div role="status" className="find-hit">
        {!isAsked ? (
          <span className="small">Words of notes, answers, the caller and the plan. Newest first.</span>
        ) : (
          <>
            <b>{count}</b>
            {hit === undefined ? null : (
              <>
                <span className="small"> {hit.entry.what}</span>
                {hit.struck === undefined ? (
                  <p>
                    <Typed text={hit.entry.says} />
                  </p>
                ) : (
                  <p>
                    <s>
                      <Typed text={hit.entry.says} />
                    </s>{' '}
                    <span className="small">{hit.struck}</span>
                  </p>
                )}
              </>
            )}
          </>
        )}
      </div>
      <p className="small find-keys" aria-hidden="true">
        <Kbd keys={['Enter']} /> older <Kbd keys={['Shift', 'Enter']} /> newer
      </p>
    </div>
  );
}
