import { z } from 'zod';

/** `?after=&limit=`: whatever comes after a number, so many at most. */
export const paging = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(500),
});
