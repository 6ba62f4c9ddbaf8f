import { type CallOffer } from '../../shared/bridge/contract.ts';
import { type Settings } from '../../shared/policy/policy.ts';
import { contentByVersion, currentContent } from '../../shared/content/packs.ts';
import { callId, type CallId } from '../../shared/ids.ts';
import { type Bridge, createBridge } from '../bridge/lasting-bridge.ts';
import { createSealer } from '../store/sealer.ts';
import { openStore } from '../store/store.ts';
import { clockWords } from '../../shared/sync/refusal-words.ts';
import { lockName } from '../sync/lock.ts';
import { type PackAnswer, type RunningDesk } from './desk.ts';
import { createDirectoryLine } from './directory-line.ts';
import { hostPrint, hostSave } from './host-files.ts';
import { askKeys, type Hello, sayHello } from './hello.ts';
import { watchHub } from './hub-watch.ts';
import { createNotices, type Notices } from './notices.ts';
import { OTHER_WINDOW, OTHER_WINDOW_CLOSED, otherWindowDesk } from './other-window.ts';
import { shut, watchPerson } from './person-watch.ts';
import { type ContentPacks, type DeskPorts } from './ports.ts';
import { createSessionLine } from './session-line.ts';
import { watchPolicy } from './policy-watch.ts';
import { type Room, watchRoom } from './room-watch.ts';
import { createSettingsKeeper, type SettingsKeeper } from './settings-keeper.ts';
import { stakeOf } from './stake.ts';
import { startWriting } from './start-writing.ts';
import { createTrainingLine } from './training-line.ts';

/** A reloading page may meet its own past for this long before it believes in another window. */
const LOCK_PATIENCE_MS = 1_500;
const BRIDGE_AWAY =
  "The desk program behind this window does not answer. What you write is kept in this window's database alone until it is back.";

/**
 * THE DESK. Connects, takes the profile's lock, joins the two copies and opens the calls in hand; then it is ready.
 * Waits for the main process for as long as it takes. Rejects only when there is no profile or person to write for.
 */
