import { join } from 'node:path';
import { type CallOffer, type HostDescription } from '../shared/bridge/contract.ts';
import { type Fault } from '../shared/bridge/frames.ts';
import { type Transport } from '../shared/bridge/transport.ts';
import { reportPolicy } from '../shared/policy/report.ts';
import { ok, type Result } from '../shared/result.ts';
import { createHandlers } from './handlers.ts';
import { type DeskPorts } from './ports/host.ts';
import { type HubLink } from './ports/hub-link.ts';
import { causeOf } from './ports/log.ts';
import { type DowntimePackKeeper } from './services/downtime-pack.ts';
import { createDirectoryKeeper, type DirectoryKeeper } from './services/directory/keeper.ts';
import { type DeskIdentity, openDeskIdentity } from './services/desk-identity.ts';
import { createDrafts } from './services/drafts.ts';
import { createHealthKeeper } from './services/health.ts';
import { refuse } from './services/faults.ts';
import { keptFileKeyStore, retireFileKeyStore } from './services/file-key-store.ts';
import { createJournal, type Journal } from './services/journal/journal.ts';
import { sha256 } from './services/node-system.ts';
import { readDeepLink } from './services/outside-calls.ts';
import { createPlaces } from './services/places.ts';
import { asidePlaces } from './services/asides.ts';
import { purgeAsides } from './services/purge-asides.ts';
import { createPurge } from './services/purge.ts';
import { lockProfile, type ProfileLock } from './services/profile-lock.ts';
import { createLeaving, type Leaving } from './services/leaving.ts';
import { developmentSessions } from './services/session.ts';
import { type PersonAtHub, type Sessions } from './ports/sessions.ts';
import { type PolicyKeeper } from './ports/policy.ts';
import { unmanaged } from './services/policy/keeper.ts';
import { openSettings, type SettingsService } from './services/settings.ts';
import { type TrainingRoom } from './services/training/room.ts';
import { trainerHandlers } from './trainer-handlers.ts';
import { openVault } from './services/vault/open-vault.ts';
import { type Vault } from './services/vault/vault.ts';
import { createWindows } from './services/windows.ts';

/** The main process without a host: what a host connects its window to. */
export interface Desk {
  /** Serves one window until its transport closes. */
  connect(transport: Transport): void;
  /** The same for a trainer's window; only where there is a training room. */
  readonly connectTrainer: ((transport: Transport) => void) | undefined;
  /** A link from outside. A bad one is reported to the log and otherwise ignored: nobody waits for an answer. */
  openLink(link: string): void;
  /** What to ask before the window or the program goes, before an update and before a reset of the profile. */
  readonly leaving: Leaving['question'];
  /** What the window last said is at stake; undefined before it has said anything. */
  readonly stake: Leaving['stake'];
  /** Waits until everything acknowledged or under way is on the disk, then lets the profile go. */
  close(): Promise<void>;
}

/** Something open that has to be closed. */
interface Closing {
  close(): Promise<void>;
}

/**
 * What a world puts around the desk. `compose-live.ts` and `compose-training.ts` are the two there are: this file names
 * nothing that reaches a hub, so that the training world cannot.
 */
export interface World {
  readonly hub: (identity: DeskIdentity, person: PersonAtHub | undefined) => HubLink;
  /** People with accounts; absent, or answering undefined, the desk is a demonstration. */
  readonly accounts?: (needs: {
    readonly identity: DeskIdentity;
    readonly vault: Vault;
    readonly policy: PolicyKeeper;
  }) => Promise<(Sessions & PersonAtHub) | undefined>;
  /** The training room, where there is one. */
  readonly room?: (vault: Vault, journal: Journal) => TrainingRoom;
  /** Where a telephone system on this PC may offer calls; absent where nobody rings. */
  readonly telephony?: (of: {
    readonly port: number;
    readonly folder: string;
    readonly offer: (offer: CallOffer) => void;
  }) => Promise<Result<Closing, Fault>>;
  /** Absent: this world keeps no downtime pack. */
  readonly pack?: (settings: SettingsService, directory: DirectoryKeeper['extract']) => DowntimePackKeeper;
  /**
   * Local copies of calls that the hub has are taken off this PC when policy says. Only where an organisation's policy is
   * in force: how long a record is kept is theirs to say, and a deletion cannot be taken back.
   */
  readonly purges?: true;
}

/**
 * THE COMPOSITION ROOT: ports → services → handlers. Faults: `profile.inUse`, `profile.unusable`.
 * The windows may connect at once; the journal is opened beside, and its first answer waits for it.
 */
export async function compose(ports: DeskPorts, world: World): Promise<Result<Desk, Fault>> {
  const { folder } = ports.profile;
  let lock: ProfileLock | undefined;
  try {
    await ports.disk.makeFolder(folder);
    const locked = await lockProfile(folder);
    if (!locked.ok) return locked;
    lock = locked.value;
    return ok(await assemble(ports, world, lock));
  } catch (error) {
    await lock?.release();
    const message = `the profile folder cannot be used (${causeOf(error)})`;
    return refuse('profile.unusable', 'profile', message);
  }
}

