import { type RunningDesk } from '../../renderer/call/desk.ts';
import { type Role } from '../../shared/events/vocabulary.ts';
import { type Action, type Schedule } from './action.ts';
import { type Backups, createBackups } from './backups.ts';
import { checkEnd } from './check-end.ts';
import { type Habits } from './habits.ts';
import {
  checkDraft,
  checkNotes,
  type DeskLedger,
  DRAFT_KEY,
  draftOf,
  newLedger,
  watchDesk,
  type Wrong,
  type WrongKind,
} from './ledger.ts';
import { lose } from './lose.ts';
import { watchPurges } from './purges.ts';
import { closingSteps } from '../support/closing-steps.ts';
import { type PcWindow } from './world/pc.ts';
import { describe, hasCall, hasList, hinderedForMs, isDrained, stuckWords } from './words.ts';
import { createWorld, type SimulatedDesk, type World } from './world/world.ts';

export interface Played {
  /** Actions and timers after which everything was looked at. */
  readonly steps: number;
  /** Events of which a desk said that they are kept. */
  readonly acknowledged: number;
  /** Events at the hub in the end. */
  readonly drained: number;
  /** Events that were purged from desks. */
  readonly purged: number;
  readonly wrong: Wrong | undefined;
}

export interface Setting {
  readonly seed: number;
  readonly desks: number;
  readonly habits: Habits;
}

/** Its notes are not the ledger's. */
const closing = closingSteps().filter(({ type }) => type !== 'note.added');

/** How long a person waits for a window to open before doing something else (ms). */
const START_PATIENCE_MS = 3_000;
const CLOSE_MS = 30_000;
/** When the faults have ended the queues drain within so long (ms). */
const DRAIN_MS = 20 * 60_000;

/** Runs one schedule from power-on to the last look. Never throws for what is wrong in the system. */
export async function play(schedule: Schedule, { seed, desks: count, habits }: Setting): Promise<Played> {
  const world = createWorld(seed, count, habits);
  const run = new Run(world);
  const stray = (error: unknown): void => run.say('program error', describe(error));
  process.on('unhandledRejection', stray);
  try {
    for (const desk of run.desks) run.start(desk);
    await run.look();
    for (const action of schedule) {
      await run.act(action);
      if (run.wrong !== undefined) break;
    }
    if (run.wrong === undefined) await run.heal();
  } catch (error) {
    run.say('program error', describe(error));
  } finally {
    process.off('unhandledRejection', stray);
    for (const { on } of run.desks) on.pc.losePower(0);
  }
  const said = run.desks.reduce((sum, { ledger }) => sum + ledger.said.size, 0);
  const drained = [...world.database.committed().streams.values()].reduce(
    (sum, { events }) => sum + events.size,
    0,
  );
  const purged = run.desks.reduce((sum, { ledger }) => sum + ledger.purged.size, 0);
  return { steps: run.steps, acknowledged: said, drained, purged, wrong: run.wrong };
}

interface OneDesk {
  readonly name: string;
  readonly on: SimulatedDesk;
  readonly ledger: DeskLedger;
  made: number;
  /** Everybody who was signed in here. */
  readonly people: Set<Role>;
  /** Windows that have been looked at since they opened, and when first. */
  readonly seen: WeakMap<PcWindow, number>;
  /** Those whose list of calls has been looked at. */
  readonly listed: WeakSet<PcWindow>;
}

class Run {
  readonly world: World;
  readonly desks: readonly OneDesk[];
  readonly backups: Backups;
  wrong: Wrong | undefined;
  steps = 0;
  constructor(world: World) {
    this.world = world;
    this.backups = createBackups(world);
    this.desks = world.desks.map((on, index) => ({
      name: `desk ${index}`,
      on,
      ledger: newLedger(),
      made: 0,
      people: new Set<Role>(),
      seen: new WeakMap(),
      listed: new WeakSet(),
    }));
  }

  readonly say = (kind: WrongKind, detail: string): void => {
    this.wrong ??= { kind, detail };
  };

  start({ on: { pc } }: OneDesk): void {
    pc.startMain();
    // The window that says "reload me" is reloaded once the other one has gone.
    if (pc.windows.length === 1 && pc.windows[0]?.desk?.state() === 'otherWindow') pc.windows[0].die();
    if (pc.windows.length === 0) pc.startWindow();
  }

  /** Looks at everything once, and from now on at every word of a window that has just opened. */
  look = (): Promise<void> => this.world.settle().then(() => this.observe());

