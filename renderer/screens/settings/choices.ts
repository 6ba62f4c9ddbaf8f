import { type Settings } from '../../../shared/policy/policy.ts';

/** One setting that is chosen from a few: what it does in the words of the desk, and each choice. Its name is `aboutKey`’s. */
export interface Choice {
  readonly key: 'theme' | 'contrast' | 'textSize' | 'motion' | 'singleKeyAnswers' | 'hideDetails';
  readonly does: string;
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
    does: 'Light or dark screens.',
    options: [AS_PC, { value: 'light', title: 'Light' }, { value: 'dark', title: 'Dark' }],
  },
  {
    key: 'contrast',
    does: 'High: darker words and stronger lines.',
    options: [AS_PC, { value: 'more', title: 'High' }],
  },
  {
    key: 'textSize',
    does: 'Larger words on every screen, an eighth or a quarter.',
    options: [
      { value: 'normal', title: 'Normal' },
      { value: 'large', title: 'Large' },
      { value: 'largest', title: 'Largest' },
    ],
  },
  {
    key: 'motion',
    does: 'Colours fade for a tenth of a second, or change at once.',
    options: [AS_PC, { value: 'reduced', title: 'None' }],
  },
  {
    key: 'singleKeyAnswers',
    does: 'Y, N, U, D and C answer the question in hand. Off: arrows, space and speech alone.',
    options: ON_OFF,
  },
  {
    key: 'hideDetails',
    does: 'A call begins with names, places and what was said masked, until you ask for them.',
    options: ON_OFF,
  },
];

/** The settings with one of them as it was chosen: the value of an option is a word, On and Off are a boolean's. */
export const withChoice = (settings: Settings, key: Choice['key'], value: string): unknown => ({
  ...settings,
  [key]: value === 'true' || value === 'false' ? value === 'true' : value,
});
