import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, type BrowserWindow, dialog, ipcMain, protocol, safeStorage, session } from 'electron';
import { composeTraining } from '../../compose-training.ts';
import { type Desk } from '../../compose.ts';
import { type Environment, parseEnvironment, problemLine } from '../../environment.ts';
import { consoleLog } from '../../services/console-log.ts';
import { localDataFolder } from '../../services/data-folder.ts';
import { openDeskLog } from '../../services/log/desk-log.ts';
import { watchUncaught } from '../../services/log/uncaught.ts';
import { nodePorts } from '../../services/node-ports.ts';
import { systemClock } from '../../services/node-system.ts';
import { serveAppFile } from './app-files.ts';
import { APP_SCHEME, START_URL } from './channel.ts';
import { selfCheck } from './hardening/self-check.ts';
import { denyNetwork } from './deny-network.ts';
import { closeBeforeQuit } from './closing.ts';
import { denyNavigation, denyPermissions } from './lock-down.ts';
import { openElectronStore, safeKeyStore } from './ports.ts';
import { windowPrinting } from './print.ts';
import { serveWindow } from './transport.ts';
import { watchWindow } from './trouble.ts';
import { createWindow, raise } from './window.ts';

/**
 * ENTRY of the desktop program in the training world: two windows, the trainee's desk and the trainer's console. Its modules
 * reach no hub. No links are taken, nothing is registered with the system. Exit 2: bad settings; 1: cannot run.
 */
const terminalLog = consoleLog(systemClock, (line) => void process.stderr.write(`${line}\n`));
const built = import.meta.dirname;
const TRAINER_URL = `${START_URL}trainer.html`;

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
const environment = parseEnvironment({
  ...process.env,
  // Installed, practice is kept beside the desk's data, in the part of the profile that is never copied between computers.
  ...(app.isPackaged ? { LANTERN_DATA: localDataFolder(process.platform, process.env, homedir()) } : {}),
  LANTERN_WORLD: 'training',
});
if (environment.ok) start(environment.value);
else leave(2, problemLine(environment.error));

function start(settings: Environment): void {
  app.setPath('userData', join(settings.data, 'electron', `chromium-${settings.profile}`));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const log = openDeskLog(join(settings.data, 'electron', settings.profile), terminalLog, systemClock);
  watchUncaught(log, () => undefined);
  denyNavigation(app, log);
  let desk: Desk | undefined;
  let trainee: BrowserWindow | undefined;
  let trainer: BrowserWindow | undefined;
  app.on('second-instance', () => {
    if (trainee !== undefined) raise(trainee);
  });
  app.on('window-all-closed', () => app.quit());
  closeBeforeQuit(
    app,
    () => desk?.close().then(() => log.close()),
    () => leave(1, 'Lantern stopped, but could not close its files'),
  );
  app
    .whenReady()
    .then(async () => {
      const given = denyPermissions(session.defaultSession, log);
      denyNetwork(session.defaultSession, log);
      protocol.handle(APP_SCHEME, ({ method, url }) =>
        serveAppFile(resolve(built, '../renderer'), method, url),
      );
      const composed = await composeTraining({
        host: 'electron',
        version: app.getVersion(),
        profile: {
          name: settings.profile,
          kind: 'training',
          folder: join(settings.data, 'electron', settings.profile),
        },
        scripts: join(settings.data, 'scripts'),
        shippedScripts: resolve(built, '../../shared/training/scripts'),
        role: settings.role,
        deepLinks: false,
        notices: [],
        keyStore: (of, disk) => safeKeyStore(safeStorage, process.platform, log, of, disk, undefined),
        printing: windowPrinting({ window: () => trainee, dialog, disk: nodePorts.disk, log }),
        trainerPrinting: windowPrinting({ window: () => trainer, dialog, disk: nodePorts.disk, log }),
        openSettingsStore: openElectronStore,
        ...nodePorts,
        log,
      });
      if (!composed.ok) return leave(1, problemLine(composed.error));
      const present = composed.value;
      desk = present;
      log.started(app.getVersion());
      const preload = join(built, 'preload.cjs');
      trainee = createWindow(preload, app.isPackaged);
      trainer = createWindow(preload, app.isPackaged);
      const both = [trainee, trainer];
      serveWindow(ipcMain, trainee, (transport) => present.connect(transport), log, both);
      serveWindow(ipcMain, trainer, (transport) => present.connectTrainer?.(transport), log, both);
      for (const window of both) watchWindow(window, app, dialog, log);
      trainee.on('closed', () => (trainee = undefined));
      trainer.on('closed', () => (trainer = undefined));
      await trainer.loadURL(TRAINER_URL);
      await trainee.loadURL(START_URL);
      process.stdout.write('TRAINING: the practice desk and the trainer’s console are open.\n');
      await selfCheck({
        given,
        page: () => serveAppFile(resolve(built, '../renderer'), 'GET', START_URL),
        profileFolder: join(settings.data, 'electron', settings.profile),
        disk: nodePorts.disk,
        clock: systemClock,
        log,
      });
    })
    .catch((error: unknown) =>
      leave(1, `Lantern cannot start: ${error instanceof Error ? error.name : 'error'}`),
    );
}

function leave(code: number, line: string): void {
  process.stderr.write(`${line}\n`);
  app.exit(code);
}
