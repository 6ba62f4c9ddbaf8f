import { describe, expect, it } from 'vitest';
import { keyMap } from '../../renderer/keys/key-map.ts';
import { keysInForce } from '../../renderer/keys/policy.ts';
import { choices, withChoice } from '../../renderer/screens/settings/choices.ts';
import { ownKeys, readKeys, withKeys } from '../../renderer/screens/settings/own-keys.ts';
import { settings } from '../../shared/policy/policy.ts';

describe('keys that a person writes into a box', () => {
  it('are read with commas, spaces and any case, as a policy has them', () => {
    expect(readKeys('f6, ctrl+k  alt+7')).toEqual(['F6', 'Ctrl+K', 'Alt+7']);
    expect(readKeys(' ')).toEqual([]);
    expect(readKeys('?')).toEqual(['?']);
  });

  it('of every command are Lantern’s own again when they are written as they were', () => {
    for (const { command } of keyMap) {
      const own = ownKeys(command);
      expect(readKeys(own.join(', '))).toEqual(own);
      expect(withKeys({ [command]: ['Alt+C'] }, command, own)).toBeUndefined();
      expect(withKeys({ [command]: ['Alt+C'] }, command, undefined)).toBeUndefined();
    }
  });

  it('change one command and leave the others; none is switched off', () => {
    const policy = withKeys({ talk: [] }, 'consult', ['Alt+C']);
    expect(policy).toEqual({ talk: [], consult: ['Alt+C'] });
    expect(keysInForce(policy).ok).toBe(true);
    expect(withKeys(policy, 'pause', [])).toEqual({ talk: [], consult: ['Alt+C'], pause: [] });
  });
});

it('every choice on the settings screen is one that the settings take', () => {
  const before = settings.parse({});
  for (const { key, options } of choices) {
    expect(options.map(({ value }) => value)).toContain(String(before[key]));
    for (const { value } of options)
      expect(String(settings.parse(withChoice(before, key, value))[key])).toBe(value);
  }
});
