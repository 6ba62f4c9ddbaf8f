import { z } from 'zod';
import { happening } from '../../events/event.ts';
import { shortText } from '../../events/vocabulary.ts';
import { asking } from '../caller/entries.ts';
import { clock, localId, questionId } from '../script/values.ts';

const how = asking.exactOptional();

/** What a handler that is written down does. Between two steps the time passes that people need for them. */
export const handlerStep = z.union([
  z.strictObject({ wait: clock }),
  /** Puts questions, hears the answers out, and records what was heard. */
  z.strictObject({ ask: z.array(questionId).min(1).max(60), how }),
  /** Asks in their own way what a line with an intent waits for. */
  z.strictObject({ confirm: localId, how }),
  z.strictObject({ record: happening }),
  /** The receiver of the newest hand-over says that they have the person, or that they do not take them. */
  z.strictObject({ acknowledge: z.strictObject({ by: shortText, reference: shortText.exactOptional() }) }),
  z.strictObject({
    decline: z.strictObject({ by: shortText, reason: shortText, code: z.string().max(2).exactOptional() }),
  }),
  /** Everything that is still to be done on the way to this ending, and its close. */
  z.strictObject({ finish: localId }),
  z.strictObject({ pause: clock }),
]);
export type HandlerStep = z.infer<typeof handlerStep>;
