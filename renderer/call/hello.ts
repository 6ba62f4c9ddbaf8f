import {
  type Draft,
  type HostDescription,
  type Input,
  type MethodName,
  type Output,
} from '../../shared/bridge/contract.ts';
import { type Session } from '../../shared/bridge/session.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { settings, type Settings } from '../../shared/policy/policy.ts';
import { type Result } from '../../shared/result.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type DeskPorts } from './ports.ts';
import { signInDoor } from './session-line.ts';

/** What the window must know before it can show anything. */
export interface Hello {
  readonly host: HostDescription;
  readonly session: Session;
  readonly settings: Settings;
  readonly drafts: readonly Draft[];
}

/**
 * Asks the main process who and where we are, for as long as it takes to be connected. Throws when the answer makes
 * no sense: without a profile and a person nothing may be written.
 */
export async function sayHello(
  bridge: Bridge,
  tell: (sentence: string) => void,
  signIn: DeskPorts['signIn'],
): Promise<Hello> {
  // What needs no answer to be asked is asked together: the main process has just begun, and each turn waits for it.
  const [described, current] = await Promise.all([
    ask(bridge, 'host.describe', {}),
    ask(bridge, 'session.current', {}),
  ]);
  const host = must(described);
  const session = await whoIsHere(bridge, current, signIn);
  const [kept, drafts] = await Promise.all([ask(bridge, 'settings.get', {}), ask(bridge, 'drafts.list', {})]);
  if (!kept.ok) tell(`Settings could not be read (${kept.error.message}); the defaults are in force.`);
  if (!drafts.ok) tell(`Half-typed text could not be read: ${drafts.error.message}.`);
  return {
    host,
    session,
    settings: kept.ok ? kept.value : settings.parse({}),
    drafts: drafts.ok ? drafts.value.drafts : [],
  };
}

const NOBODY = 'session.none';

/** Who is signed in; while nobody is, the person at the desk is asked for as long as it takes. */
async function whoIsHere(
  bridge: Bridge,
  session: Result<Session, Fault>,
  signIn: DeskPorts['signIn'],
): Promise<Session> {
  if (session.ok || session.error.code !== NOBODY || signIn === undefined) return must(session);
  return signIn(signInDoor({ call: (method, input) => ask(bridge, method, input) }));
}

/** The profile's data keys, and whoever is here when they are given. */
export interface Opened {
  readonly hello: Hello;
  readonly keys: Output<'keys.open'>;
}

/**
 * The profile's data keys: asked for only by the window that writes, once it is known who sits at it. A start can last (a slow
 * disk, a lock that another page is letting go), and people change meanwhile: then it is asked again who is here, and nothing
 * of the former person is kept.
 */
export async function askKeys(before: Hello, again: () => Promise<Hello>, bridge: Bridge): Promise<Opened> {
  for (let hello = before; ; hello = await again()) {
    // In this order: whoever is here after the keys were given is whom they were given for.
    const [keys, now] = await Promise.all([ask(bridge, 'keys.open', {}), ask(bridge, 'session.current', {})]);
    if (!keys.ok && keys.error.code !== NOBODY) must(keys);
    const isSame = now.ok && now.value.person.id === hello.session.person.id;
    if (keys.ok && isSame) return { hello, keys: keys.value };
  }
}

/** Waits for a connection; every other fault is the answer. */
async function ask<M extends MethodName>(
  bridge: Bridge,
  method: M,
  input: Input<M>,
): Promise<Result<Output<M>, Fault>> {
  for (;;) {
    if (!bridge.isOpen()) await new Promise<void>((resolve) => bridge.onOpen(resolve));
    const answer = await bridge.call(method, input);
    if (answer.ok || answer.error.code !== 'bridge.closed') return answer;
  }
}

function must<T>(answer: Result<T, Fault>): T {
  if (answer.ok) return answer.value;
  throw new Error(
    `the main process cannot be used: ${answer.error.message} (${answer.error.code}, ${answer.error.field})`,
  );
}
