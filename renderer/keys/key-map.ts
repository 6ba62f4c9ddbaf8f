import { type Stage, stages } from '../../shared/events/vocabulary.ts';
import { stageTitles } from '../../shared/exports/words.ts';

/** Everything a key can ask for from anywhere in the window. */
export type CommandId =
  | 'emergency'
  | 'note'
  | 'talk'
  | 'consult'
  | 'safeguarding'
  | 'dropped'
  | 'takeCall'
  | 'palette'
  | 'sheet'
  | 'print'
  | 'find'
  | 'lookBack'
  | 'giveBack'
  | 'start'
  | 'team'
  | 'earlier'
  | 'side'
  | 'pause'
  | 'outage'
  | 'back'
  | 'stopPractice'
  | 'askedAloud'
  | 'transcript'
  | 'practicePage'
  | 'pausePractice'
  | 'typeLine'
  | 'goLines'
  | 'goHappenings'
  | 'goScreen'
  | `stage.${Stage}`;

export interface KeyBinding {
  readonly command: CommandId;
  /** As printed on the key, in order of pressing. */
  readonly keys: readonly string[];
  /** `KeyboardEvent.code`, or `KeyboardEvent.key` where the character matters more than the place. */
  readonly code?: string;
  readonly key?: string;
  readonly alt?: true;
  readonly control?: true;
  /** A bare character: it acts only while nothing is being typed (WCAG 2.1.4). */
  readonly character?: true;
  /** What it does, for the sheet. */
  readonly does: string;
}

/** The one list of window-wide keys: the listener, the sheet and the hints on screen all read it. */
export const keyMap: readonly KeyBinding[] = [
  { command: 'emergency', keys: ['F9'], code: 'F9', does: 'Raise the emergency. Needs nothing else.' },
  { command: 'note', keys: ['F2'], code: 'F2', does: 'Write a note' },
  { command: 'talk', keys: ['F3'], code: 'F3', does: 'How they can talk: relay, yes and no, silent' },
  { command: 'consult', keys: ['F6'], code: 'F6', does: 'Consult a clinician' },
  { command: 'safeguarding', keys: ['F7'], code: 'F7', does: 'Safeguarding step' },
  { command: 'dropped', keys: ['F8'], code: 'F8', does: 'The call dropped' },
  { command: 'takeCall', keys: ['F4'], code: 'F4', does: 'Take a call (on the start page)' },
  {
    command: 'palette',
    keys: ['Ctrl', 'K'],
    code: 'KeyK',
    control: true,
    does: 'Find any command or question',
  },
  {
    command: 'print',
    keys: ['Ctrl', 'P'],
    code: 'KeyP',
    control: true,
    does: 'Print the hand-over card and the whole record',
  },
  { command: 'find', keys: ['Ctrl', 'F'], code: 'KeyF', control: true, does: 'Find words in this call' },
  { command: 'sheet', keys: ['?'], key: '?', character: true, does: 'This list of keys' },
  ...stages.map((stage, at): KeyBinding => ({
    command: `stage.${stage}`,
    keys: ['Alt', String(at + 1)],
    code: `Digit${at + 1}`,
    alt: true,
    does: `Go to ${stageTitles[stage]}`,
  })),
  { command: 'side', keys: ['Alt', '8'], code: 'Digit8', alt: true, does: 'Show or fold picture and notes' },
  { command: 'start', keys: ['Alt', '0'], code: 'Digit0', alt: true, does: 'Calls on this desk' },
  {
    command: 'pause',
    keys: ['Alt', '9'],
    code: 'Digit9',
    alt: true,
    does: 'Pause between calls, and end it',
  },
  {
    command: 'lookBack',
    keys: ['Alt', 'L'],
    code: 'KeyL',
    alt: true,
    does: 'Look back at this call, step by step',
  },
  {
    command: 'giveBack',
    keys: ['Alt', 'G'],
    code: 'KeyG',
    alt: true,
    does: 'Give this call back to the team',
  },
  { command: 'outage', keys: ['F10'], code: 'F10', does: 'Outage, downtime pack, calls from paper' },
  { command: 'back', keys: ['Esc'], code: 'Escape', does: 'Back to the question in hand' },
];

/** Keys that belong to the place they are pressed in: shown on the sheet, handled there. */
export const localKeys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Y'], does: 'Yes' },
  { keys: ['N'], does: 'No' },
  { keys: ['G'], does: 'Given' },
  { keys: ['U'], does: 'Not known' },
  { keys: ['D'], does: 'Declined' },
  { keys: ['C'], does: 'Could not ask' },
  { keys: ['Enter'], does: 'Keep and go to the next question' },
  { keys: ['Shift', 'Enter'], does: 'Previous question' },
  { keys: ['1', '…', '9', '0'], does: 'In Options: go to a route. Arrow keys reach every one.' },
  { keys: ['↑', '↓'], does: 'Looking back: step from one entry to the next' },
  { keys: ['H'], does: 'Looking back: hide or show details' },
];

/** The keys printed for a command. */
export const keysOf = (command: CommandId): readonly string[] =>
  keyMap.find((binding) => binding.command === command)?.keys ?? [];
