const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as text, in HTML and in its attributes: whatever anybody typed, nothing in it is markup. */
export const escapeHtml = (value: string): string =>
  value.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
