import { useState } from 'react';
import { type Session } from '../../../shared/bridge/session.ts';
import { type SignInDoor } from '../../call/session-line.ts';
import { Refused } from '../../components/refused.tsx';
import { doorFault } from './door-words.ts';

/** The link takes the place of the button that had the focus. */
const focusIt = (link: HTMLAnchorElement | null): void => link?.focus();

const TITLES = { signIn: 'Sign in', unlock: 'Unlock', stepUp: 'Confirm that it is you' } as const;

/**
 * Signing in at the issuer, in the system's browser or, where this window is in one, in another tab. The page is opened
 * by a click of the person's own, so that no browser takes it for a pop-up.
 */
export function IssuerDoor(props: {
  readonly door: SignInDoor;
  readonly purpose: keyof typeof TITLES;
  readonly issuer: string | undefined;
  readonly onIn: (session: Session) => void;
}) {
  const { door, purpose, issuer, onIn } = props;
  const [state, setState] = useState<'ready' | 'asking' | 'waiting'>('ready');
  const [address, setAddress] = useState<string | undefined>();
  const [why, setWhy] = useState<readonly string[]>([]);
  const begin = async (): Promise<void> => {
    setState('asking');
    setWhy([]);
    const begun = await door.begin(purpose);
    if (!begun.ok) {
      setState('ready');
      return setWhy([doorFault(begun.error)]);
    }
    setAddress(begun.value.address);
    setState('waiting');
    const finished = await door.finish();
    setAddress(undefined);
    setState('ready');
    if (finished.ok) onIn(finished.value);
    else setWhy([doorFault(finished.error)]);
  };
  return (
    <section className="issuer-door" aria-label={TITLES[purpose]}>
      {address === undefined ? (
        <button
          type="button"
          className="button primary"
          autoFocus
          disabled={state !== 'ready'}
          onClick={() => void begin()}
        >
          {state === 'ready' ? `${TITLES[purpose]} with ${issuer ?? 'the identity provider'}` : 'Waiting …'}
        </button>
      ) : (
        <a ref={focusIt} className="button primary" href={address} target="_blank" rel="noopener noreferrer">
          Open the sign-in page
        </a>
      )}
      <p role="status">
        {state === 'waiting' ? 'Go on in the browser; this page follows by itself once you are back.' : ''}
      </p>
      <Refused why={why} />
    </section>
  );
}
