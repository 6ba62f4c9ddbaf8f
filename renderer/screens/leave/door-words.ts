import { type Fault } from '../../../shared/bridge/frames.ts';
import { type LockReason } from '../../../shared/bridge/session.ts';

/** Why somebody could not come in, and what to do. Pure. */
export function doorFault({ code, message }: Fault): string {
  switch (code) {
    case 'session.issuerAway':
      return `${message.replace(/^./, (letter) => letter.toUpperCase())}. If you have chosen a passphrase at this desk, use that.`;
    case 'session.timedOut':
      return 'Nobody came back from the sign-in page. Try again.';
    case 'session.refused':
      return 'The identity provider did not let this sign-in through. Try again; if it happens again, tell IT.';
    case 'session.noRole':
      return 'Your account has no role that takes calls. Ask IT.';
    case 'session.taken':
      return 'Somebody else is signed in at this desk. They sign out first, or you sign them out here.';
    case 'session.wrongPassphrase':
      return 'That is not the passphrase chosen at this desk.';
    case 'bridge.closed':
      return 'The desk program behind this window does not answer. Try again in a moment.';
    default:
      return `You could not be signed in: ${message}.`;
  }
}

/** Why the desk is locked. Pure. */
export const lockWords: Readonly<Record<LockReason, string>> = {
  idle: 'Nobody used this desk for a while.',
  restarted: 'Lantern was started again.',
  ended: 'The identity provider has ended this sign-in. Everything recorded here is kept.',
};
