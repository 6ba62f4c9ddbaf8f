import {
  type ConsoleView,
  type Practice,
  type TraineeScreen,
  type TrainerAct,
} from '../../../shared/bridge/training.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type Digest, type IdSource, uuid } from '../../../shared/ids.ts';
import { assertNever, ok } from '../../../shared/result.ts';
import { type Clock, type Timers, type UtcMs } from '../../../shared/time.ts';
import { beginAttempt } from '../../../shared/training/attempt/begin.ts';
import { asShown, isCovered } from '../../../shared/training/attempt/marking.ts';
import { type RunEntry } from '../../../shared/training/caller/entries.ts';
import { refusalOf } from '../../../shared/training/caller/refusal.ts';
import { type CallerInput, startCaller } from '../../../shared/training/caller/state.ts';
import { type Printing } from '../../ports/printing.ts';
import { refuse } from '../faults.ts';
import { printHandlers } from '../print-handlers.ts';
import { type AttemptStore } from './attempt-store.ts';
import { type Conductor, conduct } from './conductor.ts';
import { type Library } from './library.ts';
import { type PracticeDirectory } from './practice-directory.ts';
import { type PracticeHub } from './practice-hub.ts';
import { paperwork, rowOf } from './paperwork.ts';
import {
  type Emit,
  done,
  TRAINEE_ONLY,
  TRAINER_ONLY,
  type TrainingHandlers,
  type TrainingRoom,
} from './room.ts';
import { practiceOf, type Running } from './running.ts';

export interface RoomOptions {
  readonly library: Library;
  readonly store: AttemptStore;
  readonly hub: PracticeHub;
  readonly directory: PracticeDirectory;
  readonly content: Content;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: IdSource;
  readonly digest: Digest;
  /** In [0, 2³²). */
  readonly seed: () => number;
  /** Of the trainer's window, where its host prints. */
  readonly printing?: Printing;
  readonly papers: Pick<TrainingHandlers, 'training.export' | 'training.import'>;
}

const NONE = refuse('training.none', '(whole)', 'no practice is going on');
const BUSY = refuse('training.busy', '(whole)', 'a practice is going on: stop it or leave it first');
const GONE_MS = 4_000;

