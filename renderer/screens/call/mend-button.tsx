import { Kbd } from '../../components/kbd.tsx';
import { stageTitles } from '../../../shared/exports/words.ts';
import { keysOf } from '../../keys/key-map.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type Mend } from '../derive/endings.ts';
import { useCall } from './call-context.tsx';

const PANELS = {
  emergency: 'Emergency',
  consult: 'Consult',
  dropped: 'Dropped call',
  safeguarding: 'Safeguarding',
} as const;
const HERE = {
  sayBack: 'What they said back',
  outcome: 'The outcome',
  plan: 'The plan',
  decision: 'Who decides what happens now',
  task: 'A task with an owner',
} as const;

/** The way to where something can be put right, with its key. */
export function MendButton({ mend }: { readonly mend: Mend | undefined }) {
  const { mend: go, content } = useCall();
  if (mend === undefined) return null;
  const { words, keys } = wayTo(mend, content);
  return (
    <button type="button" className="link" onClick={() => go(mend)}>
      {words}
      {keys.length === 0 ? null : (
        <>
          {' '}
          <Kbd keys={keys} />
        </>
      )}
    </button>
  );
}

function wayTo(mend: Mend, content: Content): { readonly words: string; readonly keys: readonly string[] } {
  if (mend.to === 'panel') return { words: PANELS[mend.panel], keys: keysOf(mend.panel) };
  if (mend.to === 'stage') return { words: stageTitles[mend.stage], keys: keysOf(`stage.${mend.stage}`) };
  if (mend.to === 'question')
    return {
      words: `Ask: ${content.question(mend.question)?.short.toLowerCase() ?? mend.question}`,
      keys: [],
    };
  return { words: HERE[mend.field], keys: [] };
}
