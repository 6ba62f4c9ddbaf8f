import { type Settings } from '../../../shared/policy/policy.ts';
import { type Command } from './commands.ts';

const THEMES = [
  ['system', 'Theme: as this PC'],
  ['light', 'Theme: light'],
  ['dark', 'Theme: dark'],
] as const;

/** The settings a handler may change, each said as what it will do. */
export function settingCommands(settings: Settings, change: (next: Settings) => void): readonly Command[] {
  return [
    ...THEMES.filter(([theme]) => theme !== settings.theme).map(([theme, title]) => ({
      id: `theme.${theme}`,
      title,
      keys: [],
      run: () => change({ ...settings, theme }),
    })),
    {
      id: 'contrast',
      title: settings.contrast === 'more' ? 'Contrast: as this PC' : 'Contrast: high',
      keys: [],
      run: () => change({ ...settings, contrast: settings.contrast === 'more' ? 'system' : 'more' }),
    },
    {
      id: 'singleKeys',
      title: settings.singleKeyAnswers ? 'Single-key answers: switch off' : 'Single-key answers: switch on',
      keys: [],
      run: () => change({ ...settings, singleKeyAnswers: !settings.singleKeyAnswers }),
    },
  ];
}
