import { type Desk } from '../call/desk.ts';
import { useDesk, useDeskValue } from './desk-context.tsx';

/** A blank stands for "emptied on purpose", because an empty text means that there is no draft. */
const EMPTIED = ' ';

/** What a field holds now: its draft, or what it began with. */
export function readDraft(desk: Desk, key: string, initial = ''): string {
  const text = desk.draft(key)?.text;
  if (text === undefined) return initial;
  return text === EMPTIED ? '' : text;
}

/** Keeps what a field holds. A field back at what it began with has no draft. */
export function writeDraft(desk: Desk, key: string, text: string, initial = ''): void {
  if (text === initial) desk.keepDraft(key, '');
  else desk.keepDraft(key, text === '' ? EMPTIED : text);
}

export function clearDrafts(desk: Desk, keys: readonly string[]): void {
  for (const key of keys) if (desk.draft(key) !== undefined) desk.keepDraft(key, '');
}

/** A field's text, kept by the desk while it is typed and restored after a crash. */
export function useDraft(key: string, initial = ''): readonly [string, (text: string) => void] {
  const desk = useDesk();
  const text = useDeskValue((from) => readDraft(from, key, initial));
  return [text, (next) => writeDraft(desk, key, next, initial)];
}

/** The fields of one form under one prefix. Read at the moment of keeping, so that typing draws only its own box. */
export interface Form {
  readonly key: (field: string) => string;
  /** Trimmed; what the field began with while it has no draft. */
  readonly read: (field: string, initial?: string) => string;
  readonly clear: (...fields: readonly string[]) => void;
}

export function useForm(prefix: string): Form {
  const desk = useDesk();
  const key = (field: string): string => `${prefix}:${field}`;
  return {
    key,
    read: (field, initial) => readDraft(desk, key(field), initial).trim(),
    clear: (...fields) => clearDrafts(desk, fields.map(key)),
  };
}

/** A field for an event's data, left out when nothing was typed. */
export function optional<K extends string>(name: K, text: string): { readonly [P in K]?: string } {
  const given: { [P in K]?: string } = {};
  if (text.trim() !== '') given[name] = text.trim();
  return given;
}
