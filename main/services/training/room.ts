import { type Handlers } from '../../../shared/bridge/server.ts';
import { type BridgeEvents } from '../../../shared/bridge/contract.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type trainingMethods } from '../../../shared/bridge/training.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { refuse } from '../faults.ts';

export type TrainingHandlers = Pick<Handlers, keyof typeof trainingMethods>;
type TrainingEvent = Extract<keyof BridgeEvents, `training.${string}`>;
export type Emit = <E extends TrainingEvent>(name: E, payload: BridgeEvents[E]) => void;

/** A training room beside the desk: what a trainee's window and a trainer's may ask of it. */
export interface TrainingRoom {
  readonly trainee: TrainingHandlers;
  /** With paper and files of its own window, where the host prints. */
  readonly trainer: TrainingHandlers & Partial<Pick<Handlers, 'host.print' | 'host.save'>>;
  /** Events of the desk's journal, once they are on the disk. */
  heard(events: readonly Envelope[]): void;
  /** `toTrainee` and `toTrainer` reach their windows. */
  start(toTrainee: Emit, toTrainer: Emit): void;
  close(): Promise<void>;
}

export const done = (): Result<Record<string, never>, Fault> => ok({});
export const TRAINER_ONLY = refuse('training.trainerOnly', '(whole)', 'belongs to the trainer’s console');
export const TRAINEE_ONLY = refuse('training.traineeOnly', '(whole)', 'belongs to the trainee’s window');

/** The same answers, each once `ready` is there. */
export function afterwards<H extends object>(ready: Promise<void>, handlers: H): H {
  const waiting = Object.entries(handlers).map(([name, answer]) => [
    name,
    async (input: unknown) => {
      await ready;
      return (answer as (input: unknown) => unknown)(input);
    },
  ]);
  return Object.fromEntries(waiting) as H;
}

const NOT_HERE = refuse(
  'training.notHere',
  '(whole)',
  'this desk takes real calls: there is no practice here',
);
const notHere = (): Promise<typeof NOT_HERE> => Promise.resolve(NOT_HERE);

/** The answers of a desk without a training room. */
export const noTraining: TrainingHandlers = {
  'training.library': notHere,
  'training.now': notHere,
  'training.begin': notHere,
  'training.attach': notHere,
  'training.asked': notHere,
  'training.screen': notHere,
  'training.goOn': notHere,
  'training.stop': notHere,
  'training.leave': notHere,
  'training.reflect': notHere,
  'training.attempt': notHere,
  'training.console': notHere,
  'training.act': notHere,
  'training.mark': notHere,
  'training.uncover': notHere,
  'training.cohort': notHere,
  'training.export': notHere,
  'training.import': notHere,
};
