import { practiceWords } from '../../../shared/training/words.ts';

/** What the screens say of ringing the emergency services. */
export interface EmergencyWords {
  /** Until they have it. */
  readonly ring: string;
  /** When nothing but the alarm could be shown. */
  readonly raised: string;
  /** When they are late. */
  readonly chase: string;
  /** Under a screen that could not be drawn. */
  readonly broken: string;
  /** Beside all of it: what to do about a danger that is no part of this call. Absent where every call is real. */
  readonly real?: string;
  /** Beside any sentence that asks to ring somebody. */
  readonly sayIt?: string;
}

export const LIVE_WORDS: EmergencyWords = {
  ring: 'Ring 999 on the second line, then put the reference here.',
  raised: 'The emergency is recorded. Ring 999 on the second line.',
  chase: 'Ring control again with the reference, and write down what they say.',
  broken: 'Stay on the line with the caller. In an emergency, ring 999 on the second line.',
};

/** On a live desk the real number; in practice that it is practice, and who answers in its place (H23). */
export const emergencyWords = (profile: { readonly kind: string }): EmergencyWords =>
  profile.kind === 'training' ? practiceWords : LIVE_WORDS;
