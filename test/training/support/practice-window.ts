import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { onTestFinished } from 'vitest';
import { systemClock, systemTimers, uuidSource } from '../../../main/services/node-system.ts';
import { createDesk } from '../../../renderer/call/create-desk.ts';
import { type RunningDesk } from '../../../renderer/call/desk.ts';
import { localLocks } from '../../renderer/support/local-locks.ts';
import { digest } from '../../support/digest.ts';
import { pairedTransport } from '../../support/paired-transport.ts';
import { nodeImportKey } from '../../support/sealers.ts';
import { type PracticeDesk } from './practice-desk.ts';

/** A trainee's window as it runs, without its page: the real desk on the real training composition. */
export async function practiceWindow({ desk }: Pick<PracticeDesk, 'desk'>): Promise<RunningDesk> {
  const window = await createDesk({
    connect() {
      const line = pairedTransport();
      desk.connect(line.main);
      return Promise.resolve(line.window);
    },
    indexedDb: { factory: new FakeFactory(), keyRange: FakeKeyRange },
    locks: localLocks().window(),
    digest,
    importKey: nodeImportKey,
    clock: systemClock,
    timers: systemTimers,
    ids: uuidSource,
    random: () => 0.5,
    report: () => undefined,
  });
  onTestFinished(() => window.close());
  await window.training.look();
  return window;
}
