import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { callRecord } from '../../shared/exports/record/record.ts';
import { recordText } from '../../shared/exports/record/text.ts';
import { sbar } from '../../shared/exports/sbar/sbar.ts';
import { sbarText } from '../../shared/exports/sbar/text.ts';
import { content } from '../support/call-builder.ts';
import { LEVEL_WORDS } from '../support/level-words.ts';
import { playedCall, scriptNames } from '../support/played-call.ts';

/** Keys of data that would hold a computed grade, wherever in an export they stand. */
const GRADING_KEY = /"(risk|score|level|severity|rank)[A-Za-z]*":/i;

describe('no export holds a computed level of danger (G11)', () => {
  it.each(scriptNames)('%s: hand-over for every receiver, and the whole record', (name) => {
    const { events, snapshot } = playedCall(name);
    const { picture } = snapshot.context;
    const record = callRecord(events, picture, content);
    const cards = [undefined, ...content.receivers.map(({ route }) => route)].map((route) =>
      sbar(picture, content, route),
    );
    for (const text of [recordText(record), ...cards.map(sbarText)]) expect(text).not.toMatch(LEVEL_WORDS);
    expect(JSON.stringify([record, cards])).not.toMatch(GRADING_KEY);
  });
});

describe('the built window (G11)', () => {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lantern-built-'));
    const configFile = resolve('renderer/vite.config.ts');
    await build({ configFile, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says none in any file that is shipped', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && /\.(js|html|css|json)$/.test(entry.name),
    );
    expect(files.some(({ name }) => name.endsWith('.js'))).toBe(true);
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name), 'utf8').match(LEVEL_WORDS)?.[0], name).toBeUndefined();
  });
});

it('the search notices what it looks for', () => {
  for (const words of ['Risk level: 3', 'a high-risk caller', 'Score 12', 'the recommended route'])
    expect(words).toMatch(LEVEL_WORDS);
  expect(JSON.stringify({ riskLevel: 2 })).toMatch(GRADING_KEY);
});
