import { z } from 'zod';
import { author, shortText } from '../events/vocabulary.ts';
import { personRole } from '../identity/roles.ts';
import { utcMs } from '../time.ts';

/** Why the desk is locked. An emergency and a call in progress are shown all the same (H46). */
export const lockReason = z.enum(['idle', 'restarted', 'ended']);
export type LockReason = z.infer<typeof lockReason>;

export const session = z.strictObject({
  person: author.extend({ name: shortText }),
  /** `development`: a built-in demonstration person, who needs no account. Shown on screen. */
  kind: z.enum(['development', 'account']),
  roles: z.array(personRole).exactOptional(),
  /** Nobody has proved since then that it is still this person who sits here. */
  locked: lockReason.exactOptional(),
  /** Signed in without the issuer: until then. */
  offlineUntil: utcMs.exactOptional(),
});
export type Session = z.infer<typeof session>;

/** How people come in at this desk. */
export const signInWays = z.strictObject({
  kind: session.shape.kind,
  /** The issuer's host name, for the screen. */
  issuer: z.string().exactOptional(),
  /** Without a key or a pointer for so long, the desk locks between calls. */
  idleLockMinutes: z.int().min(1).exactOptional(),
  /** Whether the person signed in can come in here without the issuer, or could if they chose a passphrase. */
  offline: z.enum(['never', 'notChosen', 'chosen']),
});
export type SignInWays = z.infer<typeof signInWays>;

export const MIN_OFFLINE_PASSPHRASE = 10;
const passphrase = z.string().min(1).max(200);
const nothing = z.strictObject({});

export const sessionMethods = {
  /** Fault `session.none` while nobody is signed in: then nothing that anybody wrote is given out. */
  'session.current': { input: nothing, output: session },
  /** Who can be chosen at this desk: demonstration people, or those who may sign in without the issuer now. */
  'session.people': { input: nothing, output: z.strictObject({ people: z.array(session.shape.person) }) },
  'session.ways': { input: nothing, output: signInWays },
  /** Faults: session.unknownPerson, session.taken; session.needsIssuer where people have accounts. */
  'session.signIn': { input: z.strictObject({ person: author.shape.id }), output: session },
  'session.signOut': { input: nothing, output: nothing },
  /**
   * Begins a sign-in at the issuer. Where the host opens the system's browser `address` is absent; otherwise the page
   * shows it to be opened. `stepUp`: the person proves again who they are. Faults: session.issuerAway, session.unsafe.
   */
  'session.begin': {
    input: z.strictObject({ purpose: z.enum(['signIn', 'unlock', 'stepUp']) }),
    output: z.strictObject({ address: z.url().exactOptional() }),
  },
  /**
   * Waits for what `session.begin` began. Faults: session.timedOut, session.refused, session.noRole, session.taken
   * (another person came back than the one who is signed in here), session.notBegun.
   */
  'session.finish': { input: nothing, output: session },
  /** Without the issuer. Faults: session.wrongPassphrase, session.tooManyTries, session.offlineEnded, session.unknownPerson. */
  'session.offline': { input: z.strictObject({ person: author.shape.id, passphrase }), output: session },
  /** The person signed in chooses the passphrase for that. Faults: session.weakPassphrase, session.needsIssuer. */
  'session.keepOffline': { input: z.strictObject({ passphrase }), output: nothing },
  /** The window says that nobody has been at it for long enough. Fault `session.none`. */
  'session.lock': { input: nothing, output: session },
} as const;
