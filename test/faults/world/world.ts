import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import { deskId, type Digest } from '../../../shared/ids.ts';
import { type Habits } from '../habits.ts';
import { type VirtualClock, virtualClock } from './clock.ts';
import { type SimulatedDatabase, simulatedDatabase } from './database.ts';
import { type HubMood, type SimulatedHub, simulatedHub } from './hub.ts';
import { createMachine, type Machine } from './life.ts';
import { route } from './network.ts';
import { createPc, type Pc } from './pc.ts';
import { bytesFrom, randomFrom } from './random.ts';
import { type Truth, truthOf } from './truth.ts';

export interface SimulatedDesk {
  readonly pc: Pc;
  readonly truth: Truth;
}

/** Desks, network, two hub processes and their database on one time line. */
export interface World {
  readonly clock: VirtualClock;
  readonly desks: readonly SimulatedDesk[];
  readonly database: SimulatedDatabase;
  readonly hubMachine: Machine;
  readonly hubs: (SimulatedHub | undefined)[];
  mood: HubMood;
  hubClockOffset: number;
  startHub(which: number): void;
  /** Waits until nothing moves any more without the clock. */
  settle(): Promise<void>;
  /** Moves the clock, timer by timer, until `done` or the limit (ms). `each` runs after every timer. */
  advance(ms: number, each: () => void, done?: () => boolean): Promise<void>;
}

const HUBS = 2;
const ALWAYS = { alive: () => true };
/** Looks in a row at which nothing moved. A commit takes two turns of the event loop, a database request one. */
const QUIET_TURNS = 4;
/** So often the loop may turn without the clock: more is a program that runs in circles. */
const MAX_TURNS = 200_000;

const sha256: Digest = (text) => Promise.resolve(createHash('sha256').update(text, 'utf8').digest('hex'));

export function createWorld(seed: number, count: number, habits: Habits): World {
  const clock = virtualClock();
  const random = randomFrom(seed ^ 0x5eed);
  let stirs = 0;
  const stirred = (): void => void (stirs += 1);
  const hubMachine = createMachine(stirred);
  const database = simulatedDatabase(hubMachine, clock.timersOf(ALWAYS), habits.database);

  const desks = Array.from({ length: count }, (_, index): SimulatedDesk => {
    const pc = createPc({
      id: deskId.parse(v7({ msecs: clock.now(), random: bytesFrom(random) })),
      clock,
      machine: createMachine(stirred),
      random: randomFrom(seed * 31 + index),
      digest: sha256,
      way: route(clock),
      ask(desk, request, answer) {
        stirred();
        const hub = world.hubs[index % HUBS] ?? world.hubs.find((other) => other !== undefined);
        if (hub === undefined) return answer({ status: 0 });
        void hub.ask(desk, request).then((given) => answer(habits.hubAnswer?.(given, request) ?? given));
      },
      report: () => undefined,
      habits,
    });
    return { pc, truth: truthOf(pc.storage, pc.disk) };
  });

  const world: World = {
    clock,
    desks,
    database,
    hubMachine,
    hubs: Array.from({ length: HUBS }, () => undefined),
    mood: 'well',
    hubClockOffset: 0,
    startHub(which) {
      if (world.hubs[which] !== undefined) return;
      const life = hubMachine.newLife();
      const store = database.as(life);
      world.hubs[which] = simulatedHub({
        life,
        store: habits.store?.(store, () => database.committed(), clock.timersOf(life)) ?? store,
        clock: clock.wall(() => world.hubClockOffset),
        digest: sha256,
        database,
        mood: () => world.mood,
      });
    },
    async settle() {
      let quiet = 0;
      for (let turns = 0; quiet < QUIET_TURNS; turns += 1) {
        const before = stirs;
        await new Promise((resolve) => setImmediate(resolve));
        quiet = stirs === before && desks.every(({ pc }) => pc.busy() === 0) ? quiet + 1 : 0;
        if (turns > MAX_TURNS) throw new Error('the system never comes to rest');
      }
    },
    async advance(ms, each, done = () => false) {
      const end = clock.now() + ms;
      await world.settle();
      each();
      while (!done() && clock.turn(end)) {
        await world.settle();
        each();
      }
      if (!done()) clock.moveTo(end);
    },
  };
  for (let which = 0; which < HUBS; which += 1) world.startHub(which);
  return world;
}
