import { type Heard } from '../../../shared/bridge/training.ts';

/** Who speaks, as every screen of practice names them. */
export const VOICES: Readonly<Record<NonNullable<Heard['who']>, string>> = {
  caller: 'Caller',
  clinician: 'Clinician',
  receiver: 'Receiver',
  control: 'Control',
  thirdPerson: 'Somebody else',
};
