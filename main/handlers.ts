import { type HostDescription, type Output } from '../shared/bridge/contract.ts';
import { type Handlers } from '../shared/bridge/server.ts';
import { type Fault } from '../shared/bridge/frames.ts';
import { reportPolicy } from '../shared/policy/report.ts';
import { ok, type Result } from '../shared/result.ts';
import { type PolicyKeeper } from './ports/policy.ts';
import { type Printing } from './ports/printing.ts';
import { type DowntimePackKeeper } from './services/downtime-pack.ts';
import { type DirectoryKeeper } from './services/directory/keeper.ts';
import { type Drafts } from './services/drafts.ts';
import { refuse } from './services/faults.ts';
import { type HealthKeeper } from './services/health.ts';
import { type HubLink } from './ports/hub-link.ts';
import { type Journal } from './services/journal/journal.ts';
import { type Leaving } from './services/leaving.ts';
import { printHandlers } from './services/print-handlers.ts';
import { type Sessions } from './ports/sessions.ts';
import { type Places } from './services/places.ts';
import { type Purge } from './services/purge.ts';
import { type SettingsService } from './services/settings.ts';
import { noTraining, type TrainingRoom } from './services/training/room.ts';
import { type Vault } from './services/vault/vault.ts';

export interface Services {
  readonly describe: () => HostDescription;
  readonly sessions: Sessions;
  readonly leaving: Leaving;
  readonly printing?: Printing | undefined;
  readonly settings: SettingsService;
  readonly policy: Pick<PolicyKeeper, 'current' | 'waiting'>;
  readonly journal: Journal;
  readonly purge: Purge;
  /** Absent in a world without one. */
  readonly pack?: DowntimePackKeeper | undefined;
  readonly drafts: Drafts;
  readonly directory: DirectoryKeeper;
  readonly places: Places;
  readonly hub: HubLink;
  /** Absent where nobody asks how this desk is. */
  readonly health?: Pick<HealthKeeper, 'room'> | undefined;
  readonly vault: Vault;
  /** Absent where real calls are taken. */
  readonly room?: TrainingRoom | undefined;
}

const NO_PACK = refuse('pack.none', '(whole)', 'practice keeps no downtime pack');

/** What each method of the contract does: one line each, and no decision here. */
export function createHandlers({
  describe,
  sessions,
  leaving,
  printing,
  settings,
  policy,
  journal,
  purge,
  pack,
  drafts,
  directory,
  places,
  hub,
  health,
  vault,
  room,
}: Services): Handlers {
  /** Nothing that anybody wrote is given out while nobody is signed in. */
  const asPerson = <T>(run: (person: string) => Promise<Result<T, Fault>>): Promise<Result<T, Fault>> => {
    const session = sessions.current();
    return session === undefined ? Promise.resolve(NOBODY) : run(session.person.id);
  };
  return {
    'host.describe': () => Promise.resolve(ok(describe())),
    ...printHandlers(printing),
    'session.current': async () => {
      await sessions.ready();
      return currentOf(sessions);
    },
    'session.people': () => Promise.resolve(ok({ people: [...sessions.people()] })),
    'session.signIn': ({ person }) => Promise.resolve(sessions.signIn(person)),
    'session.signOut': async () => ok(none(await sessions.signOut())),
    'session.ways': () => Promise.resolve(ok(sessions.ways())),
    'session.begin': ({ purpose }) => sessions.begin(purpose),
    'session.finish': () => sessions.finish(),
    'session.offline': ({ person, passphrase }) => sessions.offline(person, passphrase),
    'session.keepOffline': ({ passphrase }) => sessions.keepOffline(passphrase),
    'session.lock': () => Promise.resolve(sessions.lock('idle')),
    'leaving.stake': (stake) => Promise.resolve(ok(none(leaving.tell(stake)))),
    'keys.open': () => asPerson(() => Promise.resolve(ok(keysOf(vault)))),
    'settings.get': () => Promise.resolve(ok(settings.get())),
    'settings.set': (next) => settings.set(next),
    'policy.describe': () => Promise.resolve(ok(reportPolicy(policy.current(), policy.waiting()))),
    'health.storage': (said) => Promise.resolve(ok(none(health?.room(said)))),
    'pack.status': () => Promise.resolve(pack === undefined ? NO_PACK : ok(pack.status())),
    'pack.write': () => (pack === undefined ? Promise.resolve(NO_PACK) : pack.write()),
    'journal.open': ({ known }) => journal.open(known),
    'journal.append': async ({ events }) => {
      const kept = await journal.append(events);
      if (kept.ok) room?.heard(events);
      return kept;
    },
    'journal.read': ({ stream, after, limit }) => asPerson(() => journal.read(after, limit, stream)),
    'journal.streams': () => journal.streams(),
    'journal.acknowledge': ({ stream, acked, receipt }) => journal.acknowledge(stream, { acked, receipt }),
    'journal.purged': () => journal.purged(),
    'journal.purge': ({ calls }) => purge.run(calls),
    'journal.newStream': ({ reason }) => journal.newStream(reason),
    'drafts.save': ({ by, ...draft }) => drafts.save(draft, by),
    'drafts.discard': ({ key, by }) => drafts.discard(key, by),
    'drafts.list': () => asPerson((person) => drafts.list(person)),
    'directory.state': () => directory.state(),
    'directory.services': ({ kinds }) => directory.services(kinds),
    'directory.report': (report) => directory.report(report),
    'place.find': ({ text }) => places.find(text),
    'place.areas': () => places.areas(),
    ...(room?.trainee ?? noTraining),
    'hub.state': () => Promise.resolve(ok(hub.state())),
    'hub.enrol': ({ code }) => hub.enrol(code),
    'hub.doubts': ({ stream }) => hub.doubts(stream),
    'hub.head': ({ stream }) => hub.head(stream),
    'hub.push': (batch) => hub.push(batch),
    'hub.team': () => hub.calls.team(),
    'hub.referrals': () => hub.calls.referrals(),
    'hub.holder': ({ call }) => hub.calls.holder(call),
    'hub.lease': ({ call, takeOver }) => hub.calls.lease(call, takeOver),
    'hub.renewLease': ({ call, fence }) => hub.calls.renew(call, fence),
    'hub.releaseLease': ({ call, fence }) => hub.calls.release(call, fence),
    'hub.callEvents': ({ call, after }) => hub.calls.events(call, after),
  };
}

const NOBODY = refuse('session.none', 'person', 'nobody is signed in at this desk');
const currentOf = (sessions: Sessions): Result<Output<'session.current'>, Fault> => {
  const session = sessions.current();
  return session === undefined ? NOBODY : ok(session);
};
const none = (_done: void): Record<string, never> => ({});

const keysOf = ({ current, keys }: Vault): Output<'keys.open'> => ({
  current,
  keys: keys.map(({ id, bytes }) => ({ id, key: Buffer.from(bytes).toString('base64') })),
});
