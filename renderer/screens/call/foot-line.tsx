import { Elapsed } from '../../components/clock.tsx';
import { useDeskValue } from '../../components/desk-context.tsx';
import { useDeskWays } from '../../components/desk-ways.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useKeyMap } from '../../keys/key-context.ts';
import { conversationOf } from '../../../shared/call/replay.ts';
import { type Loud } from '../derive/loud.ts';
import { standsWithHub } from '../enrol/enrol-words.ts';
import { useCall } from './call-context.tsx';

const HINTS: Readonly<Record<string, readonly (readonly [readonly string[], string])[]>> = {
  question: [
    [['Enter'], 'keep and next'],
    [['Shift', 'Enter'], 'previous'],
  ],
  options: [
    [['1', '–', '0'], 'talk it through'],
    [['Enter'], 'they choose this'],
  ],
};
const ALWAYS: readonly (readonly [readonly string[], string])[] = [
  [['F2'], 'note'],
  [['Ctrl', 'K'], 'anything'],
  [['?'], 'keys'],
];

/** The bottom line: the keys of this place. An outage takes the same line, so that nothing moves when it comes. */
export function FootLine({ loud }: { readonly loud: Loud | undefined }) {
  const { stage, panel, view } = useCall();
  const inForce = useKeyMap();
  const others = useDeskValue(
    (desk) =>
      desk.calls().filter((call) => call.id !== view.id && conversationOf(call.snapshot) !== 'closed').length,
  );
  const refusal = useDeskValue((desk) => desk.refusal());
  const { enrol } = useDeskWays();
  if (loud?.kind === 'outage') {
    return (
      <footer className="foot foot-outage">
        <b>{loud.title}</b>
        <b className="loud-clock">
          <Elapsed since={loud.since} />
        </b>
        <span>{loud.sentence}</span>
        <span className="hint-key">
          <Kbd keys={['F10']} />
          <span className="unseen">{inForce.of('outage').join(' ')}</span> what is held here
        </span>
      </footer>
    );
  }
  if (refusal !== undefined) {
    return (
      <footer className="foot foot-outage">
        <b>{standsWithHub(refusal)}</b>
        <span>Carry on: every word is kept on this PC and sent once this is mended.</span>
        <button type="button" className="link" onClick={enrol}>
          Enter an enrolment code
        </button>
      </footer>
    );
  }
  const place = panel === 'none' && ['opening', 'safetyCheck', 'needs'].includes(stage) ? 'question' : stage;
  return (
    <footer className="foot">
      {[...(panel === 'none' ? (HINTS[place] ?? []) : []), ...ALWAYS].map(([keys, does]) => (
        <span key={does} className="hint-key">
          <Kbd keys={keys} />
          <span className="unseen">{inForce.now(keys).join(' ')}</span> {does}
        </span>
      ))}
      {others === 0 ? null : (
        <b className="hint-key">
          {others === 1 ? '1 other call is open' : `${others} other calls are open`}{' '}
          <Kbd keys={['Alt', '0']} />
        </b>
      )}
    </footer>
  );
}
