import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { composeTraining } from '../../compose-training.ts';
import { parseEnvironment, problemLine } from '../../environment.ts';
import { consoleLog } from '../../services/console-log.ts';
import { openDeskLog } from '../../services/log/desk-log.ts';
import { watchUncaught } from '../../services/log/uncaught.ts';
import { fileKeyStore } from '../../services/file-key-store.ts';
import { nodeDisk } from '../../services/node-disk.ts';
import { nodePorts } from '../../services/node-ports.ts';
import { systemClock, systemTimers } from '../../services/node-system.ts';
import { ownVersion } from './own-version.ts';
import { openConf } from './ports.ts';
import { startBrowserServer } from './server.ts';
import { sessionSecret } from './session-cookie.ts';

/**
 * ENTRY of the browser host in the training world: its modules reach no hub, because none of them names one. Prints one address
 * for the trainee and one for the trainer. Exit 2: bad settings; 1: cannot run.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const terminalLog = consoleLog(systemClock, (line) => void process.stderr.write(`${line}\n`));
const root = resolve(import.meta.dirname, '../../..');

async function main(): Promise<number> {
  const environment = parseEnvironment({ ...process.env, LANTERN_WORLD: 'training' });
  if (!environment.ok) return stop(2, problemLine(environment.error));
  const { data, profile, deskPort, role } = environment.value;
  const folder = join(data, 'browser', profile);
  const log = openDeskLog(folder, terminalLog, systemClock);
  watchUncaught(log, () => process.exit(1));
  const scripts = join(data, 'scripts');
  await mkdir(scripts, { recursive: true });
  const composed = await composeTraining({
    host: 'browser',
    version: 'training',
    profile: { name: profile, kind: 'training', folder },
    role,
    deepLinks: false,
    notices: ['This is practice. Nothing here reaches a hub, and nothing of it is a real call.'],
    keyStore: fileKeyStore,
    openSettingsStore: openConf,
    ...nodePorts,
    log,
    scripts,
    shippedScripts: join(root, 'shared/training/scripts'),
  });
  if (!composed.ok) return stop(1, problemLine(composed.error));
  const desk = composed.value;
  log.started(await ownVersion());
  const server = await startBrowserServer({
    port: deskPort,
    renderer: join(root, 'out/renderer'),
    secret: await sessionSecret(nodeDisk, folder),
    connect: (transport) => desk.connect(transport),
    gone: (address) => say(`Open the practice desk again: ${address}`),
    trainer: {
      connect: (transport) => desk.connectTrainer?.(transport),
      gone: (address) => say(`Open the trainer’s console again: ${address}`),
    },
    clock: systemClock,
    timers: systemTimers,
    log,
  });
  if (!server.ok) {
    await desk.close();
    return stop(1, problemLine(server.error));
  }
  say('TRAINING: practice calls only. There is no hub here.');
  say(`Scripts of your own: ${scripts}`);
  say(`Open the practice desk: ${server.value.freshAddress()}`);
  say(`Open the trainer’s console: ${server.value.freshTrainerAddress()}`);
  await new Promise<void>((resolveStop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolveStop());
  });
  await server.value.close();
  await desk.close();
  await log.close();
  return 0;
}

function stop(code: number, line: string): number {
  process.stderr.write(`${line}\n`);
  return code;
}

process.exitCode = await main();
