import { type Input, type Output } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Practice, type trainingMethods, type TrainingOrder } from '../../shared/bridge/training.ts';
import { type Result } from '../../shared/result.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';

export type TrainingMethod = keyof typeof trainingMethods;

/** The training room as a trainee's window knows it. On a desk that takes real calls there is none: every answer is a Fault. */
export interface TrainingLine {
  /** The practice that goes on, as it was last heard of. */
  practice(): Practice | undefined;
  ask<M extends TrainingMethod>(method: M, input: Input<M>): Promise<Result<Output<M>, Fault>>;
  /** Asks how the practice stands, for the first picture, and from then on after every lost connection. */
  look(): Promise<void>;
  onOrder(listener: (order: TrainingOrder) => void): () => void;
}

export function createTrainingLine(bridge: Bridge, changed: () => void): TrainingLine {
  let practice: Practice | undefined;
  const set = (next: Practice | undefined): void => {
    practice = next;
    changed();
  };
  bridge.on('training.changed', (now) => set(now.practice));
  const ask = async (): Promise<void> => {
    const answer = await bridge.call('training.now', {});
    if (answer.ok) set(answer.value.practice);
  };
  let isWatching = false;
  return {
    practice: () => practice,
    ask: (method, input) => bridge.call(method, input),
    async look() {
      await ask();
      // The program behind the window may have come back with a practice that it took up again.
      if (!isWatching) bridge.onOpen(() => void ask());
      isWatching = true;
    },
    onOrder: (listener) => bridge.on('training.order', listener),
  };
}
