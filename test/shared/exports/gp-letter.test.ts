import { describe, expect, it } from 'vitest';
import { chosenRoute } from '../../../shared/call/facts.ts';
import { gpLetter, gpLetterText } from '../../../shared/exports/letter/gp-letter.ts';
import { sbar } from '../../../shared/exports/sbar/sbar.ts';
import { content } from '../../support/call-builder.ts';
import { playedCall, scriptNames } from '../../support/played-call.ts';

const sender = { service: 'Wexshire Mental Health Line (invented)' };
const made = Date.UTC(2026, 10, 21, 9, 0);
const calls = scriptNames.map((name) => ({ name, picture: playedCall(name).snapshot.context.picture }));
const shared = calls.filter(({ picture }) => sbar(picture, content, 'gp').sharing.state !== 'notShared');

describe('a letter to the practice', () => {
  it.each(shared)('$name reads as it was agreed', async ({ name, picture }) => {
    const letter = gpLetter(picture, content, sender, made);
    if (!letter.ok) throw new Error(letter.error.message);
    await expect(gpLetterText(letter.value)).toMatchFileSnapshot(`golden/gp-letter/${name}.txt`);
  });

  it('does not ask the practice for what was asked of somebody else', () => {
    for (const { name, picture } of shared) {
      const route = chosenRoute(picture)?.data.route;
      const letter = gpLetter(picture, content, sender, made);
      if (!letter.ok || route === undefined || route === 'gp') continue;
      expect(gpLetterText(letter.value), name).not.toContain(content.receiver(route)?.ask ?? 'no receiver');
    }
  });

  it('is not written while nothing may be shared', () => {
    const rest = calls.filter((call) => !shared.includes(call));
    expect(rest.length).toBeGreaterThan(0);
    for (const { picture } of rest)
      expect(gpLetter(picture, content, sender, made)).toMatchObject({ error: { code: 'export.notShared' } });
  });
});
