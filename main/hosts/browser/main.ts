import { join, resolve } from 'node:path';
import { readProgram } from '../../commands/program.ts';
import { refuseProgram, runCommand } from '../../commands/run.ts';
import { composeLive } from '../../compose-live.ts';
import { parseEnvironment, problemLine } from '../../environment.ts';
import { composedFrom, openDeskPolicy } from '../../services/policy/desk-policy.ts';
import { consoleLog } from '../../services/console-log.ts';
import { openDeskLog } from '../../services/log/desk-log.ts';
import { watchUncaught } from '../../services/log/uncaught.ts';
import { fileKeyStore } from '../../services/file-key-store.ts';
import { createAskTwice } from '../../services/leaving.ts';
import { nodeDisk } from '../../services/node-disk.ts';
import { nodePorts } from '../../services/node-ports.ts';
import { systemClock, systemTimers } from '../../services/node-system.ts';
import { terminalAsker } from '../../services/ask-hidden.ts';
import { passphraseFor } from '../../services/vault/asked-passphrase.ts';
import { configuredPassphrase, configuredRecovery } from '../../services/vault/configured.ts';
import { passphraseKeyStore } from '../../services/vault/passphrase-key-store.ts';
import { configuredAuthorities } from '../../services/network/authorities.ts';
import { readProxy } from '../../services/network/proxy.ts';
import { hostFetch } from './network.ts';
import { nodeContext } from './command-context.ts';
import { ownVersion } from './own-version.ts';
import { openConf } from './ports.ts';
import { startBrowserServer } from './server.ts';
import { sessionSecret } from './session-cookie.ts';

/**
 * ENTRY of the browser host: compose, serve, print the address. Exit 2: bad settings; 1: cannot run. With a command's word
 * (`commands/program.ts`) it answers and ends instead.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const terminalLog = consoleLog(systemClock, (line) => void process.stderr.write(`${line}\n`));

async function main(): Promise<number> {
  const called = 'node main/hosts/browser/main.ts';
  const program = readProgram(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (!program.ok) return refuseProgram(program.error, nodeContext(), called);
  if (program.value.does === 'desk' && program.value.link !== undefined)
    return stop(2, 'Lantern cannot start: links are opened by the desktop program');
  // There is no Chromium or session manager here whose switches these could be.
  if (program.value.does === 'desk' && process.argv.length > 2)
    return stop(2, 'Lantern cannot start: arguments are not known here; settings are variables (README)');
  if (program.value.does !== 'desk')
    return runCommand(program.value, { ...nodeContext(), host: 'browser' }, called);
  const environment = parseEnvironment(process.env);
  if (!environment.ok) return stop(2, problemLine(environment.error));
  const { data, profile, deskPort, role } = environment.value;
  const folder = join(data, 'browser', profile);
  const log = openDeskLog(folder, terminalLog, systemClock);
  watchUncaught(log, () => process.exit(1));
  const policy = await openDeskPolicy(environment.value, log);
  const { values } = policy.current();
  const configured = await configuredPassphrase(values.passphraseFile, nodeDisk);
  const asker = terminalAsker(process.stdin, process.stdout);
  const passphrase = configured.ok
    ? await passphraseFor(folder, nodeDisk, configured.value, asker)
    : configured;
  if (!passphrase.ok) return stop(2, problemLine(passphrase.error));
  const { value: secret } = passphrase;
  const authorities = await configuredAuthorities(values.caFile, nodeDisk, log);

  const composed = await composeLive({
    host: 'browser',
    version: await ownVersion(),
    profile: { name: profile, kind: 'development', folder },
    ...composedFrom(values, data),
    role,
    signInAs: environment.value.signInAs,
    deepLinks: false,
    notices: ['This desk runs in a browser: other tabs and extensions share it.', ...authorities.notices],
    keyStore: (of, disk) =>
      secret === undefined ? fileKeyStore(of, disk) : Promise.resolve(passphraseKeyStore(secret)),
    recovery: await configuredRecovery(values.recoveryKeyFile, nodeDisk, log),
    openSettingsStore: openConf,
    policy,
    ...nodePorts,
    fetch: hostFetch({
      proxy: readProxy(values.proxy),
      authorities: authorities.certificates,
      variables: process.env,
    }),
    log,
  });
  if (!composed.ok) return stop(1, problemLine(composed.error));
  const desk = composed.value;
  log.started(await ownVersion());

  const server = await startBrowserServer({
    port: deskPort,
    renderer: resolve(import.meta.dirname, '../../../out/renderer'),
    secret: await sessionSecret(nodeDisk, folder),
    connect: (transport) => desk.connect(transport),
    gone: (address) => say(`Open the desk again: ${address}`),
    clock: systemClock,
    timers: systemTimers,
    log,
  });
  if (!server.ok) {
    await desk.close();
    return stop(1, problemLine(server.error));
  }
  say(`Open the desk: ${server.value.freshAddress()}`);

  const stopped = new Promise<void>((resolveStop) => {
    process.once('SIGTERM', () => resolveStop());
    // A person at the terminal is asked first; a second Ctrl+C is the answer.
    const mayLeave = createAskTwice(
      () => desk.leaving('quit'),
      () => systemClock.now(),
      say,
    );
    process.on('SIGINT', () => {
      if (mayLeave()) resolveStop();
    });
  });
  await stopped;
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
