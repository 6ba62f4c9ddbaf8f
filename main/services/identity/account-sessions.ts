import { type Fault } from '../../../shared/bridge/frames.ts';
import { type LockReason, MIN_OFFLINE_PASSPHRASE, type Session } from '../../../shared/bridge/session.ts';
import { type Person } from '../../../shared/identity/claims.ts';
import { OFFLINE_TRIES, offlineSignIn } from '../../../shared/identity/offline.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Clock, type Timers, type UtcMs } from '../../../shared/time.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { type PersonAtHub, type Sessions } from '../../ports/sessions.ts';
import { refuse } from '../faults.ts';
import { type Begun, type IssuerClient, type Tokens } from './issuer-client.ts';
import { latestTime } from './latest-time.ts';
import { openLoopback, type Loopback } from './loopback.ts';
import { makeVerifier, verifies } from './passphrase.ts';
import { type KeptPeople, type KeptPerson, type PeopleFile } from './people-file.ts';

interface SignInAtStart {
  readonly hint: string;
  readonly follow: (address: string) => Promise<void>;
}

export interface AccountSessionsOptions {
  readonly issuer: IssuerClient;
  readonly issuerHost: string;
  readonly file: PeopleFile;
  readonly offlineHours: () => number;
  readonly idleLockMinutes: () => number;
  /** Opens the system's browser; false, or absent, where the page has to show the address. */
  readonly openAddress?: ((address: string) => Promise<boolean>) | undefined;
  /** Goes through a sign-in at the start without a person: the demonstration's own issuer, and nowhere else. */
  readonly signInAtStart?: SignInAtStart;
  /** SHA-256 of the policy in force. */
  readonly policyHash: () => string;
  readonly clock: Clock;
  /** ms by a counter that nobody can set. */
  readonly uptime: () => number;
  readonly timers: Timers;
  readonly log: Log;
}

interface SignedIn {
  readonly kept: KeptPerson;
  readonly tokens: Tokens | undefined;
  readonly locked: LockReason | undefined;
  readonly offlineUntil: UtcMs | undefined;
}

/** A token is renewed so long before it ends (ms); while the issuer is away it is asked again this often (ms). */
const RENEW_BEFORE_MS = 60_000;
const AGAIN_MS = 30_000;
/** The latest time is kept on the disk so often (ms). */
const KEEP_TIME_MS = 60_000;
const READY_MS = 5_000;

const NONE = refuse('session.none', 'person', 'nobody is signed in at this desk');
const NO_ROLE = refuse('session.noRole', 'person', 'has no role that takes calls: ask IT');
const TAKEN = refuse(
  'session.taken',
  'person',
  'somebody else is signed in at this desk: they sign out first',
);

/**
 * People with accounts at an OpenID Connect issuer. Nothing here ever deletes or hides what was recorded: the end of a
 * sign-in, from whatever side, locks the desk between calls and keeps its person's work theirs.
 */
