import { createDowntimePack } from '../../../main/services/downtime-pack.ts';
import { currentContent } from '../../../shared/content/packs.ts';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { v7 } from 'uuid';
import { onTestFinished } from 'vitest';
import { createHandlers } from '../../../main/handlers.ts';
import { createDrafts, type Drafts } from '../../../main/services/drafts.ts';
import { createLeaving } from '../../../main/services/leaving.ts';
import { purgeAsides } from '../../../main/services/purge-asides.ts';
import { createPurge } from '../../../main/services/purge.ts';
import { developmentSessions } from '../../../main/services/session.ts';
import { createDesk } from '../../../renderer/call/create-desk.ts';
import { type RunningDesk } from '../../../renderer/call/desk.ts';
import { type DeskPorts } from '../../../renderer/call/ports.ts';
import { type CallsAtHub } from '../../../main/ports/hub-link.ts';
import { type HostDescription, type HubState } from '../../../shared/bridge/contract.ts';
import { unmanaged } from '../../../main/services/policy/keeper.ts';
import { settings } from '../../../shared/policy/policy.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type BridgeServer, type Handlers, serveBridge } from '../../../shared/bridge/server.ts';
import { deskId, type DeskId } from '../../../shared/ids.ts';
import { ok } from '../../../shared/result.ts';
import { faultyDisk, type FaultyDisk } from '../../main/support/faulty-disk.ts';
import { openJournal } from '../../main/support/journals.ts';
import { recordLog } from '../../main/support/logs.ts';
import { tempFolder } from '../../main/support/temp-folder.ts';
import { type Journal } from '../../../main/services/journal/journal.ts';
import { digest } from '../../support/digest.ts';
import { dumpDatabase, loadDatabase } from './database-copy.ts';
import { localLocks } from './local-locks.ts';
import { type ModelHub, modelHub } from './model-hub.ts';
import { nodeImportKey } from '../../support/sealers.ts';
import { testVault } from '../../support/vault.ts';
import { directoryWithoutHub, noDirectoryAtHub } from '../../support/no-directory.ts';
import { noCallsAtHub } from '../../support/no-calls-at-hub.ts';
import { type Line, pairedTransport } from '../../support/paired-transport.ts';
import { type ProcessDatabases, processDatabases } from './process-indexeddb.ts';
import { type VirtualTime, virtualTime } from './virtual-time.ts';

/** One window with its main process: dies as a whole or only the window. */
export interface Window {
  readonly desk: RunningDesk;
  readonly databases: ProcessDatabases;
  readonly time: VirtualTime;
  alive(): boolean;
}

/** One PC: its disks outlive every crash; its hub is real in its decisions. */
export interface World {
  readonly storage: IDBFactory;
  readonly folder: string;
  readonly disk: FaultyDisk;
  readonly hub: ModelHub;
  readonly deskOf: DeskId;
  readonly time: VirtualTime;
  readonly faults: Fault[];
  readonly calls: string[];
  /** Somebody sits down at the desk, after the one before has signed out. */
  signIn(person: string): void;
  signOut(): Promise<void>;
  /** The main process ends under an open window, and is there again with somebody else, or nobody, signed in. */
  restartMainFor(person: string | undefined): Promise<void>;
  journal(): Journal;
  drafts(): Drafts;
  /** Starts a window (and the main process when it is down) and waits until its desk is ready. */
  start(
    options?: Pick<DeskPorts, 'content' | 'onPersonChanged' | 'signIn'> & Partial<Pick<DeskPorts, 'locks'>>,
  ): Promise<Window>;
  /** The window dies now, without a word. The main process stays. */
  crash(): Promise<void>;
  /** Main process and window die; what the main process had begun to write is finished. */
  powerOff(): Promise<void>;
  /** The line between window and main closes, and both hear of it. It stays closed until `plugIn`. */
  unplug(): void;
  plugIn(): void;
  /** What the hub answers about calls of other desks. */
  setCalls(calls: CallsAtHub): void;
  setHub(state: 'reachable' | 'away', fault?: Fault): Promise<void>;
  offer(number: string): void;
  /** Waits until nothing real is under way. Timers do not move. */
  settle(): Promise<void>;
  /** Moves the clock by `ms`, timer by timer, settling in between. */
  advance(ms: number): Promise<void>;
  /** Advances until `done`, or fails after `limitMs` of virtual time. */
  until(done: () => boolean, limitMs?: number): Promise<void>;
  wipeDatabase(): void;
  /** Loses the journal's files; with `keepStream`, all but the name of its stream. */
  wipeJournal(keepStream: boolean): Promise<void>;
  /** Copies both local copies as they are; the answer puts them back. Only while powered off. */
  backUp(): Promise<() => Promise<void>>;
}

