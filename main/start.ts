import { type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { buildAll } from './build.ts';
import { type Environment, parseEnvironment, problemLine } from './environment.ts';
import { findBinary, runInstaller } from './hosts/electron/binary.ts';
import { isRunning, startChild, stopChild } from './launch/child.ts';
import { isBuilt, markBuilt } from './launch/freshness.ts';
import { chooseHost, hasDisplay, type HostChoice } from './launch/host-choice.ts';
import { type HubProcess, isHubReady, runHub } from './launch/hub-process.ts';
import { type IdentityProcess, runIdentity } from './launch/identity-process.ts';

/**
 * ENTRY of `npm start`: build if needed, hub, host, desk; Ctrl+C stops the desk, then the hub. The desk is asked first:
 * with unsent entries or a call it says so and goes on until the second Ctrl+C.
 */
const root = resolve(import.meta.dirname, '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** A first start makes a database, which takes a while on a slow disk; the desk does not wait longer for it. */
const HUB_READY_MS = 60_000;
const DESK_STOP_MS = 10_000;

let hub: HubProcess | undefined;
let identity: IdentityProcess | undefined;
let desk: ChildProcess | undefined;
const stopAsked = new Promise<'stop'>((resolveStop) => {
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolveStop('stop'));
  process.on('SIGINT', () => {
    if (desk !== undefined && isRunning(desk)) desk.kill('SIGINT');
    else resolveStop('stop');
  });
});

async function main(): Promise<number> {
  const environment = parseEnvironment(process.env);
  if (!environment.ok) return fail(2, problemLine(environment.error));
  if (process.argv.length > 2) return fail(2, 'Lantern cannot start: npm start takes no arguments');
  const settings = environment.value;
  await buildIfNeeded();

  const enrolCode = settings.enrolCode ?? randomBytes(24).toString('base64url');
  const isPractice = settings.world === 'training';
  // Practice has no hub, not even one that is switched off, and nobody to sign in to.
  const signIn = isPractice ? {} : await startIdentity(settings);
  if (!isPractice && !settings.hubIsGiven) await startHub(settings, enrolCode, signIn);

  const choice = await chooseHost({
    forced: settings.host,
    hasDisplay: hasDisplay(process.platform, process.env),
    findBinary: () => findBinary(root, process.env.ELECTRON_OVERRIDE_DIST_PATH),
    install: (ms) => runInstaller(root, ms),
  });
  if (choice.host === 'none') return fail(1, choice.line);
  say(choice.line);
  const env = isPractice
    ? practiceEnvironment(settings)
    : {
        ...process.env,
        ...signIn,
        LANTERN_DATA: settings.data,
        LANTERN_ENROL_CODE: enrolCode,
        LANTERN_HUB_URL: settings.hubUrl.href,
      };
  desk = startChild({ ...commandOf(choice, settings.world), cwd: root, env, asks: true });
  const [code] = (await once(desk, 'exit')) as [number | null];
  return code ?? 1;
}

async function buildIfNeeded(): Promise<void> {
  if (await isBuilt(root)) return;
  say('Building the window…');
  const startedAt = new Date();
  await buildAll(root);
  await markBuilt(root, startedAt);
}

async function startHub(
  settings: Environment,
  enrolCode: string,
  signIn: Readonly<Record<string, string>>,
): Promise<void> {
  if (await isHubReady(settings.hubUrl)) {
    say(`Hub: using the one that is already running on ${settings.hubUrl.origin}`);
    return;
  }
  const env = {
    // Left out where nobody chose a folder: the hub then uses .lantern/hub, or another where that cannot work.
    ...(process.env.LANTERN_DATA ? { LANTERN_HUB_DATA: join(settings.data, 'hub') } : {}),
    LANTERN_HUB_LOG: 'warn',
    LANTERN_HUB_LOG_FOLDER: join(settings.data, 'hub-logs'),
    LANTERN_HUB_DEMONSTRATION: '1',
    ...process.env,
    ...signIn,
    LANTERN_HUB_PORT: String(settings.hubPort),
    LANTERN_ENROL_CODE: enrolCode,
  };
  const child = { command: process.execPath, args: ['hub/server.ts'], cwd: root, env };
  hub = runHub({ child, url: settings.hubUrl, say });
  if (!(await hub.ready(HUB_READY_MS))) {
    say('Hub: not ready yet. The desk works without it and keeps everything on this PC until it is.');
  }
}

/**
 * Who signs people in: the issuer that is configured; else, beside a hub of our own, the demonstration's identity server.
 * Answers with the variables that hub and desk are given.
 */
async function startIdentity(settings: Environment): Promise<Readonly<Record<string, string>>> {
  const { signInIssuer, signInClientId = 'lantern-desk' } = settings.policy;
  if (signInIssuer !== undefined || settings.hubIsGiven) return {};
  identity = await runIdentity({ root, port: settings.identityPort, clientId: signInClientId });
  if (identity === undefined) {
    say(`Identity: ${settings.identityPort} is taken or cannot be used. People sign in without accounts.`);
    return {};
  }
  say(`Identity: demonstration server on ${identity.issuer}; you are signed in by it`);
  const person = { adviser: 'demo-handler', clinician: 'demo-clinician', supervisor: 'demo-supervisor' };
  return {
    LANTERN_SIGN_IN_ISSUER: identity.issuer,
    LANTERN_SIGN_IN_AS: settings.signInAs ?? person[settings.role],
  };
}

/** What a practice desk is told: its folder, and nothing of a hub, a code or a key. */
function practiceEnvironment({ data }: Environment): NodeJS.ProcessEnv {
  const { LANTERN_HUB_URL: _url, LANTERN_ENROL_CODE: _code, ...others } = process.env;
  return { ...others, LANTERN_WORLD: 'training', LANTERN_DATA: dirname(data) };
}

function commandOf(
  choice: Exclude<HostChoice, { host: 'none' }>,
  world: Environment['world'],
): { command: string; args: string[] } {
  const isPractice = world === 'training';
  if (choice.host === 'electron')
    return { command: choice.binary, args: [isPractice ? join(root, 'out/main/training.js') : root] };
  const entry = isPractice ? 'training.ts' : 'main.ts';
  return { command: process.execPath, args: [join(root, 'main/hosts/browser', entry)] };
}

function fail(code: number, line: string): number {
  process.stderr.write(`${line}\n`);
  return code;
}

/** The desk first: what it is writing is finished, and sent, while the hub is still there. */
async function stopAll(): Promise<void> {
  if (desk !== undefined) await stopChild(desk, DESK_STOP_MS);
  await hub?.stop();
  await identity?.stop();
}

const outcome = await Promise.race([
  stopAsked,
  main().catch((error: unknown) => fail(1, error instanceof Error ? error.message : 'Lantern cannot start')),
]);
await stopAll();
// Whatever was still being started ends here: the children have gone.
process.exit(outcome === 'stop' ? 0 : outcome);
