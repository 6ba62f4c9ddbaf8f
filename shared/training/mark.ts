/** Stands on everything that leaves the training world (design decision 9). */
export const TRAINING_MARK = 'TRAINING';

/** The name of a file or a paper from the training world: the mark first, and once. */
export const practiceName = (name: string): string =>
  name.startsWith(TRAINING_MARK) ? name : `${TRAINING_MARK} ${name}`;

/** At the head of every paper of the training world, in its own text and not by its style alone. */
export const PRACTICE_HEAD = `${TRAINING_MARK}: not a real call · `;

/** In every row of a table: a row cut out of its file still says what it is. */
export const PRACTICE_ROW = `${TRAINING_MARK}, NOT A REAL CALL` as const;
