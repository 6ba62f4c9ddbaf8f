import { type Fault } from '../../../shared/bridge/frames.ts';

/** What stands beside the field when a code was not taken: what happened, and what to do. Pure. */
export function enrolFault({ code, field, message }: Fault): string {
  if (code === 'hub.away')
    return 'The hub does not answer. Keep the code: it has not been used. Try again later.';
  if (code === 'hub.busy') return 'The hub is busy. Keep the code and try again in a minute.';
  if (code === 'bridge.closed')
    return 'The desk program behind this window does not answer. Try again in a moment.';
  if (code === 'bridge.badInput') return 'A code is at least 16 characters long: look for a missing part.';
  // The hub's own code stands at the end of its words, for a log. A person is told what it means.
  const [, words = message, reason = ''] = /^(.*) \(([\w.]+)\)$/su.exec(message) ?? [];
  const known = REASONS[reason];
  if (known !== undefined) return known;
  if (field === 'desk') return `This desk ${words}. Ask IT for a code made for this desk.`;
  return `This code ${words}. Ask IT for a new one.`;
}

const REASONS: Readonly<Record<string, string>> = {
  'enrol.badCode': 'The hub does not know this code. Look for a mistyped letter, or ask IT for a new one.',
  'enrol.codeUsed': 'This code has been used: each works once. Ask IT for a new one.',
  'enrol.codeExpired': 'This code is too old. Ask IT for a new one.',
  'enrol.otherDesk': 'This code was made for another desk. Ask IT for one made for this desk.',
  'enrol.deskExists':
    'The hub has this desk already, with another key. Ask IT for a code made for this desk.',
};

/** How the desk stands with the hub, in one sentence. Pure. */
export function standsWithHub(refusal: Fault | undefined): string {
  switch (refusal?.code) {
    case undefined:
      return 'The hub takes what this desk sends. A new code is not needed.';
    case 'hub.notEnrolled':
      return 'The hub does not know this desk.';
    case 'hub.revoked':
      return 'This desk has been revoked at the hub.';
    case 'hub.enrolmentEnded':
      return 'This desk’s enrolment at the hub has ended.';
    default:
      return 'The hub refuses what this desk sends.';
  }
}
