import { z } from 'zod';

/**
 * EVERY EVENT THAT A LOG FILE MAY NAME. A code that is not here is written as `log.unlisted`; `test/main/log` finds every code
 * that the program names and holds it against this list.
 */
const OF_THE_DESK =
  'program.started program.stopped program.uncaught program.rejected attempt.unreadable attempt.writeFailed authorities.refused bridge.badAnswer bridge.badEvent bridge.badFrame bridge.badInput bridge.closed bridge.foreignSender bridge.socketError bridge.unknownMethod bridge.failed deepLink.refused desk.cannotListen desk.portTaken desk.refused desk.requestFailed desk.unreadable directory.broken directory.writeFailed drafts.disorder drafts.notCompacted drafts.repaired drafts.unavailable drafts.writeFailed hardening.broken hardening.checked hardening.notChecked hardening.notKept health.writeFailed hub.clock hub.enrolled hub.notEnrolled journal.asideNotPurged journal.asidePurged journal.damaged journal.notPurged journal.purgeUnfinished journal.purged journal.repaired journal.unavailable journal.unsealed journal.writeFailed keyStore.missing keyStore.unreadable keys.damaged keys.found keys.keyStore keys.noPassphrase keys.wrongPassphrase leaving.dialogFailed pack.writeFailed passphrase.missing passphrase.refused people.unreadable people.writeFailed policy.invalid policy.unreadable postcodes.unreadable practice.notInHand practice.unreadable print.failed profile.inUse profile.takenOver profile.unusable recoveryKey.refused session.ended session.startFailed settings.broken settings.invalid settings.writeFailed signIn.noBrowser signIn.notOpened telephony.broken telephony.cannotListen telephony.refused updates.failed updates.install updates.none updates.ready window.crashed window.dialogFailed window.navigationDenied window.permissionDenied window.requestDenied window.responsive window.unresponsive';
const OF_THE_HUB =
  'hub.started hub.stopped hub.answered hub.failed hub.databaseBroke hub.databaseRestarted hub.ended hub.replayFailed hub.demonstration hub.notForgotten hub.notSent hub.notReady';
const OF_THE_LOG = 'log.unlisted log.dropped';

const EVENTS = [OF_THE_DESK, OF_THE_HUB, OF_THE_LOG].flatMap((words) => words.split(' '));
const KNOWN: ReadonlySet<string> = new Set(EVENTS);

export const isLogEvent = (code: string): boolean => KNOWN.has(code);
export const logEvent = z.string().refine(isLogEvent, 'is no event of the list');
