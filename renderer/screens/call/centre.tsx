import { assertNever } from '../../../shared/result.ts';
import { AgreeStage } from '../agree/agree-stage.tsx';
import { ClosedPage } from '../close/closed-page.tsx';
import { CloseStage } from '../close/close-stage.tsx';
import { HandOverStage } from '../hand-over/hand-over-stage.tsx';
import { OptionsStage } from '../options/options-stage.tsx';
import { ConsultPanel } from '../panels/consult-panel.tsx';
import { DroppedPanel } from '../panels/dropped-panel.tsx';
import { SafeguardingPanel } from '../panels/safeguarding-panel.tsx';
import { TalkPanel } from '../panels/talk-panel.tsx';
import { QuestionStage } from '../question/question-stage.tsx';
import { useCall } from './call-context.tsx';
import { PaperBar } from './paper-bar.tsx';

interface Props {
  /** One quiet sentence about what just happened, or did not. */
  readonly said: string;
  readonly onStart: () => void;
  readonly onPause: () => void;
  readonly onEmergency: () => void;
}

/** The middle: the question or page in hand, or what was opened beside it. */
export function Centre(props: Props) {
  const { view } = useCall();
  return (
    <main className="centre">
      <p role="status" className={props.said === '' ? undefined : 'said'}>
        {props.said}
      </p>
      {view.readOnly === undefined ? null : <p className="needed">{view.readOnly}</p>}
      <PaperBar />
      <InHand {...props} />
    </main>
  );
}

function InHand({ onStart, onPause, onEmergency }: Props) {
  const { panel, stage } = useCall();
  if (panel === 'consult') return <ConsultPanel />;
  if (panel === 'dropped') return <DroppedPanel />;
  if (panel === 'safeguarding') return <SafeguardingPanel />;
  if (panel === 'talk') return <TalkPanel />;
  switch (stage) {
    case 'closed':
      return <ClosedPage onStart={onStart} onPause={onPause} />;
    case 'options':
      return <OptionsStage onEmergency={onEmergency} />;
    case 'agree':
      return <AgreeStage />;
    case 'handOver':
      return <HandOverStage />;
    case 'close':
      return <CloseStage />;
    case 'offered':
      return <p>This call has not been answered at this desk.</p>;
    case 'opening':
    case 'safetyCheck':
    case 'needs':
      return <QuestionStage stage={stage} />;
    default:
      return assertNever(stage);
  }
}
