import { type Content, type Question } from '../../content/schema.ts';

/** The names of a content that a script may use: questions with their fields, routes, outcomes. A page for trainers. */
export function namesPage({ manifest, questions, routes, outcomes }: Content): string {
  const asked = questions.filter(({ kind }) => kind === 'yesNo' || kind === 'value');
  return [
    `# The names a script may use

Of the clinical content \`${manifest.version}\`; \`reference.md\` says where each belongs. A name is written as it stands here, with its
capitals.

## Questions

For \`question\`, \`asked\` and \`answer\`. Every question also takes \`notKnown\`, \`declined\` and \`couldNotAsk\` for its answer.
`,
    table(
      ['id', 'what it is', 'answer', 'fields, and what they take'],
      asked.map((one) => [
        code(one.id),
        one.short,
        one.kind === 'yesNo' ? `${code('yes')}, ${code('no')}` : code('given'),
        fieldsOf(one),
      ]),
    ),
    `
## Routes

For \`route\`. An ending needs one of the route’s own outcomes, and an urgency that it offers, each in quotes.
`,
    table(
      ['id', 'what it is', 'how soon', '`urgency`', '`outcome`'],
      routes.map((route) => [
        code(route.id),
        route.title,
        route.timescale,
        route.urgencies.map(code).join(', '),
        route.outcomes.map(code).join(', '),
      ]),
    ),
    `
## Outcomes

For \`outcome\`, in quotes.
`,
    table(
      ['code', 'what it is'],
      outcomes.map((outcome) => [code(outcome.code), outcome.title]),
    ),
    '',
  ].join('\n');
}

const code = (text: string): string => `\`${text}\``;

function fieldsOf({ fields = [] }: Question): string {
  return fields
    .map(({ id, label, options }) => {
      const takes = options === undefined ? 'text' : options.map((option) => code(option.code)).join(', ');
      return `${code(id)} (${label}): ${takes}`;
    })
    .join('; ');
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
