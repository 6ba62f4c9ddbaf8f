import { type Picture, lastOf, eventsOf } from '../../call/picture.ts';
import { chosenRoute, emergencyNow, handoverState, mannerNow } from '../../call/facts.ts';
import { whenOf } from '../../call/paper.ts';
import { type Content } from '../../content/schema.ts';
import { type UrgencyCode } from '../../events/vocabulary.ts';
import { type CallId } from '../../ids.ts';
import { type Problem } from '../../problem.ts';
import { ok, type Result } from '../../result.ts';
import { callTimes } from '../call-times.ts';
import { type Cell } from '../csv/csv.ts';
import { londonDate, londonTime } from '../london.ts';
import { personOf } from '../person.ts';
import {
  type CodeList,
  codeOn,
  consMechanism,
  dropInOutcome,
  mechanismOf,
  OUR_TEAM,
  referralSource,
  responsePriority,
  teamType,
} from './code-lists.ts';
import { shortId } from './short-id.ts';

/** The organisations of a return, as ODS codes. They are the service's own, never a person's. */
export interface Reporter {
  /** Who runs the line. */
  readonly provider: string;
  /** Who commissions it. */
  readonly commissioner: string;
  /** The team's local id. */
  readonly team: string;
}

/** A finished call as a return sees it. */
export interface ReportedCall {
  readonly call: CallId;
  readonly picture: Picture;
  readonly content: Content;
}

/** Rows of one call, by table. A drop-in contact has none of the others, and the other way round. */
export interface NationalRows {
  readonly MHS101?: Readonly<Record<(typeof columns)['MHS101'][number], Cell>>;
  readonly MHS102?: Readonly<Record<(typeof columns)['MHS102'][number], Cell>>;
  readonly MHS105?: readonly Readonly<Record<(typeof columns)['MHS105'][number], Cell>>[];
  readonly MHS201?: Readonly<Record<(typeof columns)['MHS201'][number], Cell>>;
  readonly MHS302?: Readonly<Record<(typeof columns)['MHS302'][number], Cell>>;
}

/** Data items by table, as the national statistics' published code names them. */
export const columns = {
  MHS101: [
    'ServiceRequestId',
    'LocalPatientId',
    'OrgIDProv',
    'OrgIDComm',
    'ReferralRequestReceivedDate',
    'ReferralRequestReceivedTime',
    'SourceOfReferralMH',
    'ClinRespPriorityType',
    'ServDischDate',
    'ServDischTime',
  ],
  MHS102: [
    'ServiceRequestId',
    'CareProfTeamLocalId',
    'ServTeamTypeRefToMH',
    'ReferClosureDate',
    'ReferClosureTime',
  ],
  MHS105: ['ServiceRequestId', 'OnwardReferDate', 'OnwardReferTime', 'ServTeamTypeRefToMH', 'Accepted'],
  MHS201: [
    'CareContactId',
    'ServiceRequestId',
    'CareProfTeamLocalId',
    'CareContDate',
    'CareContTime',
    'ClinContactDurOfCareCont',
    'ConsMechanismMH',
  ],
  MHS302: [
    'MHDropInContactID',
    'OrgIDProv',
    'OrgIDComm',
    'MHDropInContactServiceType',
    'CareContactDateMHDropInContact',
    'StartTimeDropInContact',
    'EndTimeDropInContact',
    'ConsMechanismMH',
    'MHDropInContactOutcome',
  ],
} as const;

/**
 * MHSDS rows of one call. Guidance asks for a referral wherever somebody gave their details, and for a drop-in contact
 * (MHS302) where they did not. Nothing for a call that nobody answered, or that is not closed. What was not asked is
 * an empty cell. A code that may not be sent on the day of the call is a Problem, not a row.
 */
export function nationalRows(reported: ReportedCall, reporter: Reporter): Result<NationalRows, Problem> {
  const { picture, content } = reported;
  const { answeredAt, closedAt } = callTimes(picture);
  if (answeredAt === undefined || closedAt === undefined) return ok({});
  const isKnown = personOf(picture, content).name !== undefined;
  return isKnown ? referral(reported, reporter) : dropIn(reported, reporter);
}

