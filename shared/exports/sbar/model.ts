import { type AnswerState } from '../../events/vocabulary.ts';
import { isolated } from '../../typed.ts';
import { quoted } from '../words.ts';

/** How a line's mark looks, on screen and in black and white: solid (yes), outlined (no) or dashed (not known). */
export type Look = AnswerState | 'notAsked' | 'open' | 'plain';

/** One line of a hand-over. What is unknown is shown dashed and read as unknown, never as no (H18). */
export interface SbarLine {
  readonly label: string;
  /** The answer's own word, or what is still open. */
  readonly mark?: string;
  readonly look: Look;
  readonly unknown: boolean;
  /** Everything beside the mark. May be empty. */
  readonly text: string;
  /** The caller's own words. */
  readonly words?: string;
  /** Who said it and when. */
  readonly source?: string;
}

export interface SbarSection {
  readonly id: 'safeguarding' | 'situation' | 'background' | 'assessment' | 'response' | 'unknown';
  readonly title: string;
  readonly lines: readonly SbarLine[];
}

/** Whether the hand-over may be given to anybody outside the line, and on whose word. */
export interface Sharing {
  readonly state: 'agreed' | 'overridden' | 'notShared';
  readonly say: string;
  /** What they want kept back, in their words. */
  readonly keptBack?: string;
}

export interface Sbar {
  /** To whom, as content names the receiving end. */
  readonly to: string;
  readonly sharing: Sharing;
  /** Safeguarding first. Empty of facts while nothing may be shared. */
  readonly sections: readonly SbarSection[];
  /** What is in the call's record and not for this receiver, by name alone. */
  readonly leftOut: readonly string[];
}

/** A line as one text: "Yes · Tablets, in the drawer · “I kept them.” · said by them 19:31". */
export const lineText = (line: SbarLine): string =>
  [line.mark, isolated(line.text), line.words === undefined ? undefined : quoted(line.words), line.source]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
