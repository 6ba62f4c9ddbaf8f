import { markOf, placeOf } from './world/truth.ts';
import { type World } from './world/world.ts';

/** A restore of the hub takes so long (ms). */
const RESTORE_MS = 12_000;

/** Copies of the hub's database, and putting one back. */
export interface Backups {
  /** Marks and places that the hub had when it was put back. */
  readonly restoredAway: ReadonlySet<string>;
  backUp(): void;
  /**
   * The hub becomes an older copy of itself, which nobody can know until they talk to it. One that is older than what
   * desks have purged is not put back: see README, what is not promised.
   */
  putBack(purged: Iterable<string>): void;
  /** How long a restore that has begun yet takes (ms). */
  stillMs(): number;
}

export function createBackups(world: World): Backups {
  const restoredAway = new Set<string>();
  let backedUp = new Set<string>();
  let restore: (() => void) | undefined;
  let restoredAt = 0;
  return {
    restoredAway,
    backUp() {
      restore = world.database.backUp();
      backedUp = new Set();
      for (const [stream, { events }] of world.database.committed().streams)
        for (const seq of events.keys()) backedUp.add(placeOf({ stream, seq }));
    },
    putBack(purged) {
      if (restore === undefined) return;
      for (const place of purged) if (!backedUp.has(place)) return;
      // A purge that has asked the hub and not yet written would be one of a hub that is no more.
      if (world.desks.some(({ pc }) => pc.disk.slowMs > 0)) return;
      // Nobody restores a database under a running hub: it is away for longer than a heartbeat.
      world.hubs.forEach((hub, which) => {
        hub?.life.end();
        world.hubs[which] = undefined;
      });
      restoredAt = world.clock.now() + RESTORE_MS;
      world.clock.timersOf({ alive: () => true }).after(RESTORE_MS, () => {
        world.hubs.forEach((_hub, which) => world.startHub(which));
      });
      for (const { events } of world.database.committed().streams.values())
        for (const { item } of events.values()) restoredAway.add(markOf(item.event)).add(placeOf(item.event));
      restore();
    },
    stillMs: () => Math.max(0, restoredAt - world.clock.now()),
  };
}
