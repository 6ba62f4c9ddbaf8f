import { createDowntimePack } from '../../../main/services/downtime-pack.ts';
import { currentContent } from '../../../shared/content/packs.ts';
import { nodeImportKey } from '../../support/sealers.ts';
import { v7 } from 'uuid';
import { createHandlers } from '../../../main/handlers.ts';
import { createDrafts, type Drafts } from '../../../main/services/drafts.ts';
import { type HubLink } from '../../../main/ports/hub-link.ts';
import { createJournal } from '../../../main/services/journal/journal.ts';
import { createLeaving } from '../../../main/services/leaving.ts';
import { asidePlaces } from '../../../main/services/asides.ts';
import { purgeAsides } from '../../../main/services/purge-asides.ts';
import { createPurge } from '../../../main/services/purge.ts';
import { developmentSessions } from '../../../main/services/session.ts';
import { createDesk } from '../../../renderer/call/create-desk.ts';
import { type RunningDesk } from '../../../renderer/call/desk.ts';
import { unmanaged } from '../../../main/services/policy/keeper.ts';
import { settings } from '../../../shared/policy/policy.ts';
import { type BridgeServer, serveBridge } from '../../../shared/bridge/server.ts';
import { type Transport } from '../../../shared/bridge/transport.ts';
import { type Role } from '../../../shared/events/vocabulary.ts';
import { type DeskId, type Digest } from '../../../shared/ids.ts';
import { ok } from '../../../shared/result.ts';
import { localLocks } from '../../renderer/support/local-locks.ts';
import { directoryWithoutHub } from '../../support/no-directory.ts';
import { testVault } from '../../support/vault.ts';
import { type VirtualClock } from './clock.ts';
import { simulatedDisk, type SimulatedDisk } from './disk.ts';
import { type HubAnswer, type HubRequest } from './hub.ts';
import { simulatedLink } from './hub-link.ts';
import { browserStorage, type BrowserStorage, type WindowDatabases } from './indexed-db.ts';
import { type Life, type Machine } from './life.ts';
import { bridgeLine, type BridgeLine } from './line.ts';
import { type Route } from './network.ts';
import { bytesFrom, type Random } from './random.ts';
import { type Habits } from '../habits.ts';

/** A window of the desk's program. */
export interface PcWindow {
  readonly life: Life;
  readonly databases: WindowDatabases;
  /** Undefined until it is ready. */
  readonly desk: RunningDesk | undefined;
  /** Why it could not start, if so. */
  readonly failed: unknown;
  die(): void;
}

/** One PC: its disk and its browser's databases outlive its processes. */
export interface Pc {
  readonly disk: SimulatedDisk;
  readonly storage: BrowserStorage;
  readonly machine: Machine;
  readonly way: Route;
  readonly windows: readonly PcWindow[];
  mainLives(): boolean;
  /** Who signs in at the next start of the main process. */
  role: Role;
  /** What its wall clock shows beyond the time line (ms). */
  clockOffset: number;
  startMain(): void;
  /** Ends the session under whatever window is open, and the lines with it. `role` signs in at the next window. */
  signOut(): void;
  killMain(): void;
  startWindow(): PcWindow;
  /** The window's line to the main process closes, and both hear of it. */
  unplug(): void;
  plugIn(): void;
  isPlugged(): boolean;
  losePower(torn: number): void;
  /** Transactions under way in any window. */
  busy(): number;
}

export interface PcPorts {
  readonly id: DeskId;
  readonly clock: VirtualClock;
  readonly machine: Machine;
  readonly random: Random;
  readonly digest: Digest;
  readonly way: Route;
  readonly ask: (desk: DeskId, request: HubRequest, answer: (given: HubAnswer) => void) => void;
  readonly report: (code: string) => void;
  readonly habits: Habits;
}

/** Small, so that a handful of events fills several files. */
const SEGMENT_BYTES = 3_000;
const COMPACT_BYTES = 1_000;
/** So short that a schedule lives to see it. */
const PURGE_AFTER_MS = 20_000;
const PURGE_PACE = { first: 10_000, every: 20_000, quiet: 5_000 };

