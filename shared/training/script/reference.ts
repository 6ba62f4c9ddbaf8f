import { EXAMPLE_SCRIPT } from './example.ts';
import { resolved, schemaRoot, type SchemaPart } from './json-schema.ts';

const INTRODUCTION = `# How to write a practice call

A practice call is one text file that ends in \`.yaml\`. You need no code: a line is a key, a colon and a value; what belongs
under a key is indented by two spaces; a list has one dash for each entry. Begin with a copy of a script in \`scripts/\`,
change it, and check it: \`npm run simulate -- my-call.yaml --check\` names every place that is wrong, with its line and column
and what was probably meant, and plays it in every way on the real call machine to see that each ending can be reached and
each line can come.

- Put text in quotes when it has a colon, begins with a sign such as \`(\` or \`…\`, or is only digits: \`outcome: "05"\`.
- Times are minutes and seconds: \`2:00\`. They run from the moment the call is answered.
- Ids are yours: letters and digits, such as \`tabletsInDrawer\`. Ids of questions (\`S1\`) with their fields, of routes
  (\`crhtUrgent\`) and of outcomes are the content’s: they are all in \`names.md\` beside this page. Look there first: what a
  question is about is not to be guessed from its number.
- Inside \`{ }\` a comma begins another key: put text that has a comma in quotes.
- Invent people and places. Telephone numbers only from 01632 960 000 to 01632 960 999, and 07700 900 000 to 07700 900 999.
- Write in your own words. Copy no licensed questionnaire.
- There are no patterns and no formulas. Nothing is repeated by \`*\`; write it out.

## A whole script

Short, sound, and meant to be copied. Its handler and its debrief: \`npm run simulate -- my-call.yaml --handlers my-handler.yaml\`.

\`\`\`yaml
${EXAMPLE_SCRIPT}\`\`\`

## How the caller decides what to say

1. Lines under \`saidUnasked\` come by themselves: at once, or at their moment.
2. A question brings the first line under \`onlyIfAsked\` that is for it and was not said yet. Asked once more, the answer is
   given once more.
3. Asked well, it also brings the line under \`onlyIfAskedWell\`. Asked in a rush, it brings one under \`ifRushed\` instead.
4. Nothing fits: one of \`ifNothingFits\`. The caller never invents a fact.
5. The trainer can pick or type any line at any time, and fire any event.

## An event or a line at a moment

\`\`\`yaml
events:
  - id: door
    does: noise
    what: A door bangs.
    when: { asked: S3 } # the moment
    delay: 0:20 # twenty seconds after it
    unless: { recorded: emergency } # not if this has happened
\`\`\`
`;

/** The reference page for trainers: the schema’s own descriptions, part by part. */
export function referencePage(): string {
  const root = schemaRoot();
  const parts = Object.entries(root.$defs ?? {}).filter(([, part]) => part.properties !== undefined);
  const main = resolved(root);
  return [
    INTRODUCTION,
    table('The script', main),
    ...parts.filter(([id]) => id !== 'trainingScript').map(([, part]) => table(part.title ?? '', part)),
  ].join('\n');
}

function table(title: string, part: SchemaPart): string {
  const required = new Set(part.required);
  const rows = Object.entries(part.properties ?? {}).map(
    ([key, value]) =>
      `| \`${key}\` | ${required.has(key) ? 'yes' : ''} | ${takes(value)} | ${cell(resolved(value).description ?? '')} |`,
  );
  return [
    `## ${title}`,
    '',
    '| key | needed | takes | what it is |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function takes(value: SchemaPart): string {
  if (value.$ref !== undefined) return named(value);
  const part = resolved(value);
  if (part.const !== undefined) return `\`${part.const}\``;
  if (part.enum !== undefined) return part.enum.map((word) => `\`${word}\``).join(', ');
  if (part.items !== undefined) return `a list${sizes(part)} of ${takes(part.items)}`;
  if (part.properties !== undefined) return 'a group';
  const KINDS: Readonly<Record<string, string>> = {
    string: 'text',
    integer: 'a whole number',
    boolean: '`true` or `false`',
    object: 'keys and values',
  };
  return KINDS[part.type ?? ''] ?? 'a value';
}

function named(value: SchemaPart): string {
  const title = resolved(value).title ?? '';
  const anchor = title.toLowerCase().replaceAll(' ', '-');
  return `[${title}](#${anchor})`;
}

const sizes = ({ minItems, maxItems }: SchemaPart): string =>
  maxItems === undefined ? '' : minItems === maxItems ? ` of ${maxItems}` : ` of at most ${maxItems}`;
