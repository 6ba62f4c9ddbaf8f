import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { receivers } from '../../hub/commands/receivers.ts';
import { changeReceiverKey, insertReceiver } from '../../hub/db/receiver-rows.ts';
import { type DeskReferral, referralsPage } from '../../shared/referral/exchange.ts';
import { publicKeyJwk } from '../../shared/sync/protocol.ts';
import { teamPage } from '../../shared/sync/team.ts';
import { playedCall } from '../support/played-call.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { type TestDesk } from './support/desk.ts';
import { handOver, type Sent, sentRefOf } from './support/handed-over.ts';
import { startHub, type TestHub } from './support/hub.ts';
import { hashOf, startIssuer, type TestIssuer } from './support/issuer.ts';

let hub: TestHub;
let desk: TestDesk;
let team: Receiver;
const system = v7();

async function add(to: TestHub, id: string, receiver: Receiver): Promise<void> {
  const { endpoint, publicKey } = receiver;
  await insertReceiver(to.database.pool, {
    id,
    name: 'Northmoor crisis team',
    ods: null,
    how: 'system',
    endpoint,
    publicKey: publicKeyJwk.parse(publicKey),
    addedAt: to.clock.at,
  });
}

beforeAll(async () => {
  hub = await startHub();
  // Tokens live for a minute by a real clock: the hub's stands where ours does.
  hub.clock.at = Date.now();
  desk = await hub.enrolled();
  team = await startReceiver();
  await hub.app.listen({ host: '127.0.0.1', port: 0 });
  team.known(system, `http://127.0.0.1:${(hub.app.server.address() as AddressInfo).port}`);
  await add(hub, system, team);
});
afterAll(async () => {
  await hub.close();
  await team.close();
});

async function toldOf({ call }: Sent): Promise<DeskReferral | undefined> {
  const { referrals } = referralsPage.parse((await hub.get(desk, '/v1/referrals')).body);
  return referrals.find((one) => one.call === call);
}
/** What the list of the team says that a call owes; undefined when the call is not in it. */
async function owedBy({ call }: Sent): Promise<readonly string[] | undefined> {
  const { calls } = teamPage.parse((await hub.get(desk, '/v1/calls')).body);
  return calls.find((one) => one.call === call)?.owed.map(({ kind }) => kind);
}
const yes = () => ({ answer: 'acknowledged', by: 'Kit Lane', at: hub.clock.at });
const no = (at = hub.clock.at) => ({ answer: 'declined', by: 'Lee', at, code: '22' });

describe('a team that has the person and cannot take them after all (H10, H12)', () => {
  test('says so by machine: the person is the line’s again, for the desk and for the team, until the log has it', async () => {
    const sent = await handOver(hub, desk, system);
    const id = (await toldOf(sent))?.id ?? '';
    expect((await team.answer(id, yes())).status).toBe(200);
    const through = { via: 'system' as const, referral: id, at: hub.clock.at };
    const handover = await sentRefOf(hub, sent);
    await sent.goesOn([{ type: 'handover.acknowledged', data: { handover, by: 'Kit Lane', through } }]);
    expect([await toldOf(sent), await owedBy(sent)]).toEqual([undefined, []]);

    hub.changed.length = 0;
    const after = no();
    expect(await team.answer(id, after)).toMatchObject({ status: 200, body: { answer: { code: '22' } } });
    // It is looked through at once, and nobody has to sit at the desk for the team to see it.
    expect(hub.changed).toEqual([sent.call]);
    await sent.lookedThrough();
    expect(await owedBy(sent)).toEqual(['declined']);
    expect(await toldOf(sent)).toMatchObject({ answer: { answer: { answer: 'declined', by: 'Lee' } } });
    expect(await team.answer(id, after)).toMatchObject({ status: 200 });

    const reason = 'No room: full, or nobody free';
    await sent.goesOn([
      { type: 'handover.declined', data: { handover, by: 'Lee', code: '22', reason, through } },
    ]);
    expect(await toldOf(sent)).toBeUndefined();
    expect(await owedBy(sent)).toEqual(['declined']);
  });

  test('takes nothing back by a message that comes late, twice, or from before its own yes', async () => {
    const sent = await handOver(hub, desk, system);
    const id = (await toldOf(sent))?.id ?? '';
    const first = yes();
    expect((await team.answer(id, first)).status).toBe(200);
    expect(await team.answer(id, no(first.at - 1))).toMatchObject({
      status: 400,
      body: { error: { code: 'answer.time' } },
    });
    expect((await team.answer(id, no())).status).toBe(200);
    // The yes again, from a queue that was slow: somebody else may have been asked by now.
    expect(await team.answer(id, first)).toMatchObject({
      status: 409,
      body: { error: { code: 'referral.answered' } },
    });
  });

  test('is heard too where the yes was told by telephone, and a no that is written down stays one', async () => {
    const sent = await handOver(hub, desk, system);
    const id = (await toldOf(sent))?.id ?? '';
    const handover = await sentRefOf(hub, sent);
    await sent.goesOn([{ type: 'handover.acknowledged', data: { handover, by: 'Kit, by phone' } }]);
    expect(await toldOf(sent)).toBeUndefined();
    expect(await team.answer(id, yes())).toMatchObject({
      status: 409,
      body: { error: { code: 'referral.settled' } },
    });
    expect((await team.answer(id, no())).status).toBe(200);
    expect(await toldOf(sent)).toMatchObject({ answer: { answer: { answer: 'declined' } } });
    await sent.lookedThrough();
    expect(await owedBy(sent)).toEqual(['declined']);
  });

  test('shows in the list of the team when nobody has opened the call since it was closed', async () => {
    const sent = await handOver(hub, desk, system);
    const id = (await toldOf(sent))?.id ?? '';
    expect((await team.answer(id, yes())).status).toBe(200);
    const handover = await sentRefOf(hub, sent);
    await sent.goesOn([{ type: 'handover.acknowledged', data: { handover, by: 'Kit Lane' } }]);
    const { events } = playedCall('priya');
    const at = events.findIndex(({ type }) => type === 'handover.acknowledged');
    await sent.goesOn(
      events
        .slice(at + 1)
        .flatMap(({ type, data }) => (type === 'task.closed' ? [] : [{ type, data } as never])),
    );
    expect(await owedBy(sent)).toBeUndefined();
    expect((await team.answer(id, no())).status).toBe(200);
    await sent.lookedThrough();
    expect(await owedBy(sent)).toEqual(['declined']);
  });
});

