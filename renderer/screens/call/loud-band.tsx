import { Elapsed } from '../../components/clock.tsx';
import { useDesk } from '../../components/desk-context.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { mannerNow } from '../../../shared/call/facts.ts';
import { type Loud } from '../derive/loud.ts';
import { ringBack } from '../derive/talk.ts';
import { emergencyWords } from '../wording/emergency-words.ts';
import { useCall } from './call-context.tsx';

const GO = {
  emergency: { keys: ['F9'], words: 'Emergency screen' },
  dropped: { keys: ['F8'], words: 'Ring back' },
  stopped: { keys: ['F8'], words: 'Say so' },
  contact: { keys: ['F9'], words: 'Emergency screen' },
  handover: { keys: ['Alt', '6'], words: 'Hand over' },
  declined: { keys: ['Alt', '6'], words: 'Hand over' },
} as const;

/** Where each is dealt with. */
const PANEL = {
  emergency: 'emergency',
  contact: 'emergency',
  dropped: 'dropped',
  stopped: 'dropped',
} as const;

/** To the form that opens a closed call again; its reason is what has to be written. */
function takeUpAgain(): void {
  const form = document.querySelector('#reopen');
  form?.scrollIntoView({ block: 'center' });
  form?.querySelector('textarea')?.focus();
}

/** One loud thing at a time, and never over the call. An outage is said in the bottom line instead. */
export function LoudBand({ loud }: { readonly loud: Loud | undefined }) {
  const { open, goStage, person, picture, stage } = useCall();
  const { sayIt } = emergencyWords(useDesk().host.profile);
  if (loud === undefined || loud.kind === 'outage') return null;
  const { kind } = loud;
  const decides = kind === 'dropped' && !ringBack(person, mannerNow(picture).manner).ring;
  return (
    <section className={`loud loud-${kind}`} aria-label={`Alert: ${loud.title}`}>
      <b>{loud.title}</b>
      <b className="loud-clock">
        <Elapsed since={loud.since} />
      </b>
      <span className="loud-sentence">
        {loud.sentence}
        {sayIt === undefined || kind === 'emergency' || kind === 'contact' ? null : (
          <span className="small"> {sayIt}</span>
        )}
      </span>
      <button
        type="button"
        className="button plain"
        onClick={() => {
          if (stage === 'closed') takeUpAgain();
          else if (kind === 'handover' || kind === 'declined') goStage('handOver');
          else open(PANEL[kind]);
        }}
      >
        {stage === 'closed' ? (
          'Take it up again'
        ) : (
          <>
            <Kbd keys={GO[kind].keys} /> {decides ? 'Decide' : GO[kind].words}
          </>
        )}
      </button>
    </section>
  );
}
