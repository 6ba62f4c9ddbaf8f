import { useEffect, useRef } from 'react';
import { type CallView, type RunningDesk } from '../../call/desk.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { branchCall } from './branch-call.ts';

/** What the trainer, or the script, does to this window. */
export function useOrders(onOpen: (call: CallView['id']) => void): void {
  const desk = useDesk();
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  });
  useEffect(
    () =>
      desk.training.onOrder((order) => {
        // As a crash: nothing is sent or saved first, and the window comes back by itself.
        if (order.kind === 'crash') location.reload();
        else void takeBack(desk, order.call, order.events, (call) => open.current(call));
      }),
    [desk],
  );
}

async function takeBack(
  desk: RunningDesk,
  from: CallView['id'],
  events: number,
  open: (call: CallView['id']) => void,
): Promise<void> {
  const old = desk.call(from);
  if (old === undefined) return;
  const { call, lastSeq } = branchCall(desk, old, events);
  await desk.training.ask('training.attach', { call, repeatedUpTo: lastSeq });
  open(call);
}
