import { type Settings } from '../../../shared/policy/policy.ts';

/** One setting that is chosen from a few: the words of each choice. What it is for is said by `aboutKey`. */
export interface Choice {
  readonly key: 'theme' | 'contrast' | 'textSize' | 'motion' | 'singleKeyAnswers' | 'hideDetails';
  readonly options: readonly { readonly value: string; readonly title: string }[];
}

const ON_OFF = [
  { value: 'true', title: 'On' },
  { value: 'false', title: 'Off' },
] as const;
const AS_PC = { value: 'system', title: 'As this PC' } as const;

export const choices: readonly Choice[] = [
  {
    key: 'theme',
    options: [AS_PC, { value: 'light', title: 'Light' }, { value: 'dark', title: 'Dark' }],
  },
  { key: 'contrast', options: [AS_PC, { value: 'more', title: 'High' }] },
  {
    key: 'textSize',
    options: [
      { value: 'normal', title: 'Normal' },
      { value: 'large', title: 'Large' },
      { value: 'largest', title: 'Largest' },
    ],
  },
  { key: 'motion', options: [AS_PC, { value: 'reduced', title: 'None' }] },
  { key: 'singleKeyAnswers', options: ON_OFF },
  { key: 'hideDetails', options: ON_OFF },
];

/** The settings with one of them as it was chosen: the value of an option is a word, On and Off are a boolean's. */
export const withChoice = (settings: Settings, key: Choice['key'], value: string): unknown => ({
  ...settings,
  [key]: value === 'true' || value === 'false' ? value === 'true' : value,
});
