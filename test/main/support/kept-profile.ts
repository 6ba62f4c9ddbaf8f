import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Desk } from '../../../main/compose.ts';
import { composeLive } from '../../../main/compose-live.ts';
import { openConf } from '../../../main/hosts/browser/ports.ts';
import { type RecoveryKey } from '../../../main/ports/key-store.ts';
import { fileKeyStore } from '../../../main/services/file-key-store.ts';
import { createJournal } from '../../../main/services/journal/journal.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';
import { nodePorts } from '../../../main/services/node-ports.ts';
import { sha256 } from '../../../main/services/node-system.ts';
import { openVault } from '../../../main/services/vault/open-vault.ts';
import { readRecoveryKey } from '../../../main/services/vault/recovery-key.ts';
import { type BridgeClient, createBridgeClient } from '../../../shared/bridge/client.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { type StreamId } from '../../../shared/ids.ts';
import { pairedTransport } from '../../support/paired-transport.ts';
import { runNode } from '../../support/process.ts';
import { headOf, makeEvents } from './events.ts';
import { must } from './journals.ts';
import { recordLog } from './logs.ts';

export interface RecoveryPair {
  readonly key: RecoveryKey;
  readonly publicPem: string;
  readonly privatePem: string;
}

export async function recoveryPair(): Promise<RecoveryPair> {
  const pair = generateKeyPairSync('x25519');
  const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key: await must(readRecoveryKey(publicPem)), publicPem, privatePem };
}

export interface OpenDesk {
  readonly desk: Desk;
  readonly bridge: BridgeClient;
}

/** The real composition on a profile folder, and a window's end of its bridge. Its hub is never there. */
export async function openDesk(folder: string, key?: RecoveryKey): Promise<OpenDesk> {
  const desk = await must(
    composeLive({
      host: 'browser',
      version: '0.0.0-test',
      profile: { name: 'test', kind: 'development', folder },
      hub: { url: new URL('http://127.0.0.1:1') },
      role: 'adviser',
      deepLinks: false,
      notices: [],
      keyStore: fileKeyStore,
      recovery: { key, notices: [] },
      openSettingsStore: openConf,
      ...nodePorts,
      fetch: (url, init) => fetch(url, init),
      log: recordLog(),
    }),
  );
  const line = pairedTransport();
  desk.connect(line.main);
  return { desk, bridge: createBridgeClient(line.window, () => undefined) };
}

/** Writes `count` more events to the present stream, as the window does. */
export async function writeMore(
  { bridge }: OpenDesk,
  count: number,
): Promise<{ stream: StreamId; events: Envelope[] }> {
  const { stream, head } = await must(bridge.call('journal.open', {}));
  const events = await makeEvents(stream, count, head);
  await must(bridge.call('journal.append', { events }));
  return { stream, events };
}

/** Writes on in the present stream of a closed profile, in files so small that there are many. */
export async function writeInSmallFiles(
  folder: string,
  before: readonly Envelope[],
  count: number,
): Promise<Envelope[]> {
  const log = recordLog();
  const keyStore = await fileKeyStore(folder, nodeDisk);
  const { vault } = await openVault({ folder, keyStore, log, ...nodePorts });
  const journal = createJournal({
    folder: join(folder, 'journal'),
    digest: sha256,
    log,
    vault,
    segmentBytes: 3_000,
    ...nodePorts,
  });
  const { stream } = await must(journal.open());
  const events = await makeEvents(stream, count, headOf(before));
  for (const event of events) await must(journal.append([event]));
  await journal.close();
  return events;
}

/** Writes a text to a file of the folder and answers its path. */
export async function fileWith(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Runs one of our commands to its end. */
export async function command(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string }> {
  const running = runNode([join(import.meta.dirname, '../../../main', program), ...args], { env });
  const code = await new Promise<number | null>((resolve) => running.child.once('close', resolve));
  return { code, output: running.output() };
}
