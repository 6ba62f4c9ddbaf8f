import { type HostDescription, type Output, type Session } from '../shared/bridge/contract.ts';
import { type Handlers } from '../shared/bridge/server.ts';
import { ok } from '../shared/result.ts';
import { type Printing } from './ports/printing.ts';
import { type DowntimePackKeeper } from './services/downtime-pack.ts';
import { type Drafts } from './services/drafts.ts';
import { refuse } from './services/faults.ts';
import { type HubLink } from './services/hub/link.ts';
import { type Journal } from './services/journal/journal.ts';
import { type SettingsService } from './services/settings.ts';
import { type Vault } from './services/vault/vault.ts';

export interface Services {
  readonly describe: () => HostDescription;
  readonly session: Session;
  readonly printing?: Printing | undefined;
  readonly settings: SettingsService;
  readonly journal: Journal;
  readonly pack: DowntimePackKeeper;
  readonly drafts: Drafts;
  readonly hub: HubLink;
  readonly vault: Vault;
}

const NO_PRINTING = refuse('print.unsupported', 'how', 'this host leaves printing to the page');

/** What each method of the contract does: one line each, and no decision here. */
export function createHandlers({
  describe,
  session,
  printing,
  settings,
  journal,
  pack,
  drafts,
  hub,
  vault,
}: Services): Handlers {
  return {
    'host.describe': () => Promise.resolve(ok(describe())),
    'host.print': ({ how, title }) => {
      if (printing === undefined) return Promise.resolve(NO_PRINTING);
      return how === 'pdf' ? printing.toPdf(title) : printing.toPrinter();
    },
    'session.current': () => Promise.resolve(ok(session)),
    'keys.open': () => Promise.resolve(ok(keysOf(vault))),
    'settings.get': () => Promise.resolve(ok(settings.get())),
    'settings.set': (next) => settings.set(next),
    'pack.status': () => Promise.resolve(ok(pack.status())),
    'pack.write': () => pack.write(),
    'journal.open': ({ known }) => journal.open(known),
    'journal.append': ({ events }) => journal.append(events),
    'journal.read': ({ stream, after, limit }) => journal.read(after, limit, stream),
    'journal.streams': () => journal.streams(),
    'journal.acknowledge': ({ stream, acked, receipt }) => journal.acknowledge(stream, { acked, receipt }),
    'journal.newStream': ({ reason }) => journal.newStream(reason),
    'drafts.save': (draft) => drafts.save(draft),
    'drafts.discard': ({ key }) => drafts.discard(key),
    'drafts.list': () => drafts.list(),
    'hub.state': () => Promise.resolve(ok(hub.state())),
    'hub.enrol': ({ code }) => hub.enrol(code),
    'hub.doubts': ({ stream }) => hub.doubts(stream),
    'hub.head': ({ stream }) => hub.head(stream),
    'hub.push': (batch) => hub.push(batch),
    'hub.team': () => hub.calls.team(),
    'hub.holder': ({ call }) => hub.calls.holder(call),
    'hub.lease': ({ call, takeOver }) => hub.calls.lease(call, takeOver),
    'hub.renewLease': ({ call, fence }) => hub.calls.renew(call, fence),
    'hub.callEvents': ({ call, after }) => hub.calls.events(call, after),
  };
}

const keysOf = ({ current, keys }: Vault): Output<'keys.open'> => ({
  current,
  keys: keys.map(({ id, bytes }) => ({ id, key: Buffer.from(bytes).toString('base64') })),
});
