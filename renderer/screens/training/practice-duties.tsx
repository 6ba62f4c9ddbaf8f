import { type CallView } from '../../call/desk.ts';
import { useDeskValue } from '../../components/desk-context.tsx';
import { PracticeDock } from './practice-dock.tsx';
import { useOrders } from './use-orders.ts';
import { useScreenReport } from './use-screen-report.ts';
import { WellBeing } from './well-being.tsx';

/** What the trainee's window does beside the call: shows what is said, takes orders, tells the trainer what it shows. */
export function PracticeDuties(props: {
  /** The call on screen, when one is. */
  readonly call: CallView | undefined;
  readonly onOpen: (call: CallView['id']) => void;
  readonly onRoom: () => void;
}) {
  const practice = useDeskValue((desk) => desk.training.practice());
  useOrders(props.onOpen);
  useScreenReport(props.call);
  if (practice?.status === 'stopped') return <WellBeing practice={practice} onRoom={props.onRoom} />;
  if (practice === undefined || props.call === undefined) return null;
  return <PracticeDock practice={practice} call={props.call} />;
}
