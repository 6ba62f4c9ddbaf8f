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
import { type CallerInput, type InjectByHand, startCaller } from '../../../shared/training/caller/state.ts';
import { type Printing } from '../../ports/printing.ts';
import { refuse } from '../faults.ts';
import { printHandlers } from '../print-handlers.ts';
import { type Journal } from '../journal/journal.ts';
import { type AttemptStore } from './attempt-store.ts';
import { type Conductor, conduct } from './conductor.ts';
import { type InHand } from './in-hand.ts';
import { type Library } from './library.ts';
import { type PracticeDirectory } from './practice-directory.ts';
import { type PracticeHub, type PracticeLine } from './practice-hub.ts';
import { paperwork, rowOf } from './paperwork.ts';
import {
  afterwards,
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
  readonly inHand: InHand;
  readonly journal: Pick<Journal, 'read'>;
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
const NO_HINTS = refuse(
  'training.noHints',
  'kind',
  'is a hint, and this practice is assessed: there are none',
);
const NOT_INTERRUPTED = refuse('training.notInterrupted', '(whole)', 'the practice goes on already');
const GONE_MS = 4_000;
const BEAT_MS = 5_000;
const MOST_MISSED = 500;

type Injected = Extract<RunEntry, { kind: 'injected' }>;

/** The training room of one practice desk: one trainee, one trainer, one practice at a time. */
export function openRoom(options: RoomOptions): TrainingRoom {
  const { library, store, inHand, hub, directory, clock, timers } = options;
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
  function keep(running: Running): void {
    const { attempt, caller } = running;
    inHand.keep(caller.status === 'stopped' ? undefined : { running, at: clock.now() });
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
  function inject({ does, service }: Pick<Injected, 'does' | 'service'>, { attempt }: Running): void {
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

  const changed = (now: Running): void => {
    keep(now);
    tell();
  };
  /** How far the call's clock came is kept while nothing happens, too. */
  let stopBeat = timers.after(BEAT_MS, beat);
  function beat(): void {
    if (conductor?.now().caller.status === 'talking') keep(conductor.now());
    stopBeat = timers.after(BEAT_MS, beat);
  }
  /** The program ended in the middle of a practice: it is there again, its clock standing still where it was. */
  async function takeUp(): Promise<void> {
    const was = await inHand.read();
    if (was === undefined) return;
    const { attempt, caller, current, last } = was.running;
    directory.lay(attempt.script.localServices ?? []);
    for (const entry of attempt.run)
      if (entry.kind === 'injected' && entry.does !== 'windowCrash') inject(entry, was.running);
    // What reached the disk in the last moments, and was not written here any more.
    const page =
      last === undefined ? undefined : await options.journal.read(last.seq, MOST_MISSED, last.stream);
    const missed = page?.ok === true ? page.value.events : [];
    const at = Math.max(was.at, ...missed.map((event) => event.at));
    // From here on without a wait: a look at the clock in between would count the time that the program was away.
    const taken = conduct({ running: was.running, clock, timers, act, changed });
    conductor = taken;
    taken.heard(missed.filter(({ call }) => call === current));
    if (caller.status === 'talking') taken.take({ kind: 'pause', at, why: 'restart' });
    else changed(taken.now());
  }
  const ready = takeUp();

  /** Of a call that goes on it is written down too: it stands in the debrief, and is there again after a restart. */
  function byHand(of: Conductor, given: Extract<TrainerAct, { kind: 'line' | 'crash' }>): void {
    const { status } = of.now().caller;
    const does = given.kind === 'crash' ? 'windowCrash' : lineInject(given.line, hub.line());
    if (status === 'talking' || status === 'ended') of.take({ kind: 'inject', at: clock.now(), does });
    else inject({ does }, of.now());
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
        repeatedUpTo: 0,
        count: 0,
      };
      conductor?.stopTicking();
      hub.set('there');
      directory.lay(script.localServices ?? []);
      hub.tell();
      conductor = conduct({ running, clock, timers, act, changed });
      changed(running);
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
      inHand.keep(undefined);
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
    'training.goOn': () => Promise.resolve(TRAINEE_ONLY),
    'training.asked': () => Promise.resolve(TRAINEE_ONLY),
    'training.screen': () => Promise.resolve(TRAINEE_ONLY),
    'training.reflect': () => Promise.resolve(TRAINEE_ONLY),
    'training.console': () => Promise.resolve(ok(viewNow())),
    'training.act'(given) {
      if (conductor === undefined) return Promise.resolve(NONE);
      if (given.kind === 'line' || given.kind === 'crash') byHand(conductor, given);
      else {
        const input = inputOf(given, clock.now());
        const { attempt, caller } = conductor.now();
        if (given.kind === 'hint' && attempt.mode === 'assessed') return Promise.resolve(NO_HINTS);
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
    'training.goOn'() {
      if (conductor === undefined) return Promise.resolve(NONE);
      if (!practiceOf(conductor.now(), clock.now()).interrupted) return Promise.resolve(NOT_INTERRUPTED);
      conductor.take({ kind: 'resume', at: clock.now() });
      return Promise.resolve(done());
    },
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
    trainee: afterwards(ready, trainee),
    trainer: afterwards(ready, trainer),
    heard: (events) => void ready.then(() => conductor?.heard(events)),
    start(trainees, trainers) {
      toTrainee = trainees;
      toTrainer = trainers;
    },
    async close() {
      await ready;
      stopBeat();
      conductor?.stopTicking();
      await Promise.all([store.settle(), inHand.settle()]);
    },
  };
}

/** What a hand on the line does to it. */
function lineInject(to: PracticeLine, from: PracticeLine): InjectByHand {
  if (to === 'away') return 'networkDrops';
  if (to === 'slow') return 'hubSlow';
  return from === 'slow' ? 'hubNormal' : 'networkReturns';
}

function inputOf(act: Exclude<TrainerAct, { kind: 'line' | 'crash' }>, at: UtcMs): CallerInput {
  if (act.kind === 'asked') return { ...act, at, by: 'trainer' };
  if (act.kind === 'stop') return { kind: 'stop', at, why: 'trainer' };
  return { ...act, at };
}
