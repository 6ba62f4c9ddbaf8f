import { type PersonRole } from '../../../shared/identity/roles.ts';

/** The invented people of the demonstration's own identity server. */
export interface DemonstrationPerson {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly PersonRole[];
}

export const DEMONSTRATION_PEOPLE: readonly DemonstrationPerson[] = [
  { id: 'demo-handler', name: 'Sam Okafor (demonstration)', roles: ['adviser'] },
  { id: 'demo-clinician', name: 'Asha Bell (demonstration)', roles: ['clinician'] },
  { id: 'demo-supervisor', name: 'Morgan Reid (demonstration)', roles: ['supervisor'] },
  { id: 'demo-trainer', name: 'Jo Lindqvist (demonstration)', roles: ['trainer'] },
  { id: 'demo-it', name: 'Pat Nwosu (demonstration)', roles: ['it'] },
];
