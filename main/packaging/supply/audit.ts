import { z } from 'zod';

const advisory = z.object({ name: z.string(), severity: z.string(), range: z.string().optional() });
const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), advisory),
  metadata: z.object({ dependencies: z.object({ total: z.int().min(1) }) }),
});

export type Audit =
  | { readonly kind: 'notRun'; readonly why: string }
  | { readonly kind: 'clean'; readonly packages: number }
  | { readonly kind: 'found'; readonly rows: readonly string[] };

/**
 * What `npm audit --json` said. Only a whole report about at least one package counts: an error of the registry, an empty
 * answer and words that are no JSON are "not run", never "clean". The exit code alone says nothing: it is 1 for both.
 */
export function readAudit(stdout: string): Audit {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return { kind: 'notRun', why: 'npm gave no report' };
  }
  const parsed = report.safeParse(value);
  if (!parsed.success) return { kind: 'notRun', why: 'the registry gave no report' };
  const { vulnerabilities, metadata } = parsed.data;
  const rows = Object.values(vulnerabilities).map(
    ({ name, severity, range = '' }) => `${severity}: ${name} ${range}`,
  );
  return rows.length > 0 ? { kind: 'found', rows } : { kind: 'clean', packages: metadata.dependencies.total };
}
