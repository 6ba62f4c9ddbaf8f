import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { personCheck } from '../../hub/people/check.ts';
import { issuerKeys } from '../../hub/people/keys.ts';
import { startIdentityServer } from '../../main/launch/identity/server.ts';
import { type SignInDoor } from '../../renderer/call/session-line.ts';
import { OWN_CODES } from '../../shared/identity/roles.ts';
import { acceptedCode } from '../hub/support/desk.ts';
import { newCall, newStream, notes, sealed } from '../hub/support/events.ts';
import { startHub } from '../hub/support/hub.ts';
import { shiftDesk } from '../load/shift.ts';
import { choose } from './support/accounts.ts';
import { tempFolder } from './support/temp-folder.ts';

const MINUTE = 60_000;

afterEach(() => void vi.useRealTimers());

/** With the real issuer: a page that asks who it is, whatever the issuer remembers. */
async function prove(door: SignInDoor, purpose: 'signIn' | 'stepUp', as: string) {
  const begun = await door.begin(purpose);
  if (!begun.ok) throw new Error(begun.error.code);
  const finished = door.finish();
  await choose(begun.value.address ?? '', as);
  return finished;
}

test('a supervisor takes a call over only after proving who they are just now, at the desk, with the issuer; and it is written down', async () => {
  const issuer = await startIdentityServer({ port: 0, clientId: 'lantern-desk' });
  onTestFinished(() => issuer.close());
  const hub = await startHub({
    people: personCheck({
      issuer: issuer.issuer,
      clientId: 'lantern-desk',
      codes: OWN_CODES,
      keys: issuerKeys(issuer.issuer),
      stepUpMs: 5 * MINUTE,
      stepUpAcr: undefined,
    }),
  });
  onTestFinished(() => hub.close());
  const hubUrl = new URL(await hub.app.listen({ host: '127.0.0.1', port: 0 }));
  const here = shiftDesk({
    folder: await tempFolder(),
    hubUrl,
    enrolCode: await acceptedCode(hub.database.pool, Date.now() + 60 * MINUTE),
    policy: { hubUrl: hubUrl.origin, signInIssuer: issuer.issuer.href.replace(/\/$/, '') },
    async signIn(door) {
      const session = await prove(door, 'signIn', 'demo-supervisor');
      if (!session.ok) throw new Error(session.error.code);
      return session.value;
    },
  });
  Object.defineProperty(hub.clock, 'at', { get: () => here.clock.now() });

  // A call that another desk has.
  const other = await hub.enrolled();
  const [stream, call] = [newStream(), newCall()];
  const events = await sealed(notes(3), { stream, call, desk: other.id, at: here.clock.now() });
  expect((await hub.push(other, stream, 1, events)).status).toBe(200);

  await here.start();
  const { door } = here.desk().sessionLine;
  await here.until(() => here.desk().hub().reach === 'reachable', 'the hub is there');
  expect(await here.answer(here.desk().continueCall(call))).toEqual({ kind: 'held' });

  // Eight minutes later, on every clock, whoever sits there has to say who they are.
  const later = async (): Promise<void> => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 8 * MINUTE);
    await here.pass(8 * MINUTE);
  };
  await later();
  expect(await here.answer(here.desk().continueCall(call, 'supervisor'))).toEqual({ kind: 'stepUp' });

  // Somebody else at the same desk is not them, and changes nothing.
  expect(await here.answer(prove(door, 'stepUp', 'demo-handler'))).toMatchObject({
    error: { code: 'session.taken' },
  });
  expect(await here.answer(here.desk().continueCall(call, 'supervisor'))).toEqual({ kind: 'stepUp' });

  expect(await here.answer(prove(door, 'stepUp', 'demo-supervisor'))).toMatchObject({ ok: true });
  expect(await here.answer(here.desk().continueCall(call, 'supervisor'))).toEqual({ kind: 'here' });
  expect(here.desk().call(call)?.events.length).toBeGreaterThanOrEqual(3);
  const audit = `SELECT person, call, detail FROM audit WHERE kind = 'tookOver'`;
  expect((await hub.database.pool.query(audit)).rows).toEqual([
    { person: 'demo-supervisor', call, detail: 'supervisor' },
  ]);
  expect(here.errors).toEqual([]);
  await here.stop();
}, 60_000);
