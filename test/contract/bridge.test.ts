import { describe, expect, test, vi } from 'vitest';
import { methods } from '../../shared/bridge/contract.ts';
import { createBridgeClient } from '../../shared/bridge/client.ts';
import { settings } from '../../shared/policy/policy.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Handlers, serveBridge } from '../../shared/bridge/server.ts';
import { NOTHING_AT_STAKE } from '../../shared/sync/leaving.ts';
import { runsOf } from '../../shared/sync/purge.ts';
import { eventAt, makeEvents, newStreamId } from '../main/support/events.ts';
import { junkFrames, junkInputs } from './support/junk.ts';
import { realDesk } from './support/real-desk.ts';
import { ask, type MakeLink, rawFrames } from './support/links.ts';
import { electronLink } from './support/electron-link.ts';
import { memoryLink } from './support/memory-link.ts';
import { socketLink } from './support/socket-link.ts';

/** ONE suite over every transport: what a window may rely on, whichever host it runs in. */
const links: [name: string, link: MakeLink][] = [
  ['a pair in memory', memoryLink],
  ['the browser host’s WebSocket', socketLink],
  ['Electron’s IPC, on the double', electronLink],
];

describe.each(links)('the bridge over %s', (_name, link) => {
  test('answers every method of the contract', async () => {
    const { connect, hubStream } = await realDesk();
    const client = createBridgeClient((await link(connect)).transport, () => undefined);
    const opened = await client.call('journal.open', {});
    if (!opened.ok) throw new Error(opened.error.code);
    const events = await makeEvents(opened.value.stream, 2);
    const call = events[0]?.call ?? '';
    const draft = { key: 'note', text: 'half a', at: 1 };
    const answers = {
      'host.describe': await client.call('host.describe', {}),
      'host.save': await client.call('host.save', { name: 'card.json', text: '{}' }),
      'host.print': await client.call('host.print', { how: 'pdf', title: 'Card' }),
      'session.current': await client.call('session.current', {}),
      'session.people': await client.call('session.people', {}),
      'session.ways': await client.call('session.ways', {}),
      'session.begin': await client.call('session.begin', { purpose: 'signIn' }),
      'session.finish': await client.call('session.finish', {}),
      'session.offline': await client.call('session.offline', { person: 'demo-handler', passphrase: 'x' }),
      'session.keepOffline': await client.call('session.keepOffline', { passphrase: 'ten or more letters' }),
      'session.lock': await client.call('session.lock', {}),
      'session.signOut': await client.call('session.signOut', {}),
      'session.signIn': await client.call('session.signIn', { person: 'demo-handler' }),
      'leaving.stake': await client.call('leaving.stake', NOTHING_AT_STAKE),
      'keys.open': await client.call('keys.open', {}),
      'settings.get': await client.call('settings.get', {}),
      'settings.set': await client.call('settings.set', { theme: 'dark' }),
      'policy.describe': await client.call('policy.describe', {}),
      'health.storage': await client.call('health.storage', { usage: 1, quota: 2 }),
      'pack.status': await client.call('pack.status', {}),
      'pack.write': await client.call('pack.write', {}),
      'journal.open': opened,
      'journal.append': await client.call('journal.append', { events }),
      'journal.read': await client.call('journal.read', { after: 0, limit: 10 }),
      'journal.streams': await client.call('journal.streams', {}),
      'journal.acknowledge': await client.call('journal.acknowledge', {
        stream: opened.value.stream,
        acked: 2,
      }),
      'journal.purged': await client.call('journal.purged', {}),
      'journal.purge': await client.call('journal.purge', {
        calls: [{ call: eventAt(events, 0).call, streams: runsOf(events) }],
      }),
      'journal.newStream': await client.call('journal.newStream', { reason: 'a test' }),
      'drafts.save': await client.call('drafts.save', { ...draft, by: 'demo-handler' }),
      'drafts.list': await client.call('drafts.list', {}),
      'drafts.discard': await client.call('drafts.discard', { key: 'note', by: 'demo-handler' }),
      'directory.state': await client.call('directory.state', {}),
      // The desk asks the hub for it as soon as it hears of the hub.
      'directory.services': await vi.waitFor(async () => {
        const answer = await client.call('directory.services', { kinds: ['crisisCafe'] });
        expect(answer.ok).toBe(true);
        return answer;
      }),
      'directory.report': await client.call('directory.report', {
        kind: 'fault',
        service: 'harbour-cafe',
        says: 'Moved',
        by: 'Sam',
      }),
      'place.find': await client.call('place.find', { text: 'WX4 2QT' }),
      'place.areas': await client.call('place.areas', {}),
      'hub.state': await client.call('hub.state', {}),
      'hub.enrol': await client.call('hub.enrol', { code: 'a-code-that-works-once' }),
      'hub.doubts': await client.call('hub.doubts', { stream: hubStream }),
      'hub.head': await client.call('hub.head', { stream: hubStream }),
      'hub.push': await client.call('hub.push', { stream: opened.value.stream, from: 1, events }),
      'hub.team': await client.call('hub.team', {}),
      'hub.referrals': await client.call('hub.referrals', {}),
      'hub.holder': await client.call('hub.holder', { call }),
      'hub.lease': await client.call('hub.lease', { call, takeOver: 'endOfShift' }),
      'hub.renewLease': await client.call('hub.renewLease', { call, fence: 1 }),
      'hub.releaseLease': await client.call('hub.releaseLease', { call, fence: 1 }),
      'hub.callEvents': await client.call('hub.callEvents', { call, after: 0 }),
    };
    // A desk that takes real calls has no practice: `test/contract/training.test.ts` asks for that.
    const wanted = Object.keys(methods).filter((name) => !name.startsWith('training.'));
    expect(Object.keys(answers).toSorted()).toEqual(wanted.toSorted());
    // Of desks where people have accounts; this one is a demonstration, and says so.
    const ofAccounts = ['begin', 'finish', 'offline', 'keepOffline', 'lock'].map((name) => `session.${name}`);
    for (const [method, answer] of Object.entries(answers)) {
      const noIssuer = { ok: false, error: { code: 'session.noIssuer' } };
      expect(answer, method).toMatchObject(ofAccounts.includes(method) ? noIssuer : { ok: true });
    }
    expect(answers['journal.read']).toEqual({ ok: true, value: { events, locked: [] } });
    expect(answers['drafts.list']).toEqual({ ok: true, value: { drafts: [draft] } });
    expect(answers['settings.set']).toEqual({
      ok: true,
      value: settings.parse({ theme: 'dark' }),
    });
  });

  test('gives out nothing that anybody wrote while nobody is signed in', async () => {
    const { connect } = await realDesk();
    const client = createBridgeClient((await link(connect)).transport, () => undefined);
    const half = { key: 'note', text: 'half a', at: 1, by: 'demo-handler' };
    await client.call('drafts.save', half);
    expect(await client.call('session.signIn', { person: 'demo-clinician' })).toMatchObject({
      error: { code: 'session.taken' },
    });
    await client.call('session.signOut', {});
    const refused = { ok: false, error: { code: 'session.none' } };
    expect(await client.call('session.current', {})).toMatchObject(refused);
    expect(await client.call('keys.open', {})).toMatchObject(refused);
    expect(await client.call('drafts.list', {})).toMatchObject(refused);
    // A window of before gets its last words to the disk, for their writer.
    expect(await client.call('drafts.save', { ...half, text: 'half a word' })).toMatchObject({ ok: true });
    expect(await client.call('journal.read', { after: 0, limit: 10 })).toMatchObject(refused);
    expect(await client.call('session.signIn', { person: 'nobody' })).toMatchObject({
      error: { code: 'session.unknownPerson', field: 'person' },
    });
    await client.call('session.signIn', { person: 'demo-clinician' });
    expect(await client.call('drafts.list', {})).toEqual({ ok: true, value: { drafts: [] } });
  });

  test('brings events to the window, those too that came before it was there', async () => {
    const { desk, connect } = await realDesk();
    desk.openLink('lantern://call?waited=1');
    const client = createBridgeClient((await link(connect)).transport, () => undefined);
    const waited: unknown[] = [];
    client.on('call.offered', (offer) => waited.push(offer.waitedMs));
    await client.call('session.current', {});
    desk.openLink('lantern://call?waited=2');
    desk.openLink('lantern://call?note=no');
    await expect.poll(() => waited).toEqual([1_000, 2_000]);
  });

  test.each(junkInputs)(
    'junk input is a fault that names the field: %s',
    async (_what, method, input, code, field) => {
      const { connect, log } = await realDesk();
      const { transport } = await link(connect);
      const answer = await ask(transport, { v: 1, kind: 'call', id: 1, method, input });
      expect(answer).toMatchObject({ kind: 'fault', id: 1, fault: { code, field } });
      expect(log.entries).toContainEqual(expect.objectContaining({ code, field }));
      expect(JSON.stringify(log.entries)).not.toContain('Maya');
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(
        await ask(transport, { v: 1, kind: 'call', id: 2, method: 'session.current', input: {} }),
      ).toMatchObject({ kind: 'reply' });
    },
  );

  test.each(junkFrames)(
    'a junk frame is answered or dropped, and reported: %s',
    async (_what, frame, answered) => {
      const { connect, log } = await realDesk();
      const { transport } = await link(connect);
      const frames = rawFrames(transport);
      transport.send(frame);
      await expect.poll(() => log.codes()).toContain('bridge.badFrame');
      await ask(transport, { v: 1, kind: 'call', id: 99, method: 'session.current', input: {} });
      // Events come of their own accord.
      const isOther = ({ id, kind }: { id?: unknown; kind?: unknown }): boolean =>
        id !== 99 && kind !== 'event';
      const others = frames.filter((one) => isOther(one as object));
      expect(others).toEqual(answered ? [expect.objectContaining({ kind: 'fault', id: 7 })] : []);
    },
  );

  test('a handler that throws is a fault, not a crash, and says nothing of why', async () => {
    const reported: Fault[] = [];
    const broken = new Proxy({} as Handlers, {
      get: () => () => {
        throw new Error('Maya said something');
      },
    });
    const { transport } = await link((one) => void serveBridge(one, broken, (fault) => reported.push(fault)));
    const client = createBridgeClient(transport, () => undefined);
    for (let count = 0; count < 2; count++) {
      const answer = await client.call('session.current', {});
      expect(answer).toMatchObject({ ok: false, error: { code: 'main.failed', field: 'session.current' } });
      expect(JSON.stringify(answer)).not.toContain('Maya');
    }
    expect(reported).toHaveLength(2);
  });

  test('closing settles every call that waits, and those made later', async () => {
    const silent = new Proxy({} as Handlers, { get: () => () => new Promise(() => undefined) });
    const { transport, close } = await link((one) => void serveBridge(one, silent, () => undefined));
    const client = createBridgeClient(transport, () => undefined);
    const waiting = [client.call('session.current', {}), client.call('hub.state', {})];
    close();
    for (const answer of await Promise.all(waiting))
      expect(answer).toMatchObject({ error: { code: 'bridge.closed' } });
    expect(await client.call('hub.state', {})).toMatchObject({ error: { code: 'bridge.closed' } });
  });

  test('calls cross in order and answers find their calls', async () => {
    const { connect } = await realDesk();
    const client = createBridgeClient((await link(connect)).transport, () => undefined);
    const saved = Array.from({ length: 50 }, (_, at) =>
      client.call('drafts.save', { key: 'note', text: `${at}`, at, by: 'demo-handler' }),
    );
    for (const answer of await Promise.all(saved)) expect(answer.ok).toBe(true);
    const listed = await client.call('drafts.list', {});
    expect(listed).toEqual({ ok: true, value: { drafts: [{ key: 'note', text: '49', at: 49 }] } });
  });
});

test('input nested deeper than a parser can follow is a fault, and the next call is answered', async () => {
  const { connect, log } = await realDesk();
  const { transport, sendText } = await socketLink(connect);
  const event = { ...eventAt(await makeEvents(newStreamId(), 1), 0), data: 'DEEP' };
  const call = { v: 1, kind: 'call', id: 1, method: 'journal.append', input: { events: [event] } };
  const frames = rawFrames(transport);
  sendText(JSON.stringify(call).replace('"DEEP"', `${'{"deeper":'.repeat(50_000)}1${'}'.repeat(50_000)}`));
  await expect.poll(() => frames).toContainEqual(expect.objectContaining({ kind: 'fault', id: 1 }));
  expect(log.codes()).toContain('main.failed');
  const next = { v: 1, kind: 'call', id: 2, method: 'session.current', input: {} };
  expect(await ask(transport, next)).toMatchObject({ kind: 'reply' });
});
