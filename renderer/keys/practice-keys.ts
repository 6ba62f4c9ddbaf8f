import { type KeyBinding } from './key-map.ts';

/** Keys of the training world, beside all those of a desk. F1 asks nobody: it ends the practice at once. */
export const practiceKeys: readonly KeyBinding[] = [
  { command: 'stopPractice', keys: ['F1'], code: 'F1', does: 'Training: stop the practice, at once' },
  {
    command: 'askedAloud',
    keys: ['Alt', 'A'],
    code: 'KeyA',
    alt: true,
    does: 'Training: I have asked the question in hand aloud',
  },
  {
    command: 'transcript',
    keys: ['Alt', 'T'],
    code: 'KeyT',
    alt: true,
    does: 'Training: to what the caller said, and back',
  },
  {
    command: 'practicePage',
    keys: ['Alt', 'P'],
    code: 'KeyP',
    alt: true,
    does: 'Training: the training room',
  },
];
