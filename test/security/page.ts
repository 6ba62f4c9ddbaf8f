import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const LETTERS = [
  'spoofing',
  'tampering',
  'repudiation',
  'information disclosure',
  'denial of service',
  'elevation of privilege',
] as const;

const threat = z.strictObject({
  boundary: z.string().min(1),
  stride: z.enum(LETTERS),
  threat: z.string().min(1),
  control: z.string().min(1),
  tests: z.array(z.strictObject({ file: z.string(), test: z.string() })),
  /** What no test shows, or is accepted. */
  left: z.string().exactOptional(),
});
export type Threat = z.infer<typeof threat>;

const evidence = z.strictObject({
  form: z.enum(['DTAC', 'DSPT']),
  section: z.string().min(1),
  asks: z.string().min(1),
  files: z.array(z.string()).min(1),
  /** What the organisation or somebody else still brings. */
  still: z.string().exactOptional(),
});
export type Evidence = z.infer<typeof evidence>;

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
export const threats: readonly Threat[] = z.array(threat).parse(read('threats.json'));
export const evidences: readonly Evidence[] = z.array(evidence).parse(read('evidence.json'));
export const PAGE = new URL('../../SECURITY.md', import.meta.url);

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** The security page, whole. */
export function securityPage(): string {
  const boundaries = [...new Set(threats.map(({ boundary }) => boundary))];
  const tables = boundaries.flatMap((boundary) => [
    `### ${boundary[0]?.toUpperCase() ?? ''}${boundary.slice(1)}`,
    '',
    '| STRIDE | threat | what stands against it | shown by |',
    '| --- | --- | --- | --- |',
    ...threats.filter((one) => one.boundary === boundary).map(threatRow),
    '',
  ]);
  return [
    ...HEAD,
    ...tables,
    '## Evidence for DTAC and DSPT',
    '',
    'Where a buyer finds what those forms ask for, and what somebody else still brings.',
    '',
    '| form | section | asks | look at | still needed |',
    '| --- | --- | --- | --- | --- |',
    ...evidences.map(({ form, section, asks, files, still }) =>
      row(form, section, asks, files.map((file) => `[${file}](${file})`).join(', '), still ?? ''),
    ),
    '',
  ].join('\n');
}

function threatRow({ stride, threat: what, control, tests, left }: Threat): string {
  const shown = [...new Set(tests.map(({ file }) => file))].map((file) => `[${file}](${file})`).join(', ');
  return row(stride, what, left === undefined ? control : `${control} **Left:** ${left}`, shown);
}

const HEAD = [
  '# Security',
  '',
  'Generated from `test/security/threats.json` and `evidence.json` by `npm run security-page`; a test holds it against them,',
  'and every test named in them against the tests that there are. A penetration tester starts here.',
  '',
  '**Report a weakness** to the maintainers of this repository in private, not in an issue. Say which version, what you did and',
  'what came of it. Never send what a caller said.',
  '',
  '**What is protected:** what callers say, who they are, that they rang; the record of who did what; and that a call can be',
  'taken at all. Where the last two are in each other’s way, the call comes first: nothing here ever keeps a call, an emergency',
  'or an event waiting for a sign-in.',
  '',
  '**Who is trusted:** the organisation’s IT, its identity provider, whoever runs the hub’s database, and the operating system',
  'under the desk. **Who is not:** the network, other programs and pages on the PC, other desks, receiving teams, links, and',
  'whoever sits down at an unattended desk.',
  '',
  '**Attack it:** `npm run fuzz` (100,000 inputs at every door, a tenth of them over real sockets), `test/hub/people.pg.test.ts`',
  '(every route as every role, forged tokens), `test/hub/junk.pg.test.ts`, `test/hub/pressure.pg.test.ts`,',
  '`test/main/browser-attacks.test.ts` (slow loris, rebinding, hijack, traversal, frames), `test/main/network.test.ts` (certificates,',
  'TLS, proxies), `test/main/telephony.test.ts`. Every boundary is looked at for all six kinds of threat (STRIDE).',
  '',
  '## Threats by boundary',
  '',
];
