import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../hub/app.ts';
import { DEFAULT_LIMITS, UNNAMED_SENDER } from '../../hub/deps.ts';
import { nodeDigest } from '../../hub/digest.ts';
import { createLog } from '../../hub/log.ts';
import { verifyAllStreams } from '../../hub/verify.ts';
import { startIdentityServer } from '../../main/launch/identity/server.ts';
import { type CallView, type RunningDesk } from '../../renderer/call/desk.ts';
import { type SignInDoor } from '../../renderer/call/session-line.ts';
import { type CallId } from '../../shared/ids.ts';
import { hubDatabase } from '../hub/support/database.ts';
import { acceptedCode } from '../hub/support/desk.ts';
import { choose } from '../main/support/accounts.ts';
import { tempFolder } from '../main/support/temp-folder.ts';
import { plainCalls } from '../support/plain-calls.ts';
import { shiftDesk, type ShiftDesk } from './shift.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HOURS = 12;
const CALLS = 24;
const PASSPHRASE = 'kettle under lantern';
const ME = 'demo-handler';

/** With the issuer, as a person does it. */
async function comeIn(door: SignInDoor, purpose: 'signIn' | 'unlock' = 'signIn') {
  const begun = await door.begin(purpose);
  if (!begun.ok) throw new Error(begun.error.code);
  const finished = door.finish();
  await choose(begun.value.address ?? '', ME);
  const session = await finished;
  if (!session.ok) throw new Error(session.error.code);
  return session.value;
}

const isKept = (desk: RunningDesk): boolean => {
  const { made, inDatabase, inJournal } = desk.facts();
  return Math.min(inDatabase, inJournal) >= made;
};
const marksOf = (view: CallView | undefined): readonly string[] =>
  (view?.events ?? []).map(({ stream, seq, hash }) => `${stream}/${seq}/${hash}`);