export async function createDesk(ports: DeskPorts): Promise<RunningDesk> {
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const notices = createNotices(changed);
  const bridge = createBridge(ports);
  // Heard from the first moment: an offer may be what started the program.
  let offers: CallOffer[] = [];
  let take: (offer: CallOffer) => void = (offer) => void offers.push(offer);
  bridge.on('call.offered', (offer) => take(offer));
  const hub = watchHub(bridge, ports.clock, ({ clockOffMs }) => {
    notices.hold('clock', clockOffMs === undefined ? undefined : clockWords(clockOffMs));
    changed();
  });
  const directory = createDirectoryLine(bridge, changed);
  const training = createTrainingLine(bridge, changed);
  sayBridge(bridge, notices);
  let settings: SettingsKeeper | undefined;
  const policy = watchPolicy(bridge, () => settings, notices, changed);

  const greet = (): Promise<Hello> => sayHello(bridge, (sentence) => notices.say(sentence), ports.signIn);
  const saying = greet();
  // The content is read while the main process answers.
  await new Promise<void>((resolve) => bridge.onOpen(resolve));
  const packs = ports.content ?? builtIn();
  const first = await saying;
  for (const sentence of first.host.notices) notices.say(sentence);
  const lock = await ports.locks.take(lockName(first.host.profile.name), LOCK_PATIENCE_MS);
  const opened = lock === undefined ? undefined : await askKeys(first, greet, bridge);
  const hello = opened?.hello ?? first;
  const store =
    opened === undefined
      ? undefined
      : openStore(
          hello.host.profile.name,
          ports.indexedDb,
          await createSealer(opened.keys, ports.importKey),
          notices,
        );
  // The browser opens the database while the main process answers the rest.
  const opening = store?.open();
  const persisting = store && askToPersist(ports, notices);
  let gone = (): void => undefined;
  const lining = createSessionLine(bridge, hello.session, changed, () => gone());
  let lastRoom: Room | undefined;
  const room = watchRoom(store && ports.room, ports.timers, notices, ({ usage, quota }) => {
    lastRoom = { usage, quota };
    void bridge.call('health.storage', { usage: Math.round(usage), quota: Math.round(quota) });
    changed();
  });
  const kept = createSettingsKeeper(hello.settings, bridge, changed, (sentence) => notices.say(sentence));
  settings = kept;
  const sessionLine = await lining;
  const base = {
    host: hello.host,
    session: hello.session,
    sessionLine,
    content: packs.current,
    hub: () => hub.state(),
    directory,
    training,
    settings: () => kept.get(),
    policy: () => policy.report(),
    room: () => lastRoom,
    notices: () => notices.all(),
    now: () => ports.clock.now(),
    changeSettings: (next: Settings) => kept.change(next),
    pack: async (wanted: 'status' | 'write'): Promise<PackAnswer> => {
      const answer = await bridge.call(`pack.${wanted}`, {});
      return answer.ok ? answer.value : { why: answer.error.message };
    },
    print: hello.host.capabilities.print === 'host' ? hostPrint(bridge) : undefined,
    save: hello.host.capabilities.print === 'host' ? hostSave(bridge) : undefined,
    newId: () => ports.ids.next(),
    subscribe,
  };

  if (lock === undefined || store === undefined) {
    take = () =>
      notices.say('A call was offered to this window, which cannot take it: another window has this desk.');
    for (const offer of offers) take(offer);
    return leaveToOther(ports, bridge, notices, hello, base);
  }
  await Promise.all([opening, persisting]);
  const writing = await startWriting({ ports, bridge, store, hello, packs, hub, notices, changed });

  async function leaveToNextPerson(): Promise<void> {
    take = () => notices.say('A call was offered while somebody else signed in: take it by hand.');
    shut(desk);
    changed();
    await writing.draftsKept();
    await end();
    ports.onPersonChanged?.();
  }

  async function end(last?: () => Promise<unknown>): Promise<void> {
    room.stop();
    await writing.close();
    desk.tellStake();
    await last?.();
    store?.close();
    bridge.close();
    lock?.release();
  }
  const desk: RunningDesk = {
    ...base,
    ...writing.desk,
    state: () => 'ready',
    takeCall(offer): CallId {
      const id = callId.parse(ports.ids.next());
      writing.begin(id);
      const offered = desk.record(id, { type: 'call.offered', data: { channel: 'phone', ...offer } });
      if (!offered.ok) {
        // A call is never lost to a bad number or wait: it is taken without them, and that is said.
        notices.say(`A call came with details that could not be used: ${offered.why.join(' ')}`);
        desk.record(id, { type: 'call.offered', data: { channel: 'phone', source: offer.source } });
      }
      desk.record(id, { type: 'call.answered', data: {} });
      return id;
    },
    tellStake: () => void bridge.call('leaving.stake', stakeOf(desk)),
    signOut() {
      // What the main process then tells is no news.
      gone = () => undefined;
      return end(() => bridge.call('session.signOut', {}));
    },
    close: () => end(),
  };
  take = ({ source, number, waitedMs }) => {
    desk.takeCall({
      source,
      ...(number === undefined ? {} : { number }),
      ...(waitedMs === undefined ? {} : { waitedMs }),
    });
  };
  for (const offer of offers) take(offer);
  offers = [];
  gone = () => {
    gone = () => undefined;
    void leaveToNextPerson();
  };
  watchPerson(bridge, hello.session.person.id, () => gone());
  return desk;
}

const builtIn = (): ContentPacks => ({ current: currentContent(), byVersion: contentByVersion });

function sayBridge(bridge: Bridge, notices: Notices): void {
  bridge.onOpen(() => notices.hold('bridge', undefined));
  bridge.onClose(() => notices.hold('bridge', BRIDGE_AWAY));
}

async function askToPersist({ persist }: DeskPorts, notices: Notices): Promise<void> {
  if (persist === undefined || (await persist())) return;
  notices.say(
    "This browser may clear this window's database when the disk is short. The journal on this PC keeps the second copy.",
  );
}

function leaveToOther(
  ports: DeskPorts,
  bridge: Bridge,
  notices: Notices,
  hello: Hello,
  base: Omit<Parameters<typeof otherWindowDesk>[0], 'close'>,
): RunningDesk {
  notices.hold('otherWindow', OTHER_WINDOW);
  void ports.locks
    .whenFree(lockName(hello.host.profile.name))
    .then(() => notices.hold('otherWindow', OTHER_WINDOW_CLOSED));
  return otherWindowDesk({
    ...base,
    close: () => {
      bridge.close();
      return Promise.resolve();
    },
  });
}