describe('a team that changes its key', () => {
  test('is heard with both for some days, and with the old one no more afterwards', async () => {
    const [id, next] = [v7(), await startReceiver()];
    const old = await startReceiver();
    await add(hub, id, old);
    const url = `http://127.0.0.1:${(hub.app.server.address() as AddressInfo).port}`;
    old.known(id, url);
    next.known(id, url);
    const answer = async (from: Receiver): Promise<number> => {
      const sent = await handOver(hub, desk, id);
      return (await from.answer((await toldOf(sent))?.id ?? '', yes())).status;
    };
    expect(await answer(next)).toBe(401);
    const key = publicKeyJwk.parse(next.publicKey);
    expect(await changeReceiverKey(hub.database.pool, id, key, hub.clock.at + 10_000)).toBe(true);
    expect([await answer(old), await answer(next)]).toEqual([200, 200]);
    hub.clock.at += 10_000;
    expect([await answer(old), await answer(next)]).toEqual([401, 200]);
    expect(await changeReceiverKey(hub.database.pool, v7(), key, 0)).toBe(false);
    await Promise.all([old.close(), next.close()]);
  });
});

test('an administrator adds a team, changes its key for some days, and ends it; each wrong argument is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lantern-receivers-'));
  const key = join(folder, 'key.json');
  await writeFile(key, JSON.stringify(team.publicKey));
  const said: string[] = [];
  const run = async (...args: string[]) => {
    said.length = 0;
    const { pool } = hub.database;
    const ended = await receivers.run({
      pool,
      args,
      now: hub.clock.at,
      say: (line) => void said.push(line),
      randomCode: () => '',
    });
    return ended.ok ? ended.value : ended.error.field;
  };
  const endpoint = 'https://team.example/referrals';
  expect(await run('add', '--name', 'Moor team', '--endpoint', endpoint, '--key', key)).toBe('well');
  const [id = ''] = said;
  expect(await run('rekey', id)).toBe('--key');
  expect(await run('rekey', id, '--key', key, '--days', '99')).toBe('--days');
  expect(await run('rekey', v7(), '--key', key)).toBe('RECEIVER');
  expect(await run('rekey', id, '--key', key, '--days', '2')).toBe('well');
  expect(said).toEqual([
    `${id} signs with the new key; the old one counts until ${new Date(hub.clock.at + 2 * 86_400_000).toISOString()}`,
  ]);
  expect(await run('end', id)).toBe('well');
  expect(await run('rekey', id, '--key', key)).toBe('RECEIVER');
  await rm(folder, { recursive: true });
});

describe('where people sign in', () => {
  let issuer: TestIssuer;
  let guarded: TestHub;
  beforeAll(async () => {
    issuer = await startIssuer();
    guarded = await startHub({ people: issuer.check() });
  });
  afterAll(async () => {
    await guarded.close();
    await issuer.close();
  });

  test('hand-overs and their links are told to a desk with somebody who takes calls, and to nobody else', async () => {
    const mine = await guarded.enrolled();
    const id = v7();
    await add(guarded, id, team);
    const sent = await handOver(guarded, mine, id);
    const ask = async (token?: string) => {
      const pth = token === undefined ? {} : { pth: hashOf(token) };
      const response = await guarded.app.inject({
        url: '/v1/referrals',
        headers: {
          authorization: `Bearer ${await mine.assertion(guarded.clock.at, pth)}`,
          ...(token === undefined ? {} : { 'lantern-person': token }),
        },
      });
      return { status: response.statusCode, body: response.json<unknown>() };
    };
    expect((await ask()).status).toBe(401);
    const known = await ask(await issuer.token(guarded.clock.at));
    expect(referralsPage.parse(known.body).referrals.map(({ call }) => call)).toEqual([sent.call]);
    const trainer = await issuer.token(guarded.clock.at, { lantern_roles: ['trainer'] });
    expect((await ask(trainer)).status).toBe(403);
  });
});