test('twelve hours without any network: calls, locks, restarts and offline sign-in, nothing lost, and all of it sent afterwards', async () => {
  const database = await hubDatabase();
  onTestFinished(() => database.drop());
  const issuer = await startIdentityServer({ port: 0, clientId: 'lantern-desk' });
  onTestFinished(() => issuer.close());
  const folder = await tempFolder();
  let shift: ShiftDesk | undefined;
  const app = await buildApp({
    pool: database.pool,
    clock: { now: () => shift?.clock.now() ?? Date.now() },
    digest: nodeDigest,
    limits: DEFAULT_LIMITS,
    sender: UNNAMED_SENDER,
    log: createLog('silent'),
    callsChanged: () => undefined,
  });
  onTestFinished(() => app.close());
  const hubUrl = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const desk = (shift = shiftDesk({
    folder,
    hubUrl,
    enrolCode: await acceptedCode(database.pool, Date.now() + 2 * HOURS * HOUR),
    policy: {
      hubUrl: hubUrl.origin,
      signInIssuer: issuer.issuer.href.replace(/\/$/, ''),
      offlineSignInHours: HOURS,
    },
    signIn: (door) => comeIn(door),
  }));

  // The one moment with a network: somebody signs in and chooses a passphrase. Then the cable is out.
  await desk.start();
  const signedInAt = desk.clock.now();
  expect(await desk.answer(desk.desk().sessionLine.keepOffline(PASSPHRASE))).toMatchObject({ ok: true });
  desk.line.cut = true;
  const offline = (): ReturnType<SignInDoor['offline']> =>
    desk.answer(desk.desk().sessionLine.door.offline(ME, PASSPHRASE));
  const unlock = async (): Promise<void> => {
    expect(await offline()).toMatchObject({ ok: true });
    await desk.until(() => desk.desk().sessionLine.locked() === undefined, 'unlocked');
  };

  const scripts = plainCalls()
    .toSorted((a, b) => a.length - b.length)
    .slice(0, 8);
  /** Everything that was ever on the screen as written, and how many bytes it is. */
  const written = new Set<string>();
  let writtenBytes = 0;
  const noteDown = (): void => {
    for (const view of desk.desk().calls())
      for (const [at, mark] of marksOf(view).entries()) {
        if (written.has(mark)) continue;
        written.add(mark);
        writtenBytes += Buffer.byteLength(JSON.stringify(view.events[at]));
      }
  };
  let timersEarly = 0;
  for (let n = 0; n < CALLS; n += 1) {
    const began = desk.clock.now();
    const script = scripts[n % scripts.length] ?? [];
    let call: CallId | undefined;
    for (const [at, happening] of script.entries()) {
      call ??= desk.desk().takeCall({ source: 'handler' });
      const recorded = desk.desk().record(call, happening);
      expect(recorded, recorded.ok ? '' : recorded.why.join(' ')).toMatchObject({ ok: true });
      if (at % 7 === 0) desk.desk().keepDraft(`note ${n}`, `half a sentence, ${at}`);
      await desk.pass(20_000);
      // In the middle of a call: the program under the window, or everything, is started again.
      if (at !== 5 || n % 6 !== 4) continue;
      await desk.until(() => isKept(desk.desk()), 'kept before the restart');
      const before = marksOf(desk.desk().call(call));
      if (n % 12 === 4) await desk.restartMain();
      else {
        await desk.stop();
        await desk.start();
      }
      await desk.until(() => desk.desk().sessionLine.locked() === 'restarted', 'locked after the restart');
      // The call in progress is there and goes on before anybody has proved who they are.
      expect(marksOf(desk.desk().call(call))).toEqual(expect.arrayContaining([...before]));
      await unlock();
      // A call that Lantern stopped under asks whether the caller was still there: F8.
      desk.desk().record(call, { type: 'line.confirmed', data: {} });
    }
    desk.desk().keepDraft(`note ${n}`, '');
    await desk.until(() => isKept(desk.desk()), 'kept');
    noteDown();
    expect(desk.desk().light()).toMatchObject({ kind: 'onThisPc', waiting: desk.desk().unsent() });
    if (n % 4 === 3) {
      desk.desk().sessionLine.lock();
      await desk.until(() => desk.desk().sessionLine.locked() === 'idle', 'locked');
      await desk.pass(2 * MINUTE);
      await unlock();
    }
    await desk.pass(Math.max(0, began + (HOURS * HOUR) / CALLS - 10_000 - desk.clock.now()));
    if (n === 3) timersEarly = desk.waiting();
  }
  expect(desk.clock.now() - signedInAt).toBeGreaterThan((HOURS - 0.5) * HOUR);
  const made = desk.desk().unsent();
  expect(made).toBe(written.size);
  expect(desk.desk().drafts()).toEqual([]);

  // Nothing has piled up: no timer, no second copy of a draft, no journal longer than what was written.
  expect(desk.waiting()).toBeLessThanOrEqual(timersEarly + 2);
  const sizes = await sizesBelow(join(folder, 'profile'));
  const journal = sizes
    .filter(({ path }) => path.includes('journal'))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  const drafts = sizes
    .filter(({ path }) => path.includes('drafts'))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  expect(journal).toBeLessThan(3 * writtenBytes);
  expect(drafts).toBeLessThan(1_000_000);
  console.log(
    `a shift without network: ${CALLS} calls, ${made} entries, ${desk.line.tried} tries to reach somebody, ` +
      `journal ${Math.round(journal / 1024)} KB for ${Math.round(writtenBytes / 1024)} KB of entries, drafts ${Math.round(drafts / 1024)} KB, ${desk.waiting()} timers`,
  );

  // The policy's hours are over: nobody comes in by passphrase, and a call is taken and kept all the same.
  await desk.pass(Math.max(0, signedInAt + HOURS * HOUR + 2 * MINUTE - desk.clock.now()));
  await desk.until(() => desk.desk().sessionLine.locked() === 'ended', 'the hours are over');
  expect(await offline()).toMatchObject({ ok: false, error: { code: 'session.offlineEnded' } });
  const last = desk.desk().takeCall({ source: 'handler' });
  expect(desk.desk().record(last, { type: 'note.added', data: { text: 'Still here.' } })).toMatchObject({
    ok: true,
  });
  await desk.until(() => isKept(desk.desk()), 'kept after the hours');
  expect(desk.errors).toEqual([]);

  // The network is back: everything goes by itself; the person comes in with the issuer again.
  desk.line.cut = false;
  noteDown();
  await desk.until(() => desk.desk().unsent() === 0, 'everything is sent');
  expect(desk.desk().light()).toMatchObject({ kind: 'safe' });
  await desk.answer(comeIn(desk.desk().sessionLine.door, 'unlock'));
  await desk.until(() => desk.desk().sessionLine.locked() === undefined, 'back in');
  const { rows } = await database.pool.query<{ mark: string }>(
    "SELECT stream || '/' || seq || '/' || hash AS mark FROM events",
  );
  expect(rows).toHaveLength(written.size);
  expect(new Set(rows.map(({ mark }) => mark))).toEqual(written);
  for (const report of await verifyAllStreams(database.pool))
    expect(report).toMatchObject({ quarantined: 0, faults: [] });
  await desk.stop();
}, 120_000);

async function sizesBelow(folder: string): Promise<{ path: string; bytes: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (path) => {
      // A file that is being replaced may be gone by now.
      const found = await stat(path).catch(() => undefined);
      return { path, bytes: found?.size ?? 0 };
    }),
  );
}