export function accountSessions(options: AccountSessionsOptions): Sessions & PersonAtHub {
  const { issuer, file, offlineHours, clock, timers, log } = options;
  let kept: KeptPeople = file.first;
  const latest = latestTime(kept.latest, clock, options.uptime);
  let now: SignedIn | undefined = resumed(kept);
  let begun: { readonly loopback: Loopback; readonly ask: Begun; readonly purpose: string } | undefined;
  let listener: ((session: Session | undefined) => void) | undefined;
  let cancelRenewal: (() => void) | undefined;
  let cancelKeeping: (() => void) | undefined;
  let renewing: Promise<boolean> | undefined;
  let readiness: Promise<void> = Promise.resolve();

  async function keep(change: Partial<KeptPeople> = {}): Promise<void> {
    kept = { ...kept, ...change, latest: latest.get() };
    try {
      await file.write(kept);
    } catch (error) {
      log.error({
        code: 'people.writeFailed',
        message: 'who signed in could not be kept',
        cause: causeOf(error),
      });
    }
  }

  function tell(): void {
    listener?.(sessionOf(now));
  }

  /** The issuer has vouched for somebody. Resolves once that is on the disk. */
  async function take(tokens: Tokens): Promise<Result<Session, Fault>> {
    const { person } = tokens;
    if (person.role === undefined) return NO_ROLE;
    if (now !== undefined && now.kept.id !== person.id) return TAKEN;
    // The issuer's own clock has just been near: from here on time counts afresh.
    latest.set(clock.now());
    const before = kept.people.find(({ id }) => id === person.id);
    const entry = entryOf(person, person.role, latest.get(), before);
    now = { kept: entry, tokens, locked: undefined, offlineUntil: undefined };
    const people = [...kept.people.filter(({ id }) => id !== person.id), entry].slice(-500);
    await keep({ people, session: keptSession(tokens) });
    renewLater(tokens.expiresAt - clock.now() - RENEW_BEFORE_MS);
    tell();
    return ok(sessionOf(now) as Session);
  }

  function renewLater(ms: number): void {
    cancelRenewal?.();
    cancelRenewal = timers.after(Math.max(1_000, Math.min(ms, 3_600_000)), () => void renew());
  }

  async function renewNow(): Promise<boolean> {
    const token = now?.tokens?.refreshToken ?? kept.session?.refreshToken;
    if (now === undefined || token === undefined || now.locked === 'ended') return false;
    const asked = now;
    const answer = await issuer.refresh(token, personOf(asked));
    // Signed out, or somebody else, while the issuer thought about it.
    if (now?.kept.id !== asked.kept.id) return false;
    if (answer.ok) {
      now = { ...now, tokens: answer.value, offlineUntil: undefined };
      // Kept before it is used: the issuer takes each of them once.
      await keep({ session: keptSession(answer.value) });
      renewLater(answer.value.expiresAt - clock.now() - RENEW_BEFORE_MS);
      return true;
    }
    if (answer.error.code !== 'session.ended') {
      renewLater(AGAIN_MS);
      return false;
    }
    // Withdrawn, or used by somebody else too: what was recorded stays, and its person signs in again between calls.
    log.warn({ code: 'session.ended', message: 'the identity provider has ended the sign-in at this desk' });
    now = { ...now, tokens: undefined, locked: 'ended' };
    await keep({ session: { person: asked.kept.id } });
    tell();
    return false;
  }

  function renew(): Promise<boolean> {
    renewing ??= renewNow().finally(() => (renewing = undefined));
    return renewing;
  }

  const offlineNow = (person: KeptPerson): ReturnType<typeof offlineSignIn> =>
    offlineSignIn({
      verifiedAt: person.verifiedAt,
      hours: offlineHours(),
      now: clock.now(),
      latest: latest.get(),
    });

  /** Keeps the latest time, and ends an offline sign-in whose hours are over. */
  function tick(): void {
    cancelKeeping = timers.after(KEEP_TIME_MS, () => {
      const until = now?.offlineUntil;
      const isOver = until !== undefined && latest.get() >= until && now?.locked !== 'ended';
      if (isOver && now !== undefined) {
        now = { ...now, locked: 'ended' };
        tell();
      }
      void keep().then(tick);
    });
  }

  async function begin(
    purpose: 'signIn' | 'unlock' | 'stepUp',
  ): Promise<Result<{ address?: string }, Fault>> {
    begun?.loopback.close();
    begun = undefined;
    const loopback = await openLoopback(timers);
    if (!loopback.ok) return loopback;
    const { redirect } = loopback.value;
    const again = purpose !== 'signIn';
    const ask = await issuer.begin({ redirect, again, hint: again ? now?.kept.id : undefined });
    if (!ask.ok) {
      loopback.value.close();
      return ask;
    }
    begun = { loopback: loopback.value, ask: ask.value, purpose };
    const { address } = ask.value;
    return ok((await options.openAddress?.(address)) === true ? {} : { address });
  }

  async function finish(): Promise<Result<Session, Fault>> {
    if (begun === undefined) return refuse('session.notBegun', 'person', 'no sign-in has been begun');
    const { loopback, ask } = begun;
    const cameBack = await loopback.wait(ask.state);
    if (!cameBack.ok) return cameBack;
    const tokens = await ask.finish(cameBack.value);
    if (!tokens.ok) return tokens;
    const taken = await take(tokens.value);
    if (!taken.ok && tokens.value.refreshToken !== undefined) void issuer.revoke(tokens.value.refreshToken);
    return taken;
  }

  /** The person who was here before, else the one that was named. */
  async function signInAtStart({ hint, follow }: SignInAtStart): Promise<void> {
    const loopback = await openLoopback(timers);
    if (!loopback.ok) return;
    const { redirect } = loopback.value;
    const ask = await issuer.begin({ redirect, again: false, hint: now?.kept.id ?? hint });
    if (!ask.ok) return loopback.value.close();
    begun = { loopback: loopback.value, ask: ask.value, purpose: 'signIn' };
    const finished = finish();
    await follow(ask.value.address);
    await finished;
  }

  return {
    current: () => sessionOf(now),
    ready: () => readiness,
    people: () =>
      kept.people
        .filter((person) => person.offline !== undefined && offlineNow(person).kind === 'open')
        .map(({ id, name, role }) => ({ id, name, role })),
    ways: () => ({
      kind: 'account',
      issuer: options.issuerHost,
      idleLockMinutes: options.idleLockMinutes(),
      offline: offlineHours() === 0 ? 'never' : now?.kept.offline === undefined ? 'notChosen' : 'chosen',
    }),
    signIn: () => refuse('session.needsIssuer', 'person', 'signs in with the identity provider'),
    async signOut() {
      begun?.loopback.close();
      begun = undefined;
      cancelRenewal?.();
      const token = now?.tokens?.refreshToken ?? kept.session?.refreshToken;
      now = undefined;
      const { session: _gone, ...rest } = kept;
      kept = rest;
      await keep();
      if (token !== undefined) void issuer.revoke(token);
      tell();
    },
    begin,
    finish,
    async offline(id, passphrase) {
      const person = kept.people.find((one) => one.id === id);
      if (now !== undefined && now.kept.id !== id) return TAKEN;
      if (person?.offline === undefined)
        return refuse('session.unknownPerson', 'person', 'has chosen no passphrase at this desk');
      const may = offlineNow(person);
      if (may.kind === 'closed') return offlineEnded(may.why);
      if (person.tries >= OFFLINE_TRIES)
        return refuse(
          'session.tooManyTries',
          'passphrase',
          'was wrong too often: sign in with the identity provider',
        );
      // Counted before it is looked at, so that pulling the plug is no way to try again.
      await change({ ...person, tries: person.tries + 1 });
      if (!(await verifies(person.offline, passphrase)))
        return refuse('session.wrongPassphrase', 'passphrase', 'is not the one chosen at this desk');
      const right = { ...person, tries: 0 };
      await change(right);
      const tokens = now?.tokens;
      const offlineUntil = tokens === undefined ? may.until : undefined;
      now = { kept: right, tokens, locked: undefined, offlineUntil };
      await keep({ session: { ...kept.session, person: id } });
      tell();
      return ok(sessionOf(now) as Session);
    },
    async keepOffline(passphrase) {
      if (now === undefined) return NONE;
      if (now.tokens === undefined || now.locked !== undefined)
        return refuse('session.needsIssuer', 'person', 'signs in with the identity provider first');
      if (passphrase.length < MIN_OFFLINE_PASSPHRASE)
        return refuse(
          'session.weakPassphrase',
          'passphrase',
          `needs ${MIN_OFFLINE_PASSPHRASE} characters or more`,
        );
      const person = { ...now.kept, offline: await makeVerifier(passphrase), tries: 0 };
      now = { ...now, kept: person };
      await change(person);
      return ok({});
    },
    lock(why) {
      if (now === undefined) return NONE;
      if (now.locked === undefined) {
        now = { ...now, locked: why };
        tell();
      }
      return ok(sessionOf(now) as Session);
    },
    // Also one that has expired by our clock: the hub goes by its own, and says so.
    token: () => now?.tokens?.idToken,
    renew,
    policy: options.policyHash,
    start(changed) {
      listener = changed;
      tick();
      const { signInAtStart: unasked } = options;
      const first: Promise<unknown> = unasked === undefined ? renew() : signInAtStart(unasked);
      readiness = Promise.race([
        first.then(
          () => undefined,
          (error: unknown) =>
            log.warn({
              code: 'session.startFailed',
              message: 'no sign-in at the start',
              cause: causeOf(error),
            }),
        ),
        new Promise<void>((resolve) => void timers.after(READY_MS, resolve)),
      ]);
    },
    async stop() {
      listener = undefined;
      cancelRenewal?.();
      cancelKeeping?.();
      begun?.loopback.close();
      await keep();
    },
  };

  async function change(person: KeptPerson): Promise<void> {
    await keep({ people: kept.people.map((one) => (one.id === person.id ? person : one)) });
  }
}