function dropIn({ call, picture }: ReportedCall, reporter: Reporter): Result<NationalRows, Problem> {
  const { answeredAt = 0, closedAt = 0 } = callTimes(picture);
  const code = codesOf(londonDate(answeredAt));
  const row = {
    MHDropInContactID: shortId(call),
    OrgIDProv: reporter.provider,
    OrgIDComm: reporter.commissioner,
    MHDropInContactServiceType: code(teamType, OUR_TEAM),
    CareContactDateMHDropInContact: londonDate(answeredAt),
    StartTimeDropInContact: londonTime(answeredAt),
    EndTimeDropInContact: londonTime(closedAt),
    ConsMechanismMH: code(consMechanism, mechanismOf[mannerNow(picture).channel]),
    MHDropInContactOutcome: code(dropInOutcome, lastOf(picture, 'call.closed')?.data.outcome),
  };
  return code.fault ?? ok({ MHS302: row });
}

function referral(reported: ReportedCall, reporter: Reporter): Result<NationalRows, Problem> {
  const { call, picture, content } = reported;
  const { answeredAt = 0, closedAt = 0 } = callTimes(picture);
  const code = codesOf(londonDate(answeredAt));
  const id = shortId(call);
  const about = personOf(picture, content).about;
  const source = about === 'self' ? 'B1' : about === 'someoneElse' ? 'B2' : undefined;
  const rows: NationalRows = {
    MHS101: {
      ServiceRequestId: id,
      // Lantern keeps no index of people: the organisation's own record system knows who this is.
      LocalPatientId: undefined,
      OrgIDProv: reporter.provider,
      OrgIDComm: reporter.commissioner,
      ReferralRequestReceivedDate: londonDate(answeredAt),
      ReferralRequestReceivedTime: londonTime(answeredAt),
      SourceOfReferralMH: code(referralSource, source),
      ClinRespPriorityType: code(responsePriority, priorityOf(picture)),
      ServDischDate: londonDate(closedAt),
      ServDischTime: londonTime(closedAt),
    },
    MHS102: {
      ServiceRequestId: id,
      CareProfTeamLocalId: reporter.team,
      ServTeamTypeRefToMH: code(teamType, OUR_TEAM),
      ReferClosureDate: londonDate(closedAt),
      ReferClosureTime: londonTime(closedAt),
    },
    MHS105: eventsOf(picture, 'handover.sent').map((sent) => ({
      ServiceRequestId: id,
      OnwardReferDate: londonDate(whenOf(picture, sent)),
      OnwardReferTime: londonTime(whenOf(picture, sent)),
      ServTeamTypeRefToMH: code(teamType, content.route(sent.data.route)?.teamType),
      Accepted: { acknowledged: 'Y', declined: 'N', sent: undefined }[handoverState(picture, sent)],
    })),
    MHS201: {
      CareContactId: id,
      ServiceRequestId: id,
      CareProfTeamLocalId: reporter.team,
      CareContDate: londonDate(answeredAt),
      CareContTime: londonTime(answeredAt),
      ClinContactDurOfCareCont: Math.round((closedAt - answeredAt) / 60_000),
      ConsMechanismMH: code(consMechanism, mechanismOf[mannerNow(picture).channel]),
    },
  };
  return code.fault ?? ok(rows);
}

/** How soon somebody responds: as the close says, else 1 when emergency services have them, else the chosen route's. */
function priorityOf(picture: Picture): UrgencyCode | undefined {
  const said = lastOf(picture, 'call.closed')?.data.urgency;
  if (said !== undefined) return said;
  return emergencyNow(picture)?.type === 'emergency.handedOver' ? '1' : chosenRoute(picture)?.data.urgency;
}

/** Codes of one day. What is absent stays absent; the first code that may not be sent is kept as the fault. */
function codesOf(day: string) {
  const take = (list: CodeList, code: string | undefined): string | undefined => {
    if (code === undefined) return undefined;
    const found = codeOn(list, code, day);
    if (found.ok) return found.value;
    take.fault ??= found;
    return undefined;
  };
  take.fault = undefined as { readonly ok: false; readonly error: Problem } | undefined;
  return take;
}
