import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { join } from 'node:path';
import { nodePorts } from '../../main/services/node-ports.ts';
import { type Desk as MainDesk } from '../../main/compose.ts';
import { composeLive } from '../../main/compose-live.ts';
import { openConf } from '../../main/hosts/browser/ports.ts';
import { type Log } from '../../main/ports/log.ts';
import { fileKeyStore } from '../../main/services/file-key-store.ts';
import { systemClock, systemTimers, uuidSource } from '../../main/services/node-system.ts';
import { createDesk } from '../../renderer/call/create-desk.ts';
import { type RunningDesk } from '../../renderer/call/desk.ts';
import { webImportKey } from '../../renderer/store/web-box.ts';
import { type PolicyKeeper } from '../../main/ports/policy.ts';
import { type WindowLocks } from '../../renderer/sync/lock.ts';
import { digest } from './digest.ts';
import { pairedTransport } from './paired-transport.ts';

/** The desk's real main process and real window code in one Node process; only the screen is missing. */
export interface HeadlessDesk {
  readonly desk: RunningDesk;
  readonly main: MainDesk;
  close(): Promise<void>;
}

/** The only window there is: it always gets the lock. */
const onlyWindow: WindowLocks = {
  take: () => Promise.resolve({ release: () => undefined }),
  whenFree: () => Promise.resolve(),
};

export async function openHeadlessDesk(options: {
  data: string;
  hubUrl: string;
  enrolCode: string;
  policy?: PolicyKeeper;
  log?: Log;
}): Promise<HeadlessDesk> {
  const composed = await composeLive({
    host: 'browser',
    version: 'headless',
    profile: { name: 'simulation', kind: 'development', folder: join(options.data, 'desk') },
    hub: { url: new URL(options.hubUrl), enrolCode: options.enrolCode },
    role: 'adviser',
    deepLinks: false,
    notices: [],
    keyStore: fileKeyStore,
    openSettingsStore: openConf,
    ...(options.policy === undefined ? {} : { policy: options.policy }),
    ...nodePorts,
    fetch: (url, init) => fetch(url, init),
    log: options.log ?? {
      info: () => undefined,
      warn: () => undefined,
      error: (fault) => console.error(fault.code),
    },
  });
  if (!composed.ok) throw new Error(`${composed.error.field}: ${composed.error.message}`);
  const main = composed.value;
  const desk = await createDesk({
    connect() {
      const line = pairedTransport();
      main.connect(line.main);
      return Promise.resolve(line.window);
    },
    indexedDb: { factory: new IDBFactory(), keyRange: IDBKeyRange },
    locks: onlyWindow,
    digest,
    importKey: webImportKey,
    clock: systemClock,
    timers: systemTimers,
    ids: uuidSource,
    random: Math.random,
    report: (fault) => console.error(`${fault.code} ${fault.field}`),
  });
  return {
    desk,
    main,
    async close() {
      await desk.close();
      await main.close();
    },
  };
}
