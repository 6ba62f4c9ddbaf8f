import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyMap } from '../../renderer/keys/key-map.ts';
import { commandFor, type Press } from '../../renderer/keys/match.ts';
import { type KeyPolicy, keysInForce } from '../../renderer/keys/policy.ts';

const press = (code: string, more: Partial<Press> = {}): Press => ({
  key: code,
  code,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  ...more,
});
const inForce = (policy: KeyPolicy): readonly (typeof keyMap)[number][] => {
  const read = keysInForce(policy);
  if (!read.ok) throw new Error(read.error.join(' '));
  return read.value;
};
const why = (policy: KeyPolicy): string => {
  const read = keysInForce(policy);
  return read.ok ? '' : read.error.join(' ');
};

describe('a site’s own keys', () => {
  it('are pressed instead of Lantern’s, more than one where that is asked for', () => {
    const map = inForce({ consult: ['Alt+C'], note: ['F2', 'Alt+N'] });
    expect(commandFor(press('KeyC', { altKey: true }), true, map)).toBe('consult');
    expect(commandFor(press('F6'), true, map)).toBeUndefined();
    expect(commandFor(press('F2'), true, map)).toBe('note');
    expect(commandFor(press('KeyN', { altKey: true }), true, map)).toBe('note');
    expect(commandFor(press('F9'), true, map)).toBe('emergency');
  });

  it('may switch a command’s key off, and give it to another', () => {
    const map = inForce({ talk: [], consult: ['F3'] });
    expect(commandFor(press('F3'), true, map)).toBe('consult');
    expect(map.some(({ command }) => command === 'talk')).toBe(false);
  });

  it('add to F9 and never take it away, nor Esc', () => {
    expect(commandFor(press('F12'), true, inForce({ emergency: ['F9', 'Alt+M'] }))).toBeUndefined();
    expect(why({ emergency: [] })).toContain('F9 cannot be taken from “Emergency”');
    expect(why({ emergency: ['F8'], dropped: [] })).toContain('F9 cannot be taken');
    expect(why({ back: [] })).toContain('Esc cannot be taken');
    expect(why({ note: ['F9'] })).toContain('F9 is asked for twice');
  });

  it('are refused whole where two commands want one key, with both named', () => {
    expect(why({ note: ['F6'] })).toBe('F6 is asked for twice: “note” and “consult”.');
  });

  it.each([
    ['Insert+F6', 'NVDA and JAWS'],
    ['CapsLock+N', 'NVDA and JAWS'],
    ['Ctrl+W', 'the browser'],
    ['F5', 'the browser'],
    ['Ctrl+V', 'writing'],
    ['Y', 'an answer'],
    ['Shift+Enter', 'an answer or a list'],
    ['Q', 'write a key as'],
    ['Hyper+J', 'write a key as'],
  ])('do not get %s, with the reason', (key, reason) => {
    expect(why({ note: [key] })).toContain(reason);
  });

  it('are refused where there is no such command', () => {
    expect(why({ explode: ['F2'] })).toContain('There is no command “explode”.');
  });

  it('leave the emergency under F9, and no key with two meanings, whatever a policy says', () => {
    const key = fc.oneof(
      fc.constantFrom('F2', 'F6', 'F9', 'F10', 'Alt+1', 'Ctrl+K', '?', 'Esc', 'Insert+A'),
      fc.stringMatching(/^(?:Ctrl|Alt)\+[A-Z0-9]$/u),
      fc.string({ maxLength: 6 }),
    );
    const commands = fc.constantFrom(...keyMap.map(({ command }) => command));
    fc.assert(
      fc.property(fc.dictionary(commands, fc.array(key, { maxLength: 3 }), { maxKeys: 5 }), (policy) => {
        const read = keysInForce(policy);
        if (!read.ok) {
          expect(read.error.length).toBeGreaterThan(0);
          return;
        }
        expect(commandFor(press('F9'), true, read.value)).toBe('emergency');
        const names = read.value.map(({ keys }) => keys.join('+'));
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
