import { type Role, stage as stageSchema } from '../../../shared/events/vocabulary.ts';
import { type Elsewhere } from '../../../shared/sync/call-lease.ts';
import { type TakeOverReason } from '../../../shared/sync/protocol.ts';
import { type TeamCall } from '../../../shared/sync/team.ts';
import { stageTitles } from '../../../shared/exports/words.ts';

/** What people call a desk, or that it is another one. */
export const deskWords = (name: string | null): string => (name === null ? 'another desk' : `desk ${name}`);

/** Where a call is that this desk has not got. */
export const whereWords = ({ name, nobody }: Elsewhere): string =>
  nobody === true ? 'Given back, with nobody' : `With ${deskWords(name)}`;

/** Whether it is safe to ring is not known without the call: so no one is told to ring from here. */
const OWED: Readonly<Record<TeamCall['owed'][number]['kind'], string>> = {
  emergency: 'Emergency not confirmed',
  contact: 'Somebody with them: not said yet',
  callBack: 'Caller was cut off',
  declined: 'Hand-over declined',
  handover: 'Hand-over not acknowledged',
  task: 'Task',
};
export const owedWords = (kind: TeamCall['owed'][number]['kind']): string => OWED[kind];

export const roleTitles: Readonly<Record<Role, string>> = {
  adviser: 'Adviser',
  clinician: 'Clinician',
  supervisor: 'Supervisor',
};

export function stageWords(stage: string): string {
  const read = stageSchema.safeParse(stage);
  if (read.success) return stageTitles[read.data];
  return stage === 'closed' ? 'Closed' : 'Not answered';
}

/** Why a call is taken from the desk that has it, in the order they are offered: none is chosen beforehand. */
export const reasonTitles: readonly { readonly value: TakeOverReason; readonly title: string }[] = [
  { value: 'handedOn', title: 'The person at that desk asked me to go on with it' },
  { value: 'endOfShift', title: 'Their shift is over' },
  { value: 'deskFailed', title: 'That PC has failed' },
  { value: 'deskUnreachable', title: 'Nobody at that desk can be reached' },
  { value: 'supervisor', title: 'A supervisor or clinician takes over' },
];
