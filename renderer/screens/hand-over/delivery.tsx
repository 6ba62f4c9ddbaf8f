import { useState } from 'react';
import { useDeskValue } from '../../components/desk-context.tsx';
import { type Handover } from '../../../shared/call/facts.ts';
import { refOf } from '../../../shared/call/picture.ts';
import { deliveryWords } from '../wording/delivery.ts';

/** How far a hand-over through the hub got. None of it is "they have the person": that is said beside it, as always. */
export function Delivery({ sent }: { readonly sent: Handover }) {
  const [copied, setCopied] = useState('');
  const told = useDeskValue((from) => from.referrals.of(refOf(sent)));
  const isHere = useDeskValue((from) => from.where(refOf(sent)) !== 'safe');
  const isAway = useDeskValue((from) => from.hub().reach !== 'reachable');
  if (sent.data.receiver === undefined) return null;
  const { say, isTrouble } = deliveryWords({ told, isHere, isAway });
  const link = told?.link ?? null;
  const copy = (): void => {
    if (link === null) return;
    void navigator.clipboard.writeText(link).then(
      () => setCopied('Copied. Send it to that team alone, by the way agreed with them.'),
      () => setCopied('It could not be copied. Select it and copy it by hand.'),
    );
  };
  return (
    <div className="delivery">
      <p className={isTrouble ? 'needed' : 'small'} role="status">
        {say}
      </p>
      {link === null ? null : (
        <div className="row">
          <input className="link-box" readOnly value={link} aria-label="Link to the page of this referral" />
          <button type="button" className="button plain" onClick={copy}>
            Copy the link
          </button>
          <span role="status" className="small">
            {copied}
          </span>
        </div>
      )}
    </div>
  );
}