/** The training room of one practice desk: one trainee, one trainer, one practice at a time. */
export function openRoom(options: RoomOptions): TrainingRoom {
  const { library, store, hub, directory, clock, timers } = options;
  let conductor: Conductor | undefined;
  let screen: { readonly at: UtcMs; readonly shows: TraineeScreen } | undefined;
  let toTrainee: Emit = () => undefined;
  let toTrainer: Emit = () => undefined;

  const practiceNow = (): { practice?: Practice } =>
    conductor === undefined ? {} : { practice: practiceOf(conductor.now(), clock.now()) };
  const viewNow = (): { view?: ConsoleView } =>
    conductor === undefined ? {} : { view: viewOf(conductor.now()) };
  function viewOf(running: Running): ConsoleView {
    const { attempt, caller } = running;
    const came = Object.keys(caller.seen).flatMap((key) => /^(?:said|happened):(.+)$/.exec(key)?.[1] ?? []);
    return {
      practice: practiceOf(running, clock.now()),
      script: attempt.script,
      run: [...attempt.run],
      done: came,
      checkpoints: caller.checkpoints.map(({ id, title, callMs }) => ({
        id,
        title,
        callMs: Math.round(callMs),
      })),
      line: hub.line(),
      ...(screen === undefined ? {} : { screen: screen.shows }),
      isWatching: screen !== undefined && clock.now() - screen.at < 60_000 + GONE_MS,
    };
  }
  function tell(): void {
    toTrainee('training.changed', practiceNow());
    toTrainer('training.console', viewNow());
  }
  function keep({ attempt }: Running): void {
    // Before the answer there is no call, and nothing to keep.
    const { call } = attempt;
    if (call !== undefined) store.keep({ attempt: { ...attempt, call }, brought: false });
  }

  function act(entry: RunEntry, of: Conductor): void {
    if (entry.kind === 'injected') inject(entry, of.now());
    if (entry.kind === 'rewound') {
      const { current, marks } = of.now();
      const events = marks[entry.checkpoint]?.events;
      if (current !== undefined && events !== undefined)
        toTrainee('training.order', { kind: 'rewind', call: current, events });
    }
    if (entry.kind === 'stopped') hub.set('there');
  }
  function inject({ does, service }: Extract<RunEntry, { kind: 'injected' }>, { attempt }: Running): void {
    const named = attempt.script.localServices?.find(({ id }) => id === service);
    switch (does) {
      case 'networkDrops':
        return hub.set('away');
      case 'hubSlow':
        return hub.set('slow');
      case 'networkReturns':
      case 'hubNormal':
        return hub.set('there');
      case 'serviceFull':
        if (named !== undefined) directory.fill(named.id, named.name);
        return hub.tell();
      case 'entryStale':
        if (named !== undefined) directory.age(named.id, named.name);
        return hub.tell();
      case 'windowCrash':
        return toTrainee('training.order', { kind: 'crash' });
      default:
        return assertNever(does);
    }
  }

  const common: Pick<
    TrainingHandlers,
    | 'training.library'
    | 'training.now'
    | 'training.begin'
    | 'training.stop'
    | 'training.leave'
    | 'training.attempt'
  > = {
    async 'training.library'() {
      const attempts = (await store.all()).map((kept) => rowOf(kept, conductor?.now().attempt.id));
      return ok({ folder: library.folder, scripts: await library.entries(), attempts });
    },
    'training.now': () => Promise.resolve(ok(practiceNow())),
    async 'training.begin'({ file, trainee, mode, seed }) {
      const status = conductor?.now().caller.status;
      if (status === 'waiting' || status === 'talking') return BUSY;
      const script = await library.script(file);
      if (script === undefined)
        return refuse('training.noScript', 'file', 'there is no such script that can be played');
      const chosen = seed ?? options.seed();
      const running: Running = {
        attempt: await beginAttempt(
          {
            id: uuid.parse(options.ids.next()),
            trainee,
            mode,
            script,
            contentVersion: options.content.manifest.version,
            seed: chosen,
            startedAt: clock.now(),
          },
          options.digest,
        ),
        caller: startCaller(chosen),
        marks: {},
        count: 0,
      };
      conductor?.stopTicking();
      hub.set('there');
      directory.lay(script.localServices ?? []);
      hub.tell();
      const changed = (now: Running): void => {
        keep(now);
        tell();
      };
      conductor = conduct({ running, clock, timers, act, changed });
      tell();
      return ok({ attempt: running.attempt.id });
    },
    'training.stop'({ why }) {
      if (conductor === undefined) return Promise.resolve(NONE);
      conductor.take({ kind: 'stop', at: clock.now(), why });
      return Promise.resolve(done());
    },
    'training.leave'() {
      const status = conductor?.now().caller.status;
      if (status === 'talking') return Promise.resolve(BUSY);
      conductor?.stopTicking();
      conductor = undefined;
      hub.set('there');
      directory.lay([]);
      hub.tell();
      tell();
      return Promise.resolve(done());
    },
    async 'training.attempt'({ attempt: id, for: wanted }) {
      const kept = await store.get(id);
      if (kept === undefined) return refuse('training.noAttempt', 'attempt', 'is not kept on this PC');
      const { attempt } = kept;
      if (wanted === 'marking')
        return ok({ attempt: { ...attempt, markings: [] }, covered: isCovered(attempt) });
      if (attempt.reflection === undefined)
        return refuse('training.reflectFirst', 'attempt', 'the learner’s own reflection comes first');
      return ok({ attempt: asShown(attempt), covered: isCovered(attempt) });
    },
  };
  const { reflect, mark, uncover, cohort } = paperwork({
    store,
    clock,
    update: (id, change) => {
      if (conductor?.now().attempt.id === id)
        conductor.update((now) => ({ ...now, attempt: { ...now.attempt, ...change } }));
      tell();
    },
  });

  const trainer: TrainingRoom['trainer'] = {
    ...common,
    ...(options.printing === undefined ? {} : printHandlers(options.printing)),
    'training.attach': () => Promise.resolve(TRAINEE_ONLY),
    'training.asked': () => Promise.resolve(TRAINEE_ONLY),
    'training.screen': () => Promise.resolve(TRAINEE_ONLY),
    'training.reflect': () => Promise.resolve(TRAINEE_ONLY),
    'training.console': () => Promise.resolve(ok(viewNow())),
    'training.act'(given) {
      if (conductor === undefined) return Promise.resolve(NONE);
      if (given.kind === 'line') hub.set(given.line);
      else if (given.kind === 'crash') toTrainee('training.order', { kind: 'crash' });
      else {
        const input = inputOf(given, clock.now());
        const { attempt, caller } = conductor.now();
        const why = refusalOf(attempt.script, caller, input);
        if (why !== undefined) return Promise.resolve(refuse('training.notNow', 'kind', why));
        conductor.take(input);
      }
      tell();
      return Promise.resolve(done());
    },
    'training.mark': mark,
    'training.uncover': uncover,
    'training.cohort': cohort,
    ...options.papers,
  };
  const trainee: TrainingHandlers = {
    ...common,
    'training.attach'({ call, repeatedUpTo }) {
      if (conductor === undefined) return Promise.resolve(NONE);
      conductor.attach(call, repeatedUpTo);
      return Promise.resolve(done());
    },
    'training.asked'({ question }) {
      if (conductor === undefined) return Promise.resolve(NONE);
      conductor.take({ kind: 'asked', at: clock.now(), question, by: 'trainee' });
      return Promise.resolve(done());
    },
    'training.screen'(shows) {
      screen = { at: clock.now(), shows };
      toTrainer('training.console', viewNow());
      return Promise.resolve(done());
    },
    'training.reflect': reflect,
    'training.console': () => Promise.resolve(TRAINER_ONLY),
    'training.act': () => Promise.resolve(TRAINER_ONLY),
    'training.mark': () => Promise.resolve(TRAINER_ONLY),
    'training.uncover': () => Promise.resolve(TRAINER_ONLY),
    'training.cohort': () => Promise.resolve(TRAINER_ONLY),
    'training.export': () => Promise.resolve(TRAINER_ONLY),
    'training.import': () => Promise.resolve(TRAINER_ONLY),
  };
  return {
    trainee,
    trainer,
    heard: (events) => conductor?.heard(events),
    start(trainees, trainers) {
      toTrainee = trainees;
      toTrainer = trainers;
    },
    async close() {
      conductor?.stopTicking();
      await store.settle();
    },
  };
}

function inputOf(act: Exclude<TrainerAct, { kind: 'line' | 'crash' }>, at: UtcMs): CallerInput {
  if (act.kind === 'asked') return { ...act, at, by: 'trainer' };
  if (act.kind === 'stop') return { kind: 'stop', at, why: 'trainer' };
  return { ...act, at };
}
