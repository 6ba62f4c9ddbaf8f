import { describe, expect, it } from 'vitest';
import { keyMap, localKeys } from '../../renderer/keys/key-map.ts';
import { commandFor, type Press } from '../../renderer/keys/match.ts';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  code: key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  ...more,
});

describe('window-wide keys', () => {
  it('hears F9, F2, F3, F6, F7 and F8 with focus in text as well as outside', () => {
    for (const typing of [true, false]) {
      expect(commandFor(press('F9'), typing)).toBe('emergency');
      expect(commandFor(press('F2'), typing)).toBe('note');
      expect(commandFor(press('F3'), typing)).toBe('talk');
      expect(commandFor(press('F6'), typing)).toBe('consult');
      expect(commandFor(press('F7'), typing)).toBe('safeguarding');
      expect(commandFor(press('F8'), typing)).toBe('dropped');
    }
  });

  it('never takes a bare character while something is typed', () => {
    const question = press('?', { code: 'Slash' });
    expect(commandFor(question, true)).toBeUndefined();
    expect(commandFor(question, false)).toBe('sheet');
    for (const key of ['y', 'n', 'u', 'd', 'c', 'a']) expect(commandFor(press(key), false)).toBeUndefined();
  });

  it('takes Alt and a digit by its place, because Alt makes other characters on some keyboards', () => {
    expect(commandFor(press('¡', { code: 'Digit1', altKey: true }), true)).toBe('stage.opening');
    expect(commandFor(press('7', { code: 'Digit7', altKey: true }), true)).toBe('stage.close');
    expect(commandFor(press('7', { code: 'Digit7' }), false)).toBeUndefined();
  });

  it('leaves AltGr and input methods to typing', () => {
    const altGr = press('{', { code: 'Digit7', altKey: true, ctrlKey: true });
    expect(commandFor(altGr, true)).toBeUndefined();
    expect(commandFor(press('F9', { isComposing: true }), true)).toBeUndefined();
  });

  it('takes Ctrl+K and Cmd+K for the palette', () => {
    expect(commandFor(press('k', { code: 'KeyK', ctrlKey: true }), true)).toBe('palette');
    expect(commandFor(press('k', { code: 'KeyK', metaKey: true }), true)).toBe('palette');
    expect(commandFor(press('k', { code: 'KeyK' }), false)).toBeUndefined();
  });

  it('gives every key one meaning', () => {
    const printed = [...keyMap, ...localKeys].map((row) => row.keys.join('+'));
    expect(new Set(printed).size).toBe(printed.length);
  });
});
