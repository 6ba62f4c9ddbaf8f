import { type ServiceKind } from './service.ts';

/**
 * Which kinds of service each route of the demonstration content may end at. Beside the content and not in it: the content's
 * hash is in every event, and who stands behind a route is the directory's matter. A route that is not here asks for
 * no service of the directory.
 */
const KINDS: Readonly<Record<string, readonly ServiceKind[]>> = {
  aeLiaison: ['emergencyDepartment'],
  crhtVeryUrgent: ['crisisTeamAdult', 'crisisTeamOlderAdult'],
  crhtUrgent: ['crisisTeamAdult', 'crisisTeamOlderAdult'],
  childCrisisTeam: ['crisisTeamChild'],
  crisisAlternative: ['crisisCafe', 'sanctuary', 'safeHaven', 'crisisHouse', 'walkInAssessment'],
  talkingTherapies: ['talkingTherapies'],
  careTeam: ['careTeam'],
  gp: ['primaryCare'],
  otherLine: ['crisisLine'],
  other: ['helpline', 'socialCare', 'alcoholAndDrugs', 'veterans', 'perinatal'],
};

export const kindsForRoute = (route: string): readonly ServiceKind[] => KINDS[route] ?? [];
