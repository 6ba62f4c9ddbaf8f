import { type AttemptRow } from '../../../shared/bridge/training.ts';
import { ok } from '../../../shared/result.ts';
import { type Clock } from '../../../shared/time.ts';
import { type Attempt } from '../../../shared/training/attempt/attempt.ts';
import {
  addMarking,
  asShown,
  isCovered,
  reflect,
  uncover,
} from '../../../shared/training/attempt/marking.ts';
import { refuse } from '../faults.ts';
import { type AttemptStore, type KeptAttempt } from './attempt-store.ts';
import { done, type TrainingHandlers } from './room.ts';

const NO_ATTEMPT = refuse('training.noAttempt', 'attempt', 'is not kept on this PC');

/** What people say of an attempt afterwards: the learner first, then one marker and another who has not seen the first. */
export function paperwork(options: {
  readonly store: AttemptStore;
  readonly clock: Clock;
  /** Told of every change, so that a practice still in hand has it too. */
  readonly update: (
    id: string,
    change: Partial<Pick<Attempt, 'reflection' | 'markings' | 'uncovered'>>,
  ) => void;
}): {
  reflect: TrainingHandlers['training.reflect'];
  mark: TrainingHandlers['training.mark'];
  uncover: TrainingHandlers['training.uncover'];
  cohort: TrainingHandlers['training.cohort'];
} {
  const { store, clock, update } = options;
  const keep = (kept: KeptAttempt): void => {
    store.keep(kept);
    const { id, reflection, markings, uncovered } = kept.attempt;
    update(id, {
      markings,
      ...(reflection === undefined ? {} : { reflection }),
      ...(uncovered === undefined ? {} : { uncovered }),
    });
  };
  return {
    async reflect({ attempt: id, ...said }) {
      const kept = await store.get(id);
      if (kept === undefined) return NO_ATTEMPT;
      const next = reflect(kept.attempt, { at: clock.now(), ...said });
      if (!next.ok) return next;
      keep({ ...kept, attempt: next.value });
      return done();
    },
    async mark({ attempt: id, ...said }) {
      const kept = await store.get(id);
      if (kept === undefined) return NO_ATTEMPT;
      const next = addMarking(kept.attempt, { at: clock.now(), ...said });
      if (!next.ok) return next;
      keep({ ...kept, attempt: next.value });
      return done();
    },
    async uncover({ attempt: id, by }) {
      const kept = await store.get(id);
      if (kept === undefined) return NO_ATTEMPT;
      const next = uncover(kept.attempt, { at: clock.now(), by });
      if (!next.ok) return next;
      keep({ ...kept, attempt: next.value });
      return done();
    },
    async cohort() {
      const all = (await store.all()).map(({ attempt }) => attempt);
      const spoken = all.filter(({ reflection }) => reflection !== undefined);
      return ok({ attempts: spoken.map(asShown), covered: spoken.filter(isCovered).map(({ id }) => id) });
    },
  };
}

/** An attempt as a line of a list. `running` is the one in hand. */
export function rowOf({ attempt, brought }: KeptAttempt, running: string | undefined): AttemptRow {
  const isStopped = attempt.run.some(({ kind }) => kind === 'stopped');
  const isClosed = attempt.events.some(({ type }) => type === 'call.closed');
  return {
    id: attempt.id,
    title: attempt.script.title,
    script: attempt.script.id,
    trainee: attempt.trainee,
    mode: attempt.mode,
    startedAt: attempt.startedAt,
    state: isStopped ? 'stopped' : isClosed ? 'ended' : running === attempt.id ? 'running' : 'brokenOff',
    reflected: attempt.reflection !== undefined,
    markings: attempt.markings.length,
    brought,
  };
}
