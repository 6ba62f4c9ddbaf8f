import { useKeyMap } from '../../keys/key-context.ts';
import { memo } from 'react';
import { stageTitles } from '../../../shared/exports/words.ts';
import { type StageMark, stageMarks } from '../derive/guide.ts';
import { AlsoOpen } from './also-open.tsx';
import { type CallScope, useCall } from './call-context.tsx';
import { NotKept } from './not-kept.tsx';
import { StillUnknown } from './still-unknown.tsx';

/** The left column: where the conversation is, what was begun and what is still unknown, what else is open. */
export function Guide() {
  const { picture, content, stage, goStage } = useCall();
  return (
    <nav className="guide" aria-label="Guide">
      <Stages marks={stageMarks(picture, content)} stage={stage} goStage={goStage} />
      <NotKept />
      <StillUnknown />
      <AlsoOpen />
      <p className="guide-foot small">
        {content.manifest.status === 'demonstration' ? content.manifest.notice : ''}
      </p>
    </nav>
  );
}

const Stages = memo(function Stages(props: {
  readonly marks: readonly StageMark[];
  readonly stage: CallScope['stage'];
  readonly goStage: CallScope['goStage'];
}) {
  const keys = useKeyMap();
  return (
    <ol className="stages">
      {props.marks.map((mark) => {
        const here = mark.stage === props.stage;
        return (
          <li key={mark.stage}>
            <button
              type="button"
              className={here ? 'stage here' : 'stage'}
              aria-current={here ? 'step' : undefined}
              aria-keyshortcuts={keys.shortcut(`stage.${mark.stage}`)}
              disabled={props.stage === 'closed'}
              onClick={() => props.goStage(mark.stage)}
            >
              <span className="mark" aria-hidden="true">
                {here ? '●' : mark.done ? '✓' : '○'}
              </span>
              <span className="stage-title">{stageTitles[mark.stage]}</span>
              <span className="small">
                {mark.note}
                {mark.done && !here ? <span className="unseen"> done</span> : null}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
});
