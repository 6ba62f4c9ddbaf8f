import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, type BrowserWindow, dialog, ipcMain, protocol, safeStorage, session, shell } from 'electron';
import { terminal } from '../../commands/context.ts';
import { readProgram } from '../../commands/program.ts';
import { refuseProgram } from '../../commands/run.ts';
import { type Desk } from '../../compose.ts';
import { composeLive } from '../../compose-live.ts';
import { type Environment, parseEnvironment, problemLine } from '../../environment.ts';
import { type Log } from '../../ports/log.ts';
import { composedFrom, openDeskPolicy } from '../../services/policy/desk-policy.ts';
import { consoleLog } from '../../services/console-log.ts';
import { openDeskLog } from '../../services/log/desk-log.ts';
import { watchUncaught } from '../../services/log/uncaught.ts';
import { nodePorts } from '../../services/node-ports.ts';
import { systemClock } from '../../services/node-system.ts';
import { passphraseFor } from '../../services/vault/asked-passphrase.ts';
import { configuredPassphrase, configuredRecovery } from '../../services/vault/configured.ts';
import { localDataFolder } from '../../services/data-folder.ts';
import { readProxy } from '../../services/network/proxy.ts';
import { linkAmong } from '../../services/outside-calls.ts';
import { answerCommand, CALLED } from './answer.ts';
import { serveAppFile } from './app-files.ts';
import { APP_SCHEME, START_URL } from './channel.ts';
import { selfCheck } from './hardening/self-check.ts';
import { denyNetwork } from './deny-network.ts';
import { closeBeforeQuit } from './closing.ts';
import { denyNavigation, denyPermissions } from './lock-down.ts';
import { askOnLeaving } from './leaving.ts';
import { openNetwork } from './network.ts';
import { openSignInPage } from './open-sign-in.ts';
import { openElectronStore, safeKeyStore } from './ports.ts';
import { windowPrinting } from './print.ts';
import { startUpdates } from './start-updates.ts';
import { serveWindow } from './transport.ts';
import { watchWindow } from './trouble.ts';
import { createWindow, raise } from './window.ts';

/**
 * ENTRY of the desktop program: a list of steps. Exit 2: bad settings; 1: cannot run. With a command's word
 * (`commands/program.ts`) it answers and ends instead.
 */
const terminalLog = consoleLog(systemClock, (line) => void process.stderr.write(`${line}\n`));
const built = import.meta.dirname;
const renderer = resolve(built, '../renderer');

