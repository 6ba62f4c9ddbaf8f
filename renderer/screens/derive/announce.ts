import { type Loud } from './loud.ts';

/** What of a call is told to somebody who listens instead of looking. */
export interface Heard {
  /** What is loud, by its title: the title changes when a time has come. */
  readonly loud: Pick<Loud, 'kind' | 'title' | 'sentence'> | undefined;
  /** Nothing stands before most routes. */
  readonly routesOpen: boolean;
}

/**
 * The sentence to be said now, or nothing. Each thing is said once when it begins: never a clock, never what the save light says
 * already, and nothing at all about how a call was found when it was opened, apart from what is loud.
 */
export function announcement(before: Heard | undefined, now: Heard): string {
  if (now.loud !== undefined && now.loud.kind !== 'outage' && now.loud.title !== before?.loud?.title)
    return `${now.loud.title}. ${now.loud.sentence}`;
  if (before === undefined || before.routesOpen === now.routesOpen) return '';
  return now.routesOpen
    ? 'Nothing stands before most routes any more.'
    : 'Something stands before most routes again. Options says what.';
}
