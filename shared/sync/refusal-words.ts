import { type Fault } from '../bridge/frames.ts';

const KEPT =
  'Everything is kept on this PC and you can go on working; it is sent by itself once this is mended.';
const NEEDS_CODE = 'Ask IT for a new enrolment code: they start this desk with it.';

/** What to say, and what can be done, while the hub refuses what this desk sends. Pure. */
export function refusalWords({ code, message }: Fault): string {
  switch (code) {
    case 'hub.notEnrolled':
      return `The hub does not know this desk. ${NEEDS_CODE} ${KEPT}`;
    case 'hub.revoked':
      return `This desk has been revoked at the hub. ${NEEDS_CODE} ${KEPT}`;
    case 'hub.enrolmentEnded':
      return `This desk's enrolment at the hub has ended. ${NEEDS_CODE} ${KEPT}`;
    default:
      return `The hub refuses what this desk sends: ${message}. Tell IT. ${KEPT}`;
  }
}

const HOUR_MS = 3_600_000;

/** What to say of a PC's clock that differs from the hub's by `offMs`; nothing below a minute. Pure. */
export function clockWords(offMs: number): string | undefined {
  const minutes = Math.round(Math.abs(offMs) / 60_000);
  if (minutes < 1) return undefined;
  const hours = Math.round(Math.abs(offMs) / HOUR_MS);
  const [count, unit] = minutes < 120 ? [minutes, 'minute'] : [hours, 'hour'];
  const much = `${count} ${unit}${count === 1 ? '' : 's'} ${offMs > 0 ? 'slow' : 'fast'}`;
  return `This PC's clock is ${much} by the hub's. Nothing is held back by it, but times on screen and in the record are this PC's: tell IT.`;
}
