import { type Problem } from '../../problem.ts';
import { err, ok, type Result } from '../../result.ts';
import { type Channel } from '../../events/vocabulary.ts';

/** A national code with the days on which it may be sent: the first, and the last where it was ended. */
export interface Code {
  readonly code: string;
  readonly means: string;
  readonly from: string;
  readonly until?: string;
}

export interface CodeList {
  /** The data item's name in MHSDS. */
  readonly item: string;
  readonly codes: readonly Code[];
}

const V5 = '2021-10-01';

/** How somebody was spoken with. 03 was a camera link until version 5 gave 11 to video. */
export const consMechanism: CodeList = {
  item: 'ConsMechanismMH',
  codes: [
    { code: '01', means: 'Face to face', from: '2016-04-01' },
    { code: '02', means: 'Telephone', from: '2016-04-01' },
    { code: '03', means: 'Camera link', from: '2016-04-01', until: '2021-09-30' },
    { code: '04', means: 'Talk type or relay', from: '2016-04-01' },
    { code: '09', means: 'Text message, each in its own time', from: V5 },
    { code: '10', means: 'Instant message', from: V5 },
    { code: '11', means: 'Video', from: V5 },
    { code: '98', means: 'Other', from: '2016-04-01' },
  ],
};

export const mechanismOf: Readonly<Record<Channel, string>> = {
  phone: '02',
  interpreted: '02',
  relay: '04',
  text: '09',
};

export const dropInOutcome: CodeList = {
  item: 'MHDropInContactOutcome',
  codes: [
    { code: '01', means: 'The caller was cut off or rang off', from: V5 },
    { code: '02', means: 'Advice in the call', from: V5 },
    { code: '03', means: 'Pointed to help outside the NHS', from: V5 },
    { code: '04', means: 'Referred to another NHS service, not urgent', from: V5 },
    { code: '05', means: 'Referred for urgent face-to-face assessment', from: V5 },
    { code: '06', means: 'Emergency services told', from: V5 },
    { code: '98', means: 'Other', from: V5 },
  ],
};

/** Very urgent came with version 5. The order of the numbers is not the order of urgency. */
export const responsePriority: CodeList = {
  item: 'ClinRespPriorityType',
  codes: [
    { code: '1', means: 'Emergency', from: '2016-04-01' },
    { code: '4', means: 'Very urgent', from: V5 },
    { code: '2', means: 'Urgent', from: '2016-04-01' },
    { code: '3', means: 'Routine', from: '2016-04-01' },
  ],
};

/** The team whose activity a call is. */
export const teamType: CodeList = {
  item: 'ServTeamTypeRefToMH',
  codes: [
    { code: 'A02', means: 'Crisis resolution and home treatment', from: '2016-04-01' },
    { code: 'A11', means: 'Liaison', from: '2016-04-01' },
    { code: 'A19', means: '24/7 crisis response line', from: V5 },
    { code: 'A21', means: 'Crisis cafe, haven or sanctuary', from: V5 },
    { code: 'A25', means: 'Crisis house', from: V5 },
    { code: 'C05', means: 'Paediatric liaison', from: '2016-04-01' },
  ],
};

/** This line: what comes through the mental health option is the crisis line's, whoever runs it. */
export const OUR_TEAM = 'A19';

export const referralSource: CodeList = {
  item: 'SourceOfReferralMH',
  codes: [
    { code: 'B1', means: 'Self', from: '2016-04-01' },
    { code: 'B2', means: 'Carer or relative', from: '2016-04-01' },
  ],
};

/** The code as it stands on a day (yyyy-mm-dd), or why it may not be sent then. */
export function codeOn(list: CodeList, code: string, day: string): Result<string, Problem> {
  const found = list.codes.find((item) => item.code === code);
  if (found === undefined)
    return err({ code: 'national.unknownCode', field: list.item, message: `${code} is not in the list` });
  if (day < found.from || (found.until !== undefined && day > found.until)) {
    const message = `${code} may be sent from ${found.from}${found.until === undefined ? '' : ` to ${found.until}`}, not on ${day}`;
    return err({ code: 'national.codeOutOfDate', field: list.item, message });
  }
  return ok(code);
}
