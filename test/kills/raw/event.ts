import { z } from 'zod';
import { type Kept } from '../verdict/judge.ts';

const stored = z.object({
  stream: z.string(),
  seq: z.coerce.number(),
  hash: z.string(),
  type: z.string(),
  data: z.object({ text: z.string().optional() }),
});

/** A stored event, whichever copy it comes from. */
export function keptOf(input: unknown): Kept {
  const { stream, seq, hash, type, data } = stored.parse(input);
  return type === 'note.added' && data.text !== undefined
    ? { stream, seq, hash, text: data.text }
    : { stream, seq, hash };
}
