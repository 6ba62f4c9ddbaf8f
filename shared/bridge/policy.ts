import { z } from 'zod';
import { policyReport } from '../policy/report.ts';

/** What the window may ask about the policy in force. It changes nothing: a person's choices are `settings.set`. */
export const policyMethods = {
  /** Every key with its value, its source, and whether the organisation has set it. */
  'policy.describe': { input: z.strictObject({}), output: policyReport },
} as const;
