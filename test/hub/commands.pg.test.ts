import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDatabase } from './support/database.ts';
import { makeDesk, type TestDesk } from './support/desk.ts';
import { newStream, notes, sealed } from './support/events.ts';
import { type Answer, refused, startHub, taken, type TestHub } from './support/hub.ts';
import { type Ended, runHub } from './support/process.ts';

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  hub = await startHub();
  // The commands are processes of their own, with the real time.
  hub.clock.at = Date.now();
  folder = await mkdtemp(join(tmpdir(), 'lantern-commands-'));
});
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true });
});

const run = (...args: string[]): Promise<Ended> =>
  runHub({ DATABASE_URL: hub.database.url, LANTERN_HUB_LOG: 'silent' }, args);
async function enrol(desk: TestDesk, code: string): Promise<Answer> {
  const payload = { v: 1, code, desk: desk.id, name: 'Ward desk', publicKey: desk.publicKey };
  const response = await hub.app.inject({ method: 'POST', url: '/v1/desks', payload });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

test(
  'an administrator lets desks in, sees them, shuts one out and lets it in again',
  { timeout: 60_000 },
  async () => {
    const code = await run('enrol-code', '--enrols-for-days', '30');
    expect(code).toMatchObject({ code: 0, stderr: '' });
    expect(code.stdout).toMatch(/^[A-Za-z0-9_-]{24}\n$/);
    const desk = await makeDesk();
    expect((await enrol(desk, code.stdout.trim())).status).toBe(200);
    const ends = new Date(hub.clock.at + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
    const listed = await run('desks');
    expect(listed.stdout).toContain(`${desk.id}  enrolled`);
    expect(listed.stdout).toContain(`ends ${ends}  revoked -  0 streams  Ward desk\n1 desks\n`);

    expect(await run('revoke', desk.id)).toMatchObject({ code: 0, stdout: `${desk.id} is revoked\n` });
    const shut = await hub.get(desk, `/v1/streams/${newStream()}`);
    expect(refused(shut).code).toBe('auth.revoked');
    const again = await run('enrol-code', '--for', desk.id);
    expect((await enrol(desk, again.stdout.trim())).status).toBe(200);
    expect((await hub.get(desk, `/v1/streams/${newStream()}`)).status).toBe(200);
  },
);

test(
  'an administrator releases the stream of a lost key, and sees quarantine without its words',
  { timeout: 60_000 },
  async () => {
    const [old, desk] = [await hub.enrolled(), await hub.enrolled()];
    const stream = newStream();
    const events = await sealed(notes(2), { stream, desk: old.id, at: hub.clock.at });
    taken(await hub.push(old, stream, 1, events.slice(0, 1)));
    expect(refused(await hub.push(desk, stream, 2, events.slice(1))).code).toBe('stream.notYours');
    const released = await run('release-stream', stream, desk.id);
    expect(released).toMatchObject({ code: 0, stdout: `${stream} belongs to ${desk.id}\n` });
    const answer = taken(
      await hub.push(desk, stream, 2, [...events.slice(1), { said: 'Priya at Larch Road' }]),
    );
    expect(answer).toMatchObject({ acked: 3, flagged: [] });
    const listed = await run('quarantine');
    expect(listed.stdout).toContain(`${stream} 3  `);
    expect(listed.stdout).toContain('event.malformed in stream');
    expect(listed.stdout).not.toContain('Priya');
  },
);

test('an administrator saves everything and puts it into another database', { timeout: 60_000 }, async () => {
  const file = join(folder, 'hub.backup');
  const saved = await run('backup', file);
  expect(saved).toMatchObject({ code: 0 });
  expect(saved.stdout).toMatch(/^saved \d+ desks, .* events/);
  expect(await run('restore', file)).toMatchObject({ code: 1, stdout: '' });
  const other = await emptyDatabase();
  const restored = await runHub({ DATABASE_URL: other.url, LANTERN_HUB_LOG: 'silent' }, ['restore', file]);
  expect(restored).toMatchObject({ code: 0, stderr: '' });
  expect(restored.stdout).toContain('0 with faults that were not known before');
  const verified = [await run('verify'), await runHub({ DATABASE_URL: other.url }, ['verify'])];
  expect(verified[1]).toEqual(verified[0]);
  await other.drop();
});

test.each([
  [['no-such-command'], 'argument must be absent, or one of verify'],
  [['revoke'], 'DESK must be the id of a desk'],
  [['revoke', 'junk'], 'DESK must be the id of a desk'],
  [['release-stream', 'junk'], 'STREAM must be the id of a stream'],
  [['release-stream', newStream(), newStream()], 'DESK must be the id of a desk'],
  [['enrol-code', '--for', newStream()], '--for must be the id of a desk'],
  [['enrol-code', '--code-days', '0'], '--code-days must be a number of days'],
  [['enrol-code', '--no-such-option'], 'usage: npm run hub -- enrol-code'],
  [['backup'], 'FILE must be given'],
  [['restore'], 'FILE must be given'],
])('a command that makes no sense ends with 2 and says what is wrong: %j', async (args, words) => {
  const ended = await run(...args);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toContain(words);
});
