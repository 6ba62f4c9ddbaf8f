import { createContext, useContext } from 'react';
import { type CallView, type Recorded } from '../../call/desk.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { type Stage } from '../../../shared/events/vocabulary.ts';
import { type Option } from '../../../shared/gates/doors.ts';
import { type Mend } from '../derive/endings.ts';
import { type Person } from '../derive/person.ts';
import { type Entry } from '../derive/struck.ts';

export type Panel =
  'none' | 'emergency' | 'consult' | 'dropped' | 'safeguarding' | 'talk' | 'print' | 'lookBack';

/** What every part of the call screen may read and do. */
export interface CallScope {
  readonly view: CallView;
  readonly picture: Picture;
  readonly content: Content;
  readonly person: Person;
  readonly routes: readonly Option[];
  /** The stage of the guide; `offered` and `closed` stand before and after it. */
  readonly stage: Stage | 'offered' | 'closed';
  readonly panel: Panel;
  /** The entry that words were found in (`entryKey`), while there is one. */
  readonly found: string | undefined;
  readonly record: (happening: Happening) => Recorded;
  readonly open: (panel: Panel) => void;
  /** To a stage of the guide. Says why, when it is not to be had yet. */
  readonly goStage: (stage: Stage) => void;
  readonly goQuestion: (id: string) => void;
  /** The note is kept or left: back to where the hands were. */
  readonly noteDone: () => void;
  readonly mend: (mend: Mend) => void;
  /** Asks for the reason in a dialog, then strikes an answer, a note or a plan line through. */
  readonly strike: (entry: Entry) => void;
}

export const CallContext = createContext<CallScope | undefined>(undefined);

export function useCall(): CallScope {
  const scope = useContext(CallContext);
  if (scope === undefined) throw new Error('a part of the call screen was shown outside of it');
  return scope;
}