// 1. Before anything else: the sandbox for every process, our own scheme, our own data folder. `crashReporter` is never
// started: a crash dump is a picture of memory, with a caller's words and the data key in it.
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
const variables = {
  ...process.env,
  // Installed, Lantern keeps everything in one place of the account's own, whatever a variable says.
  ...(app.isPackaged ? { LANTERN_DATA: localDataFolder(process.platform, process.env, homedir()) } : {}),
};
const environment = parseEnvironment(variables);
const program = readProgram(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
if (!program.ok) app.exit(refuseProgram(program.error, terminal, CALLED));
else if (program.value.does !== 'desk') void answerCommand(app, session, program.value, variables);
else if (environment.ok) start(environment.value);
else leave(2, problemLine(environment.error));

function start(settings: Environment): void {
  app.setPath('userData', join(settings.data, 'electron', `chromium-${settings.profile}`));

  // 2. One program per profile: a second start hands over its link and ends.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }

  const log = openDeskLog(join(settings.data, 'electron', settings.profile), terminalLog, systemClock);
  // The desk goes on, as Electron itself would: a call in progress is worth more than a clean end.
  watchUncaught(log, () => undefined);

  // 3. Links may come before there is a desk or a window: they wait.
  const links: string[] = [];
  let desk: Desk | undefined;
  let window: BrowserWindow | undefined;
  const open = (link: string | undefined): void => {
    if (link === undefined) return;
    if (desk === undefined) links.push(link);
    else desk.openLink(link);
  };
  if (process.defaultApp)
    app.setAsDefaultProtocolClient('lantern', process.execPath, [resolve(process.argv[1] ?? '.')]);
  else app.setAsDefaultProtocolClient('lantern');
  open(linkAmong(process.argv));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    open(url);
  });
  app.on('second-instance', (_event, commandLine) => {
    if (window !== undefined) raise(window);
    open(linkAmong(commandLine));
  });

  // 4. Nothing leaves the desk's own page.
  denyNavigation(app, log);

  // 5. Leaving: what is being written is finished first.
  const leaving = askOnLeaving({ app, dialog, log, question: (kind) => desk?.leaving(kind) });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      // The session or the PC ends: nobody can answer, and everything is kept.
      leaving.allow();
      app.quit();
    });
  app.on('window-all-closed', () => app.quit());
  closeBeforeQuit(
    app,
    () => desk?.close().then(() => log.close()),
    () => leave(1, 'Lantern stopped, but could not close its files'),
  );

  // 6. Ready: the desk, then the window.
  app
    .whenReady()
    .then(async () => {
      const given = denyPermissions(session.defaultSession, log);
      denyNetwork(session.defaultSession, log);
      protocol.handle(APP_SCHEME, ({ method, url }) => serveAppFile(renderer, method, url));
      const policy = await openDeskPolicy(settings, log);
      const composed = await composeDesk({ settings, log, policy }, () => window);
      if (!composed.ok) return leave(1, problemLine(composed.error));
      desk = composed.value;
      log.started(app.getVersion());
      const present = desk;
      for (const link of links.splice(0)) present.openLink(link);
      window = createWindow(join(built, 'preload.cjs'), app.isPackaged);
      serveWindow(ipcMain, window, (transport) => present.connect(transport), log);
      watchWindow(window, app, dialog, log);
      leaving.watch(window);
      window.on('closed', () => (window = undefined));
      // Last, when everything listens: a page that could not be loaded rejects, and that ends the start.
      await window.loadURL(START_URL);
      process.stdout.write('The desk is open in its own window.\n');
      const profileFolder = join(settings.data, 'electron', settings.profile);
      const { disk } = nodePorts;
      await selfCheck({
        given,
        page: () => serveAppFile(renderer, 'GET', START_URL),
        profileFolder,
        disk,
        clock: systemClock,
        log,
      });
      await startUpdates({
        app,
        dialog,
        window: () => window,
        desk: present,
        policy: policy.current().values,
        profileFolder,
        disk,
        log,
      });
    })
    .catch((error: unknown) =>
      leave(1, `Lantern cannot start: ${error instanceof Error ? error.name : 'error'}`),
    );
}

interface DeskParts {
  readonly settings: Environment;
  readonly log: Log;
  readonly policy: Awaited<ReturnType<typeof openDeskPolicy>>;
}

async function composeDesk(
  { settings, log, policy }: DeskParts,
  window: () => BrowserWindow | undefined,
): ReturnType<typeof composeLive> {
  const { data, profile, role } = settings;
  const { values } = policy.current();
  const configured = await configuredPassphrase(values.passphraseFile, nodePorts.disk);
  // The desktop program has no terminal to ask at.
  const folder = join(data, 'electron', profile);
  const passphrase = configured.ok
    ? await passphraseFor(folder, nodePorts.disk, configured.value, undefined)
    : configured;
  if (!passphrase.ok) return passphrase;
  return composeLive({
    host: 'electron',
    version: app.getVersion(),
    profile: { name: profile, kind: 'development', folder },
    ...composedFrom(values, data),
    role,
    signInAs: settings.signInAs,
    openAddress: openSignInPage(shell, values.signInIssuer, log),
    deepLinks: true,
    notices: [],
    keyStore: (of, disk) => safeKeyStore(safeStorage, process.platform, log, of, disk, passphrase.value),
    recovery: await configuredRecovery(values.recoveryKeyFile, nodePorts.disk, log),
    printing: windowPrinting({ window, dialog, disk: nodePorts.disk, log }),
    openSettingsStore: openElectronStore,
    policy,
    ...nodePorts,
    fetch: (await openNetwork(session, readProxy(values.proxy))).fetch,
    log,
  });
}

function leave(code: number, line: string): void {
  process.stderr.write(`${line}\n`);
  app.exit(code);
}
