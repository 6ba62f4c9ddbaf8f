import { z } from 'zod';
import { isPolicyKey } from '../policy/policy.ts';

/** Words that a field's name may be made of, beside keys of the policy and names of variables. */
const WORDS: ReadonlySet<string> = new Set(
  // Of frames, events and files.
  (
    'whole arguments acked after at author by call calls code content data desk enrolCode events field file frame from hash head host id input key keys kind limit line method name number output payload person prev profile reason run runs sender seq settings stream streams text to type v version box ' +
    // Of Electron: what a page asked for, and how its process ended.
    'navigation redirect webview window mainFrame subFrame stylesheet script image font object xhr ping cspReport media webSocket clean-exit abnormal-exit killed crashed oom launch-failed integrity-failure clipboard-read clipboard-sanitized-write display-capture fullscreen geolocation hid idle-detection keyboardLock mediaKeySystem midi midiSysex notifications openExternal pointerLock serial speaker-selection storage-access top-level-storage-access usb window-management fileSystem unknown other'
  ).split(' '),
);
const VARIABLE = /^LANTERN_[A-Z_]{1,40}$/;
const INDEX = /^\d{1,3}$/;

const isWord = (part: string): boolean =>
  WORDS.has(part) || isPolicyKey(part) || VARIABLE.test(part) || INDEX.test(part);

/** The field's name when every part of it is a known word; `other` when it could be something that somebody wrote. */
export function knownField(name: string): string {
  if (name === '(whole)') return 'whole';
  const parts = name.split('.');
  return parts.length <= 8 && parts.every(isWord) && parts.some((part) => !INDEX.test(part)) ? name : 'other';
}

export const logField = z.string().refine((name) => knownField(name) === name, 'is no name of the list');
