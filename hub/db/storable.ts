/** Text as a PostgreSQL column can hold it: no NUL, no lone surrogate, bounded. For messages, never for evidence. */
export const storable = (text: string): string =>
  text.replaceAll('\0', '\\u0000').toWellFormed().slice(0, 500);
