import { z } from 'zod';
import words from './words.json' with { type: 'json' };

const sentence = z.string().min(1).max(240);

/**
 * What stands in practice where a live desk says to ring somebody (H23): that it is practice and which call is pretended. What
 * to do about a real danger stays in it. Content, to be changed by whoever answers for the training.
 */
export const practiceWords = z
  .strictObject({
    ring: sentence,
    raised: sentence,
    chase: sentence,
    real: sentence,
    broken: sentence,
    sayIt: sentence,
  })
  .parse(words);