  readonly observe = (): void => {
    this.steps += 1;
    for (const one of this.desks) {
      watchPurges(this.world, one.on, one.ledger, (kind, detail) => this.say(kind, `${one.name}: ${detail}`));
      const { pc } = one.on;
      const hindered = hinderedForMs(one.on);
      if (hindered > 0)
        for (const draft of one.ledger.drafts.values()) draft.hinderedAt = this.world.clock.now() + hindered;
      const ready = pc.windows.filter(({ desk }) => desk?.state() === 'ready');
      if (ready.length > 1) this.say('two writers', one.name);
      for (const window of pc.windows) {
        const { desk } = window;
        if (window.failed !== undefined) this.say('program error', describe(window.failed));
        if (desk === undefined || desk.state() !== 'ready') continue;
        const watch = (): void => {
          if (!window.life.alive()) return;
          watchDesk(this.world, one.on, one.ledger, this.backups.restoredAway, desk, (kind, detail) =>
            this.say(kind, `${one.name}: ${detail}`),
          );
        };
        if (!one.seen.has(window)) {
          one.seen.set(window, this.world.clock.now());
          one.people.add(desk.session.person.role);
          checkDraft(one.ledger, desk, (kind, detail) => this.say(kind, `${one.name}: ${detail}`));
          const text = desk.draft(DRAFT_KEY)?.text ?? '';
          const draft = draftOf(one.ledger, desk.session.person.id);
          draft.typed.splice(0, Infinity, { at: 0, text });
          draft.confirmed = 0;
          desk.subscribe(watch);
        }
        if (!one.listed.has(window) && hasList(one.seen.get(window), this.world.clock.now())) {
          one.listed.add(window);
          checkNotes(one.ledger, desk, (kind, detail) => this.say(kind, `${one.name}: ${detail}`));
        }
        watch();
      }
    }
  };

  /** Nothing is unsent, and all that is shown is on the screen. */
  private isAtRest(one: OneDesk): boolean {
    const ready = one.on.pc.windows.filter(({ desk }) => desk?.state() === 'ready');
    return isDrained(one) && ready.every((window) => hasList(one.seen.get(window), this.world.clock.now()));
  }

  private async deskOf(one: OneDesk): Promise<{ desk: RunningDesk; window: PcWindow } | undefined> {
    const found = (): PcWindow | undefined =>
      one.on.pc.windows.find((window) => window.desk?.state() === 'ready' && !this.closing.has(window));
    if (found() === undefined && one.on.pc.windows.length > 0)
      await this.world.advance(START_PATIENCE_MS, this.observe, () => found() !== undefined);
    const window = found();
    return window?.desk === undefined ? undefined : { desk: window.desk, window };
  }

  private readonly closing = new WeakSet<PcWindow>();

  async act(action: Action): Promise<void> {
    const one = 'desk' in action ? this.desks[action.desk] : undefined;
    if (action.do === 'advance') return this.world.advance(action.ms, this.observe);
    if (one !== undefined) await this.actAt(one, action);
    else this.befall(action);
    await this.look();
  }

  private async actAt(one: OneDesk, action: Action): Promise<void> {
    const { pc } = one.on;
    switch (action.do) {
      case 'note':
      case 'newCall':
      case 'type':
      case 'closeCall':
        return this.work(one, action);
      case 'kill': {
        const die = (): void => {
          if (action.what !== 'main') this.died(one);
          if (action.what === 'power') return pc.losePower(action.torn);
          if (action.what !== 'main') for (const window of pc.windows.slice()) window.die();
          if (action.what !== 'window') pc.killMain();
        };
        if (action.after === 0) die();
        else pc.machine.burn(action.after, die);
        return;
      }
      case 'start':
        return this.start(one);
      case 'secondWindow':
        if (pc.windows.length === 1) pc.startWindow();
        return;
      case 'closeWindow': {
        const open = await this.deskOf(one);
        if (open === undefined) return;
        this.closing.add(open.window);
        void open.desk.close().then(() => {
          this.died(one);
          if (open.window.life.alive()) open.window.die();
        });
        return;
      }
      case 'signIn':
        // Whoever starts Lantern next. While it runs, people change by signing out: see test/renderer/authors.
        if (!pc.mainLives() && pc.windows.length === 0) pc.role = action.role;
        return;
      case 'nextPerson':
        // Under a window that stays open.
        pc.role = action.role;
        if (action.by === 'signOut') return pc.signOut();
        pc.killMain();
        return pc.startMain();
      case 'line':
        if (action.is === 'cut') pc.unplug();
        else pc.plugIn();
        return;
      case 'disk':
        pc.disk.room = action.is === 'full' ? action.by : Infinity;
        pc.disk.slowMs = action.is === 'slow' ? action.by : 0;
        if (action.is === 'failSync') pc.disk.failSyncs = action.by;
        if (action.is === 'failWrite') pc.disk.failWrites = action.by;
        return;
      case 'storage':
        pc.storage.fails = action.is === 'good' ? undefined : action.is;
        return;
      case 'lose':
        return lose(one.on, action.what);
      case 'network':
        if (action.is === 'part') pc.way.part();
        else if (action.is === 'heal') pc.way.heal();
        else pc.way.order({ kind: action.is, ms: action.ms }, action.count);
        return;
      default:
    }
  }

  private died({ on: { pc }, ledger, seen }: OneDesk): void {
    for (const window of pc.windows) {
      const { desk } = window;
      if (desk !== undefined && seen.has(window))
        draftOf(ledger, desk.session.person.id).diedAt = this.world.clock.now();
    }
  }

