import { type Output } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type LockReason, type Session, type SignInWays } from '../../shared/bridge/session.ts';
import { type Result } from '../../shared/result.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';

type Answer<T> = Promise<Result<T, Fault>>;

/** How a person comes in at this desk, and comes back after a lock. */
export interface SignInDoor {
  ways(): Answer<SignInWays>;
  people(): Answer<readonly Session['person'][]>;
  /** One of the demonstration's people. */
  choose(person: string): Answer<Session>;
  /** With the issuer: what the page has to show for it, if anything; then `finish` waits for the person to come back. */
  begin(purpose: 'signIn' | 'unlock' | 'stepUp'): Answer<Output<'session.begin'>>;
  finish(): Answer<Session>;
  offline(person: string, passphrase: string): Answer<Session>;
}

export function signInDoor(bridge: Pick<Bridge, 'call'>): SignInDoor {
  return {
    ways: () => bridge.call('session.ways', {}),
    async people() {
      const answer = await bridge.call('session.people', {});
      return answer.ok ? { ok: true, value: answer.value.people } : answer;
    },
    choose: (person) => bridge.call('session.signIn', { person }),
    begin: (purpose) => bridge.call('session.begin', { purpose }),
    finish: () => bridge.call('session.finish', {}),
    offline: (person, passphrase) => bridge.call('session.offline', { person, passphrase }),
  };
}

/** Whether this desk is locked, and for whom it is. */
export interface SessionLine {
  readonly door: SignInDoor;
  locked(): LockReason | undefined;
  /** Until when the person may work here without the issuer having vouched for them again. */
  offlineUntil(): number | undefined;
  /** Minutes without a key or a pointer until the desk locks between calls; undefined: never. */
  idleMinutes(): number | undefined;
  lock(): void;
  /** Chooses the passphrase for signing in here without the issuer. */
  keepOffline(passphrase: string): Answer<unknown>;
}

/**
 * `gone` is called when somebody else, or nobody, is signed in: then what this window shows is not for whoever sits at it,
 * and it is loaded anew.
 */
export async function createSessionLine(
  bridge: Pick<Bridge, 'call' | 'on' | 'onOpen'>,
  first: Session,
  changed: () => void,
  gone: () => void,
): Promise<SessionLine> {
  const door = signInDoor(bridge);
  let session = first;
  const take = (next: Session | undefined): void => {
    if (next?.person.id !== first.person.id) return gone();
    session = next;
    changed();
  };
  bridge.on('session.changed', ({ session: next }) => take(next));
  // A host that was started again is locked, under a window that stayed open.
  bridge.onOpen(() => {
    void bridge.call('session.current', {}).then((now) => {
      if (now.ok) take(now.value);
    });
  });
  let idle: number | undefined;
  async function askIdle(): Promise<void> {
    const ways = await door.ways();
    if (ways.ok) idle = ways.value.idleLockMinutes;
  }
  // The organisation may change it while the desk runs.
  bridge.on('policy.changed', () => void askIdle());
  await askIdle();
  return {
    door,
    locked: () => session.locked,
    offlineUntil: () => session.offlineUntil,
    idleMinutes: () => idle,
    lock() {
      void bridge.call('session.lock', {}).then((answer) => {
        if (answer.ok) take(answer.value);
      });
    },
    keepOffline: (passphrase) => bridge.call('session.keepOffline', { passphrase }),
  };
}
