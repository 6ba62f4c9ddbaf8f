import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { composeLive } from '../../main/compose-live.ts';
import { type Desk as MainDesk } from '../../main/compose.ts';
import { openConf } from '../../main/hosts/browser/ports.ts';
import { type Fetch } from '../../main/ports/host.ts';
import { fileKeyStore } from '../../main/services/file-key-store.ts';
import { nodePorts } from '../../main/services/node-ports.ts';
import { openPolicy } from '../../main/services/policy/keeper.ts';
import { createDesk } from '../../renderer/call/create-desk.ts';
import { type RunningDesk } from '../../renderer/call/desk.ts';
import { type SignInDoor } from '../../renderer/call/session-line.ts';
import { type Session } from '../../shared/bridge/session.ts';
import { type Policy } from '../../shared/policy/policy.ts';
import { type Timers } from '../../shared/time.ts';
import { virtualClock } from '../faults/world/clock.ts';
import { type WindowLocks } from '../../renderer/sync/lock.ts';
import { digest } from '../support/digest.ts';
import { pairedTransport } from '../support/paired-transport.ts';
import { nodeImportKey } from '../support/sealers.ts';

/** A whole desk on a real folder, under a clock that is moved by hand: main process, window, people with accounts. */
export interface ShiftDesk {
  readonly clock: { now(): number };
  /** The window that is open now. */
  desk(): RunningDesk;
  /** Whether hub and issuer can be reached. */
  readonly line: { cut: boolean; tried: number };
  /** Codes of what went into the log as an error. */
  readonly errors: string[];
  /** Timers that are waiting now. */
  waiting(): number;
  start(): Promise<void>;
  /** The program under the window ends and is started again; the window goes on. */
  restartMain(): Promise<void>;
  /** Everything ends; `start` begins again on the same disk and database. */
  stop(): Promise<void>;
  /** Moves the clock, timer by timer. */
  pass(ms: number): Promise<void>;
  /** Waits for real work, letting a little time pass when it does not end by itself. */
  until(holds: () => boolean, what: string): Promise<void>;
  /** Waits for an answer in the same way. */
  answer<T>(asked: Promise<T>): Promise<T>;
}

export interface ShiftOptions {
  readonly folder: string;
  readonly hubUrl: URL;
  readonly enrolCode: string;
  readonly policy: Partial<Policy>;
  /** What a person does while nobody is signed in. */
  readonly signIn: (door: SignInDoor) => Promise<Session>;
}

/** The only window there is: it always gets the lock. */
const onlyWindow: WindowLocks = {
  take: () => Promise.resolve({ release: () => undefined }),
  whenFree: () => Promise.resolve(),
};
/** Real milliseconds that work may take before the clock is moved for it, and the longest anything is waited for. */
const PATIENCE_MS = 20;
const LONGEST_MS = 30_000;

export function shiftDesk(options: ShiftOptions): ShiftDesk {
  const clock = virtualClock(Date.now());
  const indexedDb = { factory: new IDBFactory(), keyRange: IDBKeyRange };
  const line = { cut: false, tried: 0 };
  const errors: string[] = [];
  const live = new Set<object>();
  let main: { readonly desk: MainDesk; readonly end: () => void } | undefined;
  let window: { readonly desk: RunningDesk; readonly end: () => void } | undefined;
  const open = new Set<{ close(): void }>();

  /** Timers of one program, which end with it. */
  function program(): { readonly timers: Timers; readonly end: () => void } {
    let isAlive = true;
    const own = clock.timersOf({ alive: () => isAlive });
    return {
      timers: {
        after(ms, run) {
          const mark = {};
          live.add(mark);
          const cancel = own.after(ms, () => {
            live.delete(mark);
            run();
          });
          return () => {
            live.delete(mark);
            cancel();
          };
        },
      },
      end: () => void (isAlive = false),
    };
  }

  const overLine: Fetch = (address, init) => {
    line.tried += 1;
    if (!line.cut) return fetch(address, init);
    const cause = Object.assign(new Error('no network'), { code: 'ENETUNREACH' });
    return Promise.reject(new TypeError('fetch failed', { cause }));
  };

  async function startMain(): Promise<void> {
    const { timers, end } = program();
    const log = {
      info: () => undefined,
      warn: () => undefined,
      error: ({ code }: { code: string }) => void errors.push(code),
    };
    const policy = await openPolicy({
      read: () =>
        Promise.resolve({
          machine: { kind: 'read', where: 'a shift', values: { ...options.policy } },
          user: { kind: 'absent' },
        }),
      environment: {},
      timers,
      log,
    });
    const composed = await composeLive({
      host: 'browser',
      version: '0.0.0-shift',
      profile: { name: 'shift', kind: 'development', folder: join(options.folder, 'profile') },
      hub: { url: options.hubUrl, enrolCode: options.enrolCode },
      role: 'adviser',
      deepLinks: false,
      notices: [],
      keyStore: fileKeyStore,
      openSettingsStore: openConf,
      policy,
      ...nodePorts,
      clock,
      timers,
      fetch: overLine,
      log,
    });
    if (!composed.ok) throw new Error(composed.error.message);
    main = { desk: composed.value, end };
  }

  async function endMain(): Promise<void> {
    const old = main;
    main = undefined;
    for (const one of open) one.close();
    open.clear();
    await old?.desk.close();
    old?.end();
  }

  async function startWindow(): Promise<void> {
    const { timers, end } = program();
    const desk = await createDesk({
      connect() {
        if (main === undefined) return Promise.reject(new Error('nobody there'));
        const both = pairedTransport();
        open.add(both);
        main.desk.connect(both.main);
        return Promise.resolve(both.window);
      },
      indexedDb,
      locks: onlyWindow,
      digest,
      importKey: nodeImportKey,
      clock,
      timers,
      ids: nodePorts.ids,
      random: Math.random,
      signIn: options.signIn,
      report: ({ code }) => void errors.push(code),
    });
    window = { desk, end };
  }

  const shift: ShiftDesk = {
    clock,
    line,
    errors,
    waiting: () => live.size,
    desk() {
      if (window === undefined) throw new Error('no window is open');
      return window.desk;
    },
    async start() {
      await shift.answer(startMain());
      await shift.answer(startWindow());
    },
    async restartMain() {
      await shift.answer(endMain());
      await shift.answer(startMain());
    },
    async stop() {
      await shift.answer(window?.desk.close() ?? Promise.resolve());
      window?.end();
      window = undefined;
      await shift.answer(endMain());
      live.clear();
    },
    async pass(ms) {
      const end = clock.now() + ms;
      while (clock.turn(end)) await turn();
      clock.moveTo(end);
    },
    async until(holds, what) {
      const began = performance.now();
      for (let waited = 0; !holds(); waited += 1) {
        if (performance.now() - began > LONGEST_MS) throw new Error(`it never came to be: ${what}`);
        await delay(1);
        if (waited % PATIENCE_MS === PATIENCE_MS - 1) clock.turn(clock.now() + 2_000);
      }
    },
    async answer(asked) {
      let isThere = false;
      const done = (): void => void (isThere = true);
      asked.then(done, done);
      await shift.until(() => isThere, 'an answer');
      return asked;
    },
  };
  return shift;
}