  /** What the handler does: only at a window that is open. */
  private async work(
    one: OneDesk,
    action: Extract<Action, { do: 'note' } | { do: 'newCall' | 'type' | 'closeCall' }>,
  ): Promise<void> {
    const open = await this.deskOf(one);
    if (open === undefined) return;
    const { desk } = open;
    const { ledger } = one;
    if (action.do === 'type') {
      one.made += 1;
      const text = `half-typed ${one.made}`;
      draftOf(ledger, desk.session.person.id).typed.push({ at: this.world.clock.now(), text });
      desk.keepDraft(DRAFT_KEY, text);
      return;
    }
    if (action.do === 'newCall') {
      ledger.call = desk.takeCall({ source: 'handler' });
      return;
    }
    if (action.do === 'closeCall') {
      const { call } = ledger;
      ledger.call = undefined;
      // One that is closed already, or had not been kept when the desk died, refuses.
      if (call !== undefined) for (const step of closing) desk.record(call, step);
      return;
    }
    const count = action.do === 'note' ? action.count : 0;
    for (let note = 0; note < count && open.window.life.alive(); note += 1) {
      const call = ledger.call ?? desk.takeCall({ source: 'handler' });
      ledger.call = call;
      one.made += 1;
      const text = `${one.name} note ${one.made}`;
      // Known before the desk says anything about it.
      ledger.notes.set(text, { author: desk.session.person.id, call, said: false });
      const recorded = desk.record(call, { type: 'note.added', data: { text } });
      if (recorded.ok) continue;
      ledger.notes.delete(text);
      if (hasCall(desk, call)) this.say('program error', `${one.name}: refused: ${recorded.why.join(' ')}`);
      // It had not been kept anywhere when the desk died.
      else ledger.call = undefined;
    }
  }

  private befall(action: Action): void {
    const { world } = this;
    if (action.do === 'clock') {
      if (action.who === 'hub') world.hubClockOffset += action.ms;
      else {
        const desk = this.desks[action.who];
        if (desk !== undefined) desk.on.pc.clockOffset += action.ms;
      }
    }
    if (action.do === 'hub') {
      const kill = (): void => {
        world.hubs[action.which]?.life.end();
        world.hubs[action.which] = undefined;
      };
      if (action.is === 'start') world.startHub(action.which);
      else if (action.is !== 'kill') world.mood = action.is;
      else if (action.after === 0) kill();
      else world.hubMachine.burn(action.after, kill);
    }
    if (action.do === 'database') {
      const die = (): void => world.database.die(action.is === 'failOver');
      if (action.is === 'start') world.database.start();
      else if (action.is === 'backUp') this.backups.backUp();
      else if (action.is === 'restore')
        this.backups.putBack(this.desks.flatMap(({ ledger }) => [...ledger.purged]));
      else if (action.after === 0) die();
      else world.hubMachine.burn(action.after, die);
    }
  }

  /** Every fault ends; then the queues drain, and everybody tells the same. */
  async heal(): Promise<void> {
    const { world } = this;
    // A restore that has begun is finished first.
    await world.advance(this.backups.stillMs(), this.observe);
    world.mood = 'well';
    world.hubMachine.forget();
    world.database.start();
    world.hubs.forEach((_hub, which) => world.startHub(which));
    for (const one of this.desks) {
      const { pc } = one.on;
      pc.machine.forget();
      Object.assign(pc.disk, { room: Infinity, failSyncs: 0, failWrites: 0, slowMs: 0 });
      pc.storage.fails = undefined;
      pc.plugIn();
      pc.way.heal();
      this.start(one);
    }
    const drained = (): boolean => this.wrong !== undefined || this.desks.every((one) => this.isAtRest(one));
    // A window that was asked to close does so now that nothing hinders it; then somebody opens it again.
    await world.advance(CLOSE_MS, this.observe);
    for (const one of this.desks) this.start(one);
    await world.advance(DRAIN_MS, this.observe, drained);
    this.checkEnds();
    await this.lookAsEverybody();
  }

  private checkEnds(): void {
    for (const one of this.desks) if (!isDrained(one)) this.say('stuck', stuckWords(one));
    for (const { name, on, ledger } of this.desks)
      checkEnd(this.world, on, ledger, (kind, detail) => this.say(kind, `${name}: ${detail}`));
  }

  /** Everybody who was here comes back, one after the other, and finds what is theirs. */
  private async lookAsEverybody(): Promise<void> {
    const others = ({ people, on }: OneDesk): Role[] => [...people].filter((role) => role !== on.pc.role);
    for (let left = this.desks.map(others); left.some(({ length }) => length > 0);) {
      this.desks.forEach((one, index) => {
        const role = left[index]?.[0];
        if (role === undefined) return;
        one.on.pc.losePower(1);
        one.on.pc.role = role;
        this.start(one);
      });
      left = left.map((roles) => roles.slice(1));
      await this.world.advance(
        DRAIN_MS,
        this.observe,
        () => this.wrong !== undefined || this.desks.every((one) => this.isAtRest(one)),
      );
      this.checkEnds();
    }
  }
}