export function createPc(ports: PcPorts): Pc {
  const { id, clock, machine, random, digest, way, ask, report, habits } = ports;
  const disk = simulatedDisk(habits);
  const storage = browserStorage(habits.storage);
  const locks = localLocks();
  const windows: PcWindow[] = [];
  const lines = new Set<BridgeLine>();
  const vault = testVault();
  const wall = clock.wall(() => pc.clockOffset);
  const ids = { next: () => v7({ msecs: wall.now(), random: bytesFrom(random) }) };
  let main: { life: Life; signOut(): void; connect(transport: Transport): void } | undefined;
  let plugged = true;

  function startMain(): void {
    if (main !== undefined) return;
    const life = machine.newLife();
    const timers = clock.timersOf(life);
    const mine = disk.as(life, timers, wall);
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const journal = createJournal({
      folder: '/profile/journal',
      disk: mine,
      clock: wall,
      ids,
      digest,
      log,
      vault,
      segmentBytes: SEGMENT_BYTES,
      forget: (calls) => drafts.forget(calls),
    });
    const drafts: Drafts = createDrafts({
      folder: '/profile/drafts',
      disk: mine,
      log,
      vault,
      compactBytes: COMPACT_BYTES,
    });
    const link: HubLink = simulatedLink({
      life,
      clock: wall,
      timers,
      way,
      ask: (request, answer) => ask(id, request, answer),
    });
    const purge = createPurge({
      journal,
      hub: link,
      clock: wall,
      asides: (order, isAllAtHub) =>
        purgeAsides({ places: asidePlaces('/profile'), disk: mine, log, isAllAtHub }, order),
      afterDays: () => PURGE_AFTER_MS / 86_400_000,
    });
    const sessions = developmentSessions(pc.role);
    const person = sessions.current()?.person.id ?? '';
    let kept = settings.parse({});
    const handlers = createHandlers({
      describe: () => ({
        host: 'browser',
        version: '0.0.0',
        desk: id,
        profile: { name: 'simulated', kind: 'development' },
        capabilities: { keyStore: 'file', deepLinks: false, print: 'page' },
        notices: [],
        purgeAfterDays: PURGE_AFTER_MS / 86_400_000,
      }),
      sessions,
      leaving: createLeaving(),
      policy: unmanaged({ timers, log }),
      settings: { get: () => kept, set: (next) => Promise.resolve(ok((kept = next))), notices: [] },
      journal,
      pack: createDowntimePack({
        folder: '/pack',
        disk: mine,
        clock: wall,
        timers,
        log,
        content: currentContent,
        numbers: () => kept.fallbackNumbers,
        directory: () => Promise.resolve(undefined),
      }),
      drafts: habits.drafts?.(drafts, timers) ?? drafts,
      ...directoryWithoutHub({ folder: '/directory', disk: mine, clock: wall, timers, ids, log }),
      vault,
      purge: habits.purge?.(purge, { journal, timers }) ?? purge,
      hub: habits.link?.(link, { journal, person }) ?? link,
    });
    const servers = new Set<BridgeServer>();
    main = {
      life,
      signOut: () => void sessions.signOut(),
      connect(transport) {
        const server = serveBridge(transport, handlers, (fault) => report(fault.code));
        servers.add(server);
        transport.onClose(() => servers.delete(server));
      },
    };
    void journal.open();
    void drafts.list();
    link.start((state) => {
      for (const server of servers) server.emit('hub.changed', state);
    });
  }

  function startWindow(): PcWindow {
    const life = machine.newLife();
    const databases = storage.as(life);
    const windowLocks = habits.locks?.() ?? locks.window();
    let line: BridgeLine | undefined;
    let desk: RunningDesk | undefined;
    let failed: unknown;
    const window: PcWindow = {
      life,
      databases,
      get desk() {
        return desk;
      },
      get failed() {
        return failed;
      },
      die() {
        life.end();
        databases.die();
        line?.close();
        windowLocks.die();
        windows.splice(windows.indexOf(window), 1);
      },
    };
    windows.push(window);
    createDesk({
      connect() {
        if (!plugged || main === undefined || !life.alive()) return Promise.reject(new Error('nobody there'));
        line = bridgeLine(life, main.life);
        lines.add(line);
        main.connect(line.main);
        return Promise.resolve(line.window);
      },
      indexedDb: databases.indexedDb,
      locks: windowLocks,
      importKey: nodeImportKey,
      digest: (text) => life.through(() => digest(text)),
      clock: wall,
      timers: clock.timersOf(life),
      ids,
      random,
      report: (fault) => report(fault.code),
      purgePace: PURGE_PACE,
      async signIn(door) {
        const people = await door.people();
        const id = people.ok ? people.value.find(({ role }) => role === pc.role)?.id : undefined;
        const answer = await door.choose(id ?? '');
        if (!answer.ok) throw new Error(answer.error.code);
        return answer.value;
      },
      onPersonChanged() {
        // The page loads itself anew.
        window.die();
        startWindow();
      },
    }).then(
      (ready) => {
        desk = ready;
      },
      (error: unknown) => {
        failed = error;
      },
    );
    return window;
  }

  const pc: Pc = {
    disk,
    storage,
    machine,
    way,
    windows,
    role: 'adviser',
    clockOffset: 0,
    mainLives: () => main !== undefined,
    startMain,
    killMain() {
      main?.life.end();
      main = undefined;
      for (const line of lines) line.close();
      lines.clear();
    },
    startWindow,
    signOut() {
      main?.signOut();
      for (const line of lines) line.close();
      lines.clear();
    },
    unplug() {
      plugged = false;
      for (const line of lines) line.close();
      lines.clear();
    },
    plugIn() {
      plugged = true;
    },
    isPlugged: () => plugged,
    losePower(torn) {
      for (const window of windows.slice()) window.die();
      pc.killMain();
      disk.losePower(torn);
      storage.losePower();
    },
    busy: () => windows.reduce((sum, { databases }) => sum + databases.busy(), 0),
  };
  return pc;
}