/** After a restart the same person is here, locked: a call in progress is on screen at once, everything else after a proof. */
function resumed(kept: KeptPeople): SignedIn | undefined {
  const person = kept.people.find(({ id }) => id === kept.session?.person);
  if (person === undefined) return undefined;
  return { kept: person, tokens: undefined, locked: 'restarted', offlineUntil: undefined };
}

function sessionOf(now: SignedIn | undefined): Session | undefined {
  if (now === undefined) return undefined;
  const { id, name, role, roles } = now.kept;
  return {
    person: { id, name, role },
    kind: 'account',
    roles,
    ...(now.locked === undefined ? {} : { locked: now.locked }),
    ...(now.offlineUntil === undefined ? {} : { offlineUntil: now.offlineUntil }),
  };
}

const keptSession = ({ person, refreshToken }: Tokens): NonNullable<KeptPeople['session']> => ({
  person: person.id,
  ...(refreshToken === undefined ? {} : { refreshToken }),
});

function entryOf(
  person: Person,
  role: KeptPerson['role'],
  verifiedAt: UtcMs,
  before: KeptPerson | undefined,
): KeptPerson {
  const { id, name, roles } = person;
  const offline = before?.offline === undefined ? {} : { offline: before.offline };
  return { id, name, role, roles: [...roles], verifiedAt, tries: 0, ...offline };
}

const personOf = ({ kept, tokens }: SignedIn): Person =>
  tokens?.person ?? { ...kept, authenticatedAt: undefined, acr: undefined, amr: [] };

function offlineEnded(why: 'never' | 'expired' | 'clockSetBack'): Result<never, Fault> {
  const words = {
    never: 'this desk does not let anybody in without the identity provider',
    expired: 'the hours for signing in without the identity provider are over',
    clockSetBack: 'the clock of this PC was set back: sign in with the identity provider',
  } as const;
  return err({ code: 'session.offlineEnded', field: 'person', message: words[why] });
}
