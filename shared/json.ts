/** A text as JSON; undefined for what is none. No schema takes undefined for an object, so whoever parses says what is wrong. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
