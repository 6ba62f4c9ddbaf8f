import bankHolidays from '../../../shared/directory/bank-holidays.json' with { type: 'json' };
import { ok } from '../../../shared/result.ts';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { nodePorts } from '../../../main/services/node-ports.ts';
import { type Desk } from '../../../main/compose.ts';
import { composeLive } from '../../../main/compose-live.ts';
import { openConf } from '../../../main/hosts/browser/ports.ts';
import { fileKeyStore } from '../../../main/services/file-key-store.ts';
import { type StreamId } from '../../../shared/ids.ts';
import { type Transport } from '../../../shared/bridge/transport.ts';
import { newStreamId } from '../../main/support/events.ts';
import { must } from '../../main/support/journals.ts';
import { recordLog, type RecordedLog } from '../../main/support/logs.ts';
import { sendJson, smallHub } from '../../main/support/small-hub.ts';
import { tempFolder } from '../../main/support/temp-folder.ts';

export interface RealDesk {
  readonly desk: Pick<Desk, 'openLink'>;
  readonly connect: (transport: Transport) => void;
  readonly log: RecordedLog;
  readonly hubStream: StreamId;
}

/** The real main process on a real folder, with a small web server that gives a hub's answers. */
export async function realDesk(): Promise<RealDesk> {
  const hubStream = newStreamId();
  const hub = await smallHub(({ method, path }, response) => {
    const push = { v: 1, acked: 2, receipts: [], flagged: [], quarantined: [] };
    const head = { stream: hubStream, acked: 0, hash: null };
    if (path === '/v1/health/live') return sendJson(response, 200, { live: true });
    if (path === '/v1/referrals') return sendJson(response, 200, { receivers: [], referrals: [] });
    if (path === '/v1/calls') {
      return sendJson(response, 200, { at: 1, calls: [], notLookedThrough: 0, isMore: false });
    }
    const [, call, what] = /^\/v1\/calls\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (call !== undefined) {
      const lease = {
        call,
        desk: hubStream,
        fence: 1,
        grantedAt: 1,
        expiresAt: 2,
        takenFrom: null,
        reason: 'endOfShift',
      };
      if (what?.startsWith('events') === true) return sendJson(response, 200, { events: [], next: null });
      if (method === 'POST') return sendJson(response, 200, lease);
      return sendJson(response, 200, { call, desk: hubStream, deskName: 'a desk', lease });
    }
    if (path === '/v1/desks') return sendJson(response, 200, { desk: hubStream, enrolledAt: 1 });
    if (path === '/v1/directory') {
      const source = { name: 'Invented', demonstration: true };
      const snapshot = { version: 1, madeAt: 1, source, bankHolidays, services: [] };
      return sendJson(response, 200, { kind: 'whole', snapshot });
    }
    if (path === '/v1/directory/flags') return sendJson(response, 200, { flags: [] });
    if (path.includes('?limit')) return sendJson(response, 200, { items: [], next: null });
    return sendJson(response, 200, method === 'POST' ? push : head);
  });
  const log = recordLog();
  const desk = await must(
    composeLive({
      host: 'browser',
      version: '0.0.0-test',
      profile: { name: 'test', kind: 'development', folder: join(await tempFolder(), 'profile') },
      hub: { url: hub.url },
      role: 'adviser',
      deepLinks: true,
      notices: [],
      keyStore: fileKeyStore,
      // A printer that takes everything: what this suite is about is the way there.
      printing: {
        toPrinter: () => Promise.resolve(ok({ done: true })),
        toPdf: () => Promise.resolve(ok({ done: true })),
        toFile: () => Promise.resolve(ok({ done: true })),
      },
      openSettingsStore: openConf,
      ...nodePorts,
      fetch: (url, init) => fetch(url, init),
      log,
    }),
  );
  onTestFinished(() => desk.close());
  return { desk, connect: (transport) => desk.connect(transport), log, hubStream };
}
