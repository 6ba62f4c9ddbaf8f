import { z } from 'zod';

/**
 * What every boundary answers to junk: which field, and what was wrong with it in words.
 * Never the value itself: it may be something a caller said.
 */
export const problemSchema = z.object({
  code: z.string(),
  field: z.string(),
  message: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The first thing wrong with a parsed input, as a Problem. `code` says which door refused it. */
export function problemOf(code: string, error: z.ZodError): Problem {
  const issue = deepest(error.issues[0]);
  return {
    code,
    field: issue === undefined || issue.path.length === 0 ? '(whole)' : issue.path.map(String).join('.'),
    message: issue === undefined ? 'not valid' : describe(issue),
  };
}

type Issue = z.core.$ZodIssue;

/** In a union without a matching branch the useful words sit inside the branch that came closest. */
function deepest(issue: Issue | undefined): Issue | undefined {
  if (issue?.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const closest = issue.errors.toSorted((a, b) => a.length - b.length)[0];
  const inner = deepest(closest?.[0]);
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] };
}

/** zod's own words name types and limits, never the offending value, except where a key was not expected. */
function describe(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return `has ${issue.keys.length} field(s) that do not belong here`;
  return issue.message;
}
