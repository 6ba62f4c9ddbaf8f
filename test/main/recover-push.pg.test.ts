import { readdir, readFile, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { batches } from '../../main/services/recover/push-recovered.ts';
import { draft as draftSchema } from '../../shared/bridge/contract.ts';
import { parseEnvelope } from '../../shared/events/event.ts';
import { MAX_BATCH_EVENTS } from '../../shared/sync/protocol.ts';
import { acceptedCode } from '../hub/support/desk.ts';
import { notes, sealed } from '../hub/support/events.ts';
import { startHub, storedEvents, type TestHub } from '../hub/support/hub.ts';
import { makeEvents, newStreamId } from './support/events.ts';
import { must } from './support/journals.ts';
import { command, fileWith, openDesk, type OpenDesk, recoveryPair } from './support/kept-profile.ts';
import { tempFolder } from './support/temp-folder.ts';
import { freePort } from '../../hub/db/free-port.ts';

const DRAFT = { key: 'call:S3:words', text: 'she said that she', at: 5 };
const LATER = { key: 'call:S4:words', text: 'and then', at: 6 };
let hub: TestHub;
let url: string;
beforeAll(async () => {
  // The recovered desk signs with the clock of this machine.
  hub = await startHub({ clock: { now: () => Date.now() } });
  await hub.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(hub.app.server.address() as AddressInfo).port}`;
});
afterAll(() => hub.close());

/** As IT enrols a desk: its public key is in its profile. */
async function enrol(profile: string): Promise<void> {
  const { desk, publicKey } = JSON.parse(await readFile(join(profile, 'desk.json'), 'utf8')) as {
    desk: string;
    publicKey: object;
  };
  const code = await acceptedCode(hub.database.pool, Date.now() + 60_000);
  const payload = { v: 1, code, desk, name: 'A desk that dies', publicKey };
  const response = await hub.app.inject({ method: 'POST', url: '/v1/desks', payload });
  expect(response.statusCode).toBe(200);
}

/** The desk's own id is in what it writes, as it is in life. */
async function writeAs({ bridge }: OpenDesk, count: number) {
  const { desk } = await must(bridge.call('host.describe', {}));
  const { stream, head } = await must(bridge.call('journal.open', {}));
  const events = await sealed(notes(count), { stream, desk, at: Date.now(), head });
  await must(bridge.call('journal.append', { events }));
  return { stream, events };
}

async function deadProfile() {
  const folder = await tempFolder();
  const profile = join(folder, 'profile');
  const pair = await recoveryPair();
  const open = await openDesk(profile, pair.key);
  await enrol(profile);
  const written = await writeAs(open, 30);
  await must(open.bridge.call('drafts.save', { ...DRAFT, by: 'demo-handler' }));
  await open.desk.close();
  await rm(join(profile, 'secret.key'));
  const key = await fileWith(folder, 'private.pem', pair.privatePem);
  const args = (out: string) => ['--profile', profile, '--key', key, '--out', join(folder, out)];
  return { folder, profile, pair, args, ...written };
}

const linesOf = async (path: string): Promise<readonly object[]> =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);

describe('npm run recover -- --push', () => {
  test('brings what the hub lacks to it, signed as the desk that wrote it, and once however often it is run', async () => {
    const dead = await deadProfile();
    const first = await command('recover.ts', [...dead.args('one.jsonl'), '--push', url]);
    expect(first.output).toContain(`${dead.stream}: 30 event(s) sent; the hub has it up to 30`);
    expect(first.code).toBe(0);
    expect(await storedEvents(hub.database, dead.stream)).toEqual(dead.events);
    const again = await command('recover.ts', [...dead.args('two.jsonl'), '--push', url]);
    expect(again.output).toContain(`${dead.stream}: 0 event(s) sent; the hub has it up to 30`);
    expect(again.code).toBe(0);
    expect(await storedEvents(hub.database, dead.stream)).toHaveLength(30);
    const { rows } = await hub.database.pool.query('SELECT kind FROM flags WHERE stream = $1', [dead.stream]);
    expect(rows).toEqual([]);
  });

  test('writes the file all the same when the hub does not answer, says so, and ends with 1', async () => {
    const dead = await deadProfile();
    const { code, output } = await command('recover.ts', [
      ...dead.args('one.jsonl'),
      '--push',
      `http://127.0.0.1:${await freePort()}`,
    ]);
    expect(code).toBe(1);
    expect(output).toContain('0 event(s) sent; nothing answers at the hub’s address (hub.away)');
    expect(await linesOf(join(dead.folder, 'one.jsonl'))).toHaveLength(31);
  });

  test.each(['', 'ftp://hub', 'http://hub.example'])(
    'refuses the address "%s" before it reads anything',
    async (to) => {
      const { code, output } = await command('recover.ts', ['--push', to]);
      expect(code).toBe(2);
      expect(output).toContain('Nothing was recovered: --push');
    },
  );

  test('sends runs without a hole, none larger than the hub takes', async () => {
    const events = await makeEvents(newStreamId(), MAX_BATCH_EVENTS + 10);
    const holed = events.filter(({ seq }) => seq !== 5);
    const cut = batches(holed);
    expect(cut.map((batch) => [batch[0]?.seq, batch.length])).toEqual([
      [1, 4],
      [6, MAX_BATCH_EVENTS],
      [MAX_BATCH_EVENTS + 6, 5],
    ]);
    expect(cut.flat()).toEqual(holed);
  });
});

describe('a desk whose key store lost its key', () => {
  test('starts, says so, keeps every file, writes on, and the recovery key brings back both halves', async () => {
    const dead = await deadProfile();
    const again = await openDesk(dead.profile, dead.pair.key);
    const { notices } = await must(again.bridge.call('host.describe', {}));
    expect(notices.join(' ')).toMatch(/key/i);
    expect((await readdir(dead.profile)).filter((name) => name.startsWith('keys.lost-'))).toHaveLength(1);
    // Nothing of before can be read here, and nothing of it is lost.
    const after = await writeAs(again, 4);
    expect(after.stream).not.toBe(dead.stream);
    await must(again.bridge.call('drafts.save', { ...LATER, by: 'demo-handler' }));
    await again.desk.close();

    const { code, output } = await command('recover.ts', [...dead.args('all.jsonl'), '--push', url]);
    const lines = await linesOf(join(dead.folder, 'all.jsonl'));
    const events = lines.flatMap((line) => {
      const event = parseEnvelope(line);
      return event.ok ? [event.value] : [];
    });
    expect(events.map(({ hash }) => hash).toSorted()).toEqual(
      [...dead.events, ...after.events].map(({ hash }) => hash).toSorted(),
    );
    const drafts = lines.flatMap((line) =>
      'draft' in line ? [draftSchema.extend({ by: z.string().optional() }).parse(line.draft)] : [],
    );
    expect(drafts.map(({ text }) => text).toSorted()).toEqual([LATER.text, DRAFT.text].toSorted());
    expect(output).toContain('2 half-typed text(s)');
    // The old desk is known to the hub; the new key has not been enrolled yet.
    expect(output).toContain(`${dead.stream}: 30 event(s) sent; the hub has it up to 30`);
    expect(output).toMatch(new RegExp(`${after.stream}: 0 event\\(s\\) sent; .*auth.unknownDesk`));
    expect(code).toBe(1);
    expect(await storedEvents(hub.database, dead.stream)).toEqual(dead.events);
  });
});