async function assemble(ports: DeskPorts, world: World, lock: ProfileLock): Promise<Desk> {
  const { profile, disk, clock, timers, ids, log } = ports;
  const { folder } = profile;
  if (lock.takenOverFrom !== undefined) {
    const message = `took over the profile from process ${lock.takenOverFrom}, which has ended`;
    log.warn({ code: 'profile.takenOver', message });
  }
  const keyStore = await ports.keyStore(folder, disk);
  const opened = await openVault({ folder, disk, keyStore, recovery: ports.recovery?.key, ids, clock, log });
  const { vault } = opened;
  const kept = await keptFileKeyStore(folder, disk);
  const oldKeyStores = kept === undefined ? [keyStore] : [keyStore, kept];
  const identity = await openDeskIdentity({ folder, disk, vault, oldKeyStores, ids, clock, log });
  // Nothing of this profile needs that file any more.
  if (opened.protectedBy.kind !== 'file' && !opened.hasLostKeys) await retireFileKeyStore(folder, disk);
  const policy = ports.policy ?? unmanaged({ timers, log });
  const settings = await openSettings({ folder, open: ports.openSettingsStore, policy, disk, clock, log });
  const drafts = createDrafts({ folder: join(folder, 'drafts'), disk, log, vault });
  const journal = createJournal({
    folder: join(folder, 'journal'),
    disk,
    clock,
    ids,
    digest: sha256,
    log,
    vault,
    forget: (calls) => drafts.forget(calls),
  });
  const accounts = await world.accounts?.({ identity, vault, policy });
  const sessions = accounts ?? developmentSessions(ports.role);
  const health = createHealthKeeper({ folder, disk, clock, timers, log });
  const hub = health.hears(world.hub(identity, accounts));
  const directory = createDirectoryKeeper({
    folder: join(folder, 'directory'),
    disk,
    hub: hub.directory,
    clock,
    timers,
    ids,
    log,
  });
  const pack = world.pack?.(settings, () => directory.extract());
  const places = createPlaces({ path: ports.postcodes, disk, log });
  const description: HostDescription = {
    host: ports.host,
    version: ports.version,
    desk: identity.desk,
    profile: { name: profile.name, kind: profile.kind },
    capabilities: {
      keyStore: opened.protectedBy.kind,
      deepLinks: ports.deepLinks,
      print: ports.printing === undefined ? 'page' : 'host',
    },
    notices: [
      ...opened.notices,
      ...ports.notices,
      ...(ports.recovery?.notices ?? []),
      ...opened.protectedBy.notices,
      ...identity.notices,
      ...settings.notices,
    ],
  };
  const purgeAfterDays = (): number | undefined => {
    const { mode, values } = policy.current();
    return world.purges === true && mode === 'managed' ? values.purgeAfterDays : undefined;
  };
  const describe = (): HostDescription => {
    const days = purgeAfterDays();
    const { serviceName } = policy.current().values;
    return {
      ...description,
      ...(serviceName === undefined ? {} : { service: serviceName }),
      ...(days === undefined ? {} : { purgeAfterDays: days }),
    };
  };
  const leaving = createLeaving({ callsEnded: () => policy.settle() });
  const room = world.room?.(vault, journal);
  const handlers = createHandlers({
    describe,
    sessions,
    leaving,
    printing: ports.printing,
    settings,
    policy,
    journal,
    purge: createPurge({
      journal,
      hub,
      clock,
      asides: (order, isAllAtHub) =>
        purgeAsides({ places: asidePlaces(folder), disk, log, isAllAtHub }, order),
      afterDays: purgeAfterDays,
    }),
    pack,
    drafts,
    directory,
    places,
    hub,
    health,
    vault,
    room,
  });
  const windows = createWindows(handlers, log);
  const trainers =
    room === undefined ? undefined : createWindows(trainerHandlers(handlers, room.trainer), log);
  room?.start(
    (name, payload) => windows.emit(name, payload),
    (name, payload) => trainers?.emit(name, payload),
  );
  // Beside, so that a long journal does not hold up the window. A fault comes again, to whoever asks.
  void journal.open();
  // A window that stayed open asks for no draft: its next half-typed words must not wait for the file to be opened.
  void drafts.list();
  pack?.start();
  sessions.start((session) => windows.emit('session.changed', session === undefined ? {} : { session }));
  policy.start({
    isCallOpen: () => leaving.isCallOpen(),
    changed: () => windows.emit('policy.changed', reportPolicy(policy.current(), policy.waiting())),
  });
  directory.start((state) => {
    windows.emit('directory.changed', state);
    pack?.directoryIs(state.held?.version);
  });
  hub.start((state) => {
    windows.emit('hub.changed', state);
    if (state.reach === 'reachable') directory.look();
  });

  const telephony = await openTelephony();

  return {
    leaving: (kind) => leaving.question(kind),
    stake: () => leaving.stake(),
    connect: (transport) => windows.connect(transport),
    connectTrainer: trainers === undefined ? undefined : (transport) => trainers.connect(transport),
    openLink(link) {
      const offer = readDeepLink(link);
      if (offer.ok) windows.offer(offer.value);
      else log.warn(offer.error);
    },
    async close() {
      hub.stop();
      policy.stop();
      pack?.stop();
      await telephony?.close();
      await health.close();
      await Promise.all([journal.close(), drafts.close(), directory.stop(), sessions.stop(), room?.close()]);
      await lock.release();
    },
  };

  async function openTelephony(): Promise<Closing | undefined> {
    const { mode, values } = policy.current();
    const { telephonyPort: port } = values;
    if (world.telephony === undefined || mode === 'minimal' || port === undefined) return undefined;
    const offer = (call: CallOffer): void => windows.offer(call);
    const opened = await world.telephony({ port, folder, offer });
    if (opened.ok) return opened.value;
    log.error(opened.error);
    return undefined;
  }
}