const away: Fault = { code: 'hub.away', field: '(whole)', message: 'the hub does not answer' };

export async function createWorld(purgeAfterDays?: number): Promise<World> {
  const root = await tempFolder();
  const time = virtualTime();
  const hub = modelHub(() => time.clock.now());
  const disk = faultyDisk();
  const locks = localLocks();
  const sessions = developmentSessions('adviser');
  const deskOf = deskId.parse(v7());
  const faults: Fault[] = [];
  const calls: string[] = [];
  let storage: IDBFactory = new FakeFactory();
  let journals = 1;
  let journal: Journal | undefined;
  let drafts: Drafts | undefined;
  let hubState: HubState = { reach: 'reachable', since: time.clock.now() };
  let hubCalls = noCallsAtHub;
  let busy = 0;
  let plugged = true;
  let line: Line | undefined;
  let server: BridgeServer | undefined;
  let die: () => void = () => undefined;
  let alive = false;
  let databases: ProcessDatabases | undefined;

  const journalFolder = (): string => join(root, `journal-${journals}`);
  const theJournal = (): Journal =>
    (journal ??= openJournal(journalFolder(), disk, undefined, recordLog(), (gone) =>
      theDrafts().forget(gone),
    ));
  const theDrafts = (): Drafts =>
    (drafts ??= createDrafts({ folder: join(root, 'drafts'), disk, log: recordLog(), vault: testVault() }));

  function handlers(): Handlers {
    const description: HostDescription = {
      host: 'browser',
      version: '0.0.0',
      desk: deskOf,
      profile: { name: 'test', kind: 'development' },
      capabilities: { keyStore: 'file', deepLinks: false, print: 'page' },
      notices: [],
      ...(purgeAfterDays === undefined ? {} : { purgeAfterDays }),
    };
    let kept = settings.parse({});
    const real = createHandlers({
      describe: () => description,
      sessions,
      leaving: createLeaving(),
      policy: unmanaged({ timers: time.timers, log: recordLog() }),
      settings: { get: () => kept, set: (next) => Promise.resolve(ok((kept = next))), notices: [] },
      journal: theJournal(),
      pack: createDowntimePack({
        folder: join(root, 'pack'),
        disk,
        clock: time.clock,
        timers: time.timers,
        log: recordLog(),
        content: currentContent,
        numbers: () => kept.fallbackNumbers,
        directory: () => Promise.resolve(undefined),
      }),
      drafts: theDrafts(),
      ...directoryWithoutHub({
        folder: join(root, 'directory'),
        disk,
        clock: time.clock,
        timers: time.timers,
        ids: { next: () => v7() },
        log: recordLog(),
      }),
      hub: {
        state: () => hubState,
        enrol: () => Promise.resolve(ok({})),
        doubts: (stream) => hub.doubts(stream),
        head: (stream) => hub.head(stream),
        push: (batch) => hub.push(batch),
        calls: {
          team: () => hubCalls.team(),
          referrals: () => hubCalls.referrals(),
          holder: (call) => hubCalls.holder(call),
          lease: (call, takeOver) => hubCalls.lease(call, takeOver),
          renew: (call, fence) => hubCalls.renew(call, fence),
          release: (call, fence) => hubCalls.release(call, fence),
          events: (call, after) => hubCalls.events(call, after),
        },
        directory: noDirectoryAtHub,
        start: () => undefined,
        stop: () => undefined,
      },
      purge: createPurge({
        journal: theJournal(),
        hub: {
          state: () => hubState,
          head: (stream) => hub.head(stream),
          doubts: (stream) => hub.doubts(stream),
        },
        clock: time.clock,
        asides: (order, isAllAtHub) =>
          purgeAsides(
            {
              places: { journal: journalFolder(), drafts: join(root, 'drafts') },
              disk,
              log: recordLog(),
              isAllAtHub,
            },
            order,
          ),
        afterDays: () => purgeAfterDays,
      }),
      vault: testVault(),
    });
    return Object.fromEntries(
      Object.entries(real).map(([name, answer]) => [
        name,
        async (input: never) => {
          calls.push(name);
          busy += 1;
          try {
            return await answer(input);
          } finally {
            busy -= 1;
          }
        },
      ]),
    ) as unknown as Handlers;
  }

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 6;) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = busy === 0 && (databases?.busy() ?? 0) === 0 ? quiet + 1 : 0;
    }
  }

  const world: World = {
    get storage() {
      return storage;
    },
    folder: root,
    disk,
    hub,
    deskOf,
    time,
    faults,
    calls,
    signIn(person) {
      const signed = sessions.signIn(person);
      if (!signed.ok) throw new Error(signed.error.message);
    },
    signOut: () => sessions.signOut(),
    async restartMainFor(person) {
      line?.close();
      await settle();
      await journal?.close();
      await drafts?.close();
      journal = undefined;
      drafts = undefined;
      await sessions.signOut();
      if (person !== undefined) world.signIn(person);
      plugged = true;
    },
    journal: theJournal,
    drafts: theDrafts,
    async start(options = {}) {
      alive = true;
      const windowLocks = locks.window();
      const mine = processDatabases(storage, FakeKeyRange);
      databases = mine;
      let living = true;
      die = () => {
        living = false;
        alive = false;
        mine.die();
        line?.cut();
        time.clear();
        windowLocks.die();
      };
      const made = createDesk({
        connect() {
          if (!plugged || !living) return Promise.reject(new Error('unplugged'));
          line = pairedTransport();
          server = serveBridge(line.main, handlers(), (fault) => faults.push(fault));
          return Promise.resolve(line.window);
        },
        indexedDb: mine.indexedDb,
        locks: windowLocks,
        digest,
        importKey: nodeImportKey,
        clock: time.clock,
        timers: { after: (ms, run) => (living ? time.timers.after(ms, run) : () => undefined) },
        ids: { next: () => v7({ msecs: time.clock.now() }) },
        random: () => 0.5,
        report: (fault) => faults.push(fault),
        ...options,
      });
      let desk: RunningDesk | undefined;
      let failed: unknown;
      made.then(
        (ready) => (desk = ready),
        (error: unknown) => (failed = error),
      );
      for (let turns = 0; desk === undefined; turns += 1) {
        await settle();
        if (failed instanceof Error) throw failed;
        if (!alive) return world.start(options);
        // Only a start that waits on a timer needs the clock.
        if (desk === undefined && turns > 20) await world.advance(100);
        if (turns > 2_000) throw new Error('the desk does not get ready');
      }
      // Died on the last step of its start.
      if (!living) return world.start(options);
      return { desk, databases: mine, time, alive: () => living };
    },
    async crash() {
      die();
      await settle();
    },
    async powerOff() {
      die();
      await settle();
      await journal?.close();
      await drafts?.close();
      journal = undefined;
      drafts = undefined;
    },
    unplug() {
      plugged = false;
      line?.close();
    },
    plugIn() {
      plugged = true;
    },
    setCalls: (next) => (hubCalls = next),
    async setHub(reach, fault) {
      hub.fault = reach === 'away' ? (fault ?? away) : fault;
      hubState = { reach, since: time.clock.now() };
      server?.emit('hub.changed', hubState);
      await settle();
    },
    offer: (number) => server?.emit('call.offered', { source: 'telephony', number }),
    settle,
    async advance(ms) {
      const end = time.clock.now() + ms;
      await settle();
      for (let next = time.nextAt(); next !== undefined && next <= end; next = time.nextAt()) {
        time.moveTo(next);
        await settle();
      }
      time.moveTo(end);
      await settle();
    },
    async until(done, limitMs = 600_000) {
      const limit = time.clock.now() + limitMs;
      await settle();
      while (!done()) {
        const next = time.nextAt();
        if (next === undefined || next > limit) throw new Error('it did not come about');
        time.moveTo(next);
        await settle();
      }
    },
    wipeDatabase: () => (storage = new FakeFactory()),
    async wipeJournal(keepStream) {
      await journal?.close();
      journal = undefined;
      const before = journalFolder();
      journals += 1;
      if (!keepStream) return;
      await mkdir(journalFolder());
      await cp(join(before, 'current.json'), join(journalFolder(), 'current.json'));
    },
    async backUp() {
      const copy = join(root, `backup-${journals}`);
      await cp(journalFolder(), copy, { recursive: true });
      const rows = await dumpDatabase(storage);
      return async () => {
        await world.wipeJournal(false);
        await cp(copy, journalFolder(), { recursive: true });
        storage = new FakeFactory();
        await loadDatabase(storage, rows);
      };
    },
  };
  onTestFinished(async () => {
    die();
    await settle();
    await journal?.close();
    await drafts?.close();
  });
  return world;
}
