import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/sources.ts';

const files = globSync('renderer/**/*.tsx', { cwd: ROOT }).map((path) => ({
  path: path.replaceAll('\\', '/'),
  text: readFileSync(join(ROOT, path), 'utf8'),
}));

/** What is typed there is no record: a search, a code, keys, a link to copy. Said beside the box where it is of no use. */
const NO_RECORD = [
  'renderer/screens/call/find-bar.tsx',
  'renderer/screens/palette/palette.tsx',
  'renderer/screens/start/earlier-calls.tsx',
  'renderer/screens/enrol/enrol-screen.tsx',
  'renderer/screens/settings/key-row.tsx',
  'renderer/screens/hand-over/delivery.tsx',
];

describe('every box of the window for text', () => {
  it('takes a paste of any length whole: none is cut by the browser', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter(({ text }) => text.includes('maxLength')).map(({ path }) => path)).toEqual([]);
  });

  it('follows the one set of rules for what is typed, or is no part of a record', () => {
    const withBox = files.filter(({ text }) => /<textarea|type="text"|className="link-box"/.test(text));
    const byRule = withBox.filter(({ text }) => /useTyped(?:Field|Text)/.test(text));
    expect(byRule.length).toBeGreaterThan(3);
    const others = withBox.filter((file) => !byRule.includes(file)).map(({ path }) => path);
    expect(others.toSorted()).toEqual(NO_RECORD.toSorted());
  });
});
