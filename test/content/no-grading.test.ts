import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { happening } from '../../shared/events/event.ts';
import { LEVEL_WORDS } from '../support/level-words.ts';

function files(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

describe('nothing holds a computed level of danger (G11)', () => {
  it('no event field, question, gate or route can grade a person', () => {
    const schema = JSON.stringify(z.toJSONSchema(happening, { io: 'input' }));
    expect(schema).not.toMatch(/"(risk|score|level|severity|rank|priority)[A-Za-z]*":/i);
    for (const file of files('shared/content', /\.json$/)) {
      expect(readFileSync(file, 'utf8'), file).not.toMatch(LEVEL_WORDS);
    }
  });

  it('no screen says one', () => {
    const screens = files('renderer', /\.tsx?$/);
    expect(screens.length).toBeGreaterThan(0);
    for (const file of screens) {
      const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      expect(text, file).not.toMatch(LEVEL_WORDS);
    }
  });
});
