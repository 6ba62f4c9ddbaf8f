import { type KeyBinding } from './key-map.ts';

/** The keys of the trainer's console. */
export const trainerKeys: readonly KeyBinding[] = [
  { command: 'stopPractice', keys: ['F1'], code: 'F1', does: 'Stop the practice, at once' },
  { command: 'typeLine', keys: ['F2'], code: 'F2', does: 'Type what somebody says' },
  { command: 'pausePractice', keys: ['F4'], code: 'F4', does: 'Pause the practice, or go on' },
  { command: 'goLines', keys: ['F6'], code: 'F6', does: 'To the lines: arrow keys go through them' },
  { command: 'goHappenings', keys: ['F7'], code: 'F7', does: 'To what can be made to happen' },
  { command: 'goScreen', keys: ['F8'], code: 'F8', does: 'To the trainee’s screen' },
  { command: 'start', keys: ['Alt', '0'], code: 'Digit0', alt: true, does: 'Scripts and practices' },
  { command: 'print', keys: ['Ctrl', 'P'], code: 'KeyP', control: true, does: 'Print the debrief' },
  { command: 'sheet', keys: ['?'], key: '?', character: true, does: 'This list of keys' },
  { command: 'back', keys: ['Esc'], code: 'Escape', does: 'Back' },
];
