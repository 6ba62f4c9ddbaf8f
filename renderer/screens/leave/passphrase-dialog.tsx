import { type FormEvent, useId, useRef, useState } from 'react';
import { MIN_OFFLINE_PASSPHRASE } from '../../../shared/bridge/session.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { Modal } from '../../components/modal.tsx';
import { Refused } from '../../components/refused.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { doorFault } from './door-words.ts';

/** Choosing the passphrase for coming in at this desk while the identity provider cannot be reached. */
export function PassphraseDialog({ onClose }: { readonly onClose: () => void }) {
  const desk = useDesk();
  const [state, setState] = useState<'ready' | 'asking' | 'kept'>('ready');
  const [why, setWhy] = useState<readonly string[]>([]);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const id = useId();
  // Over a call the emergency belongs to what lies beneath; this question only makes way.
  useKeys({ emergency: onClose, back: onClose });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const chosen = first.current?.value ?? '';
    if (chosen.length < MIN_OFFLINE_PASSPHRASE)
      return setWhy([`Use ${MIN_OFFLINE_PASSPHRASE} characters or more: three words will do.`]);
    if (chosen !== second.current?.value) return setWhy(['The two are not the same.']);
    setState('asking');
    const answer = await desk.sessionLine.keepOffline(chosen);
    setState(answer.ok ? 'kept' : 'ready');
    setWhy(answer.ok ? [] : [doorFault(answer.error)]);
  };
  return (
    <Modal label="A passphrase for this desk" className="leave" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <h1>A passphrase for this desk</h1>
        <p>
          With it you can sign in and unlock here when the identity provider cannot be reached. It works at
          this desk alone, for as long as your organisation allows.
        </p>
        {state === 'kept' ? (
          <p role="status">
            <b>Kept.</b> It is asked for only where the identity provider is away.
          </p>
        ) : (
          <>
            <div className="field">
              <label className="label" htmlFor={`${id}a`}>
                Passphrase
              </label>
              <input ref={first} id={`${id}a`} type="password" autoComplete="new-password" autoFocus />
            </div>
            <div className="field">
              <label className="label" htmlFor={`${id}b`}>
                The same again
              </label>
              <input ref={second} id={`${id}b`} type="password" autoComplete="new-password" />
            </div>
          </>
        )}
        <Refused why={why} />
        <div className="dialog-buttons">
          {state === 'kept' ? null : (
            <button type="submit" className="button primary" disabled={state === 'asking'}>
              Keep it
            </button>
          )}
          <button type="button" className="button" onClick={onClose}>
            {state === 'kept' ? 'Close' : 'Not now'}
          </button>
        </div>
      </form>
    </Modal>
  );
}
