import { type Output } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type LockReason, type Session, type SignInWays } from '../../shared/bridge/session.ts';
import { type Result } from '../../shared/result.ts';

type Person = Session['person'];

/** Who is signed in at this desk: one person or nobody, for every window of it. Faults as in `shared/bridge/session.ts`. */
export interface Sessions {
  current(): Session | undefined;
  /** Resolves once it is known whether somebody is signed in from the start: soon, whatever the network does. */
  ready(): Promise<void>;
  /** Who can be chosen at this desk. */
  people(): readonly Person[];
  ways(): SignInWays;
  signIn(person: string): Result<Session, Fault>;
  signOut(): Promise<void>;
  begin(purpose: 'signIn' | 'unlock' | 'stepUp'): Promise<Result<Output<'session.begin'>, Fault>>;
  finish(): Promise<Result<Session, Fault>>;
  offline(person: string, passphrase: string): Promise<Result<Session, Fault>>;
  keepOffline(passphrase: string): Promise<Result<Record<string, never>, Fault>>;
  lock(why: LockReason): Result<Session, Fault>;
  /** `changed`: another person, a lock, or an end that came from outside. */
  start(changed: (session: Session | undefined) => void): void;
  stop(): Promise<void>;
}

/** What the hub is shown of the person at the desk. */
export interface PersonAtHub {
  /** The issuer's ID token, while there is one that has not expired. */
  token(): string | undefined;
  /** Asks the issuer for a new one. False when there is none to be had. */
  renew(): Promise<boolean>;
  /** SHA-256 of the policy in force. */
  policy(): string;
}
