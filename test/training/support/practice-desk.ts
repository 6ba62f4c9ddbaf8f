import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { composeTraining, type TrainingPorts } from '../../../main/compose-training.ts';
import { type Desk } from '../../../main/compose.ts';
import { openConf } from '../../../main/hosts/browser/ports.ts';
import { fileKeyStore } from '../../../main/services/file-key-store.ts';
import { nodePorts } from '../../../main/services/node-ports.ts';
import { type BridgeClient, createBridgeClient } from '../../../shared/bridge/client.ts';
import { must } from '../../main/support/journals.ts';
import { recordLog } from '../../main/support/logs.ts';
import { tempFolder } from '../../main/support/temp-folder.ts';
import { pairedTransport } from '../../support/paired-transport.ts';
import { ROOT } from '../../support/sources.ts';

export interface PracticeDesk {
  readonly folder: string;
  readonly scripts: string;
  readonly desk: Desk;
  /** One window each, on the real composition. */
  readonly trainee: BridgeClient;
  readonly trainer: BridgeClient;
}

/** The real training composition on a folder of its own. */
export async function practiceDesk(folder?: string, own: Partial<TrainingPorts> = {}): Promise<PracticeDesk> {
  const training = folder ?? (await tempFolder());
  const scripts = join(training, 'scripts');
  const desk = await must(
    composeTraining({
      host: 'browser',
      version: '0.0.0-test',
      profile: { name: 'training', kind: 'training', folder: join(training, 'profile') },
      role: 'adviser',
      deepLinks: false,
      notices: [],
      keyStore: fileKeyStore,
      openSettingsStore: openConf,
      ...nodePorts,
      log: recordLog(),
      ...own,
      scripts,
      shippedScripts: join(ROOT, 'shared/training/scripts'),
    }),
  );
  onTestFinished(() => desk.close());
  const client = (connect: Desk['connect']): BridgeClient => {
    const line = pairedTransport();
    connect(line.main);
    return createBridgeClient(line.window, () => undefined);
  };
  return {
    folder: training,
    scripts,
    desk,
    trainee: client((transport) => desk.connect(transport)),
    trainer: client((transport) => desk.connectTrainer?.(transport)),
  };
}
