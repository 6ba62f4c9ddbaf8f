import { z } from 'zod';
import { groups } from '../../../shared/policy/about.ts';
import { aboutKey, policy, policyKeys } from '../../../shared/policy/policy.ts';
import { groupNames, rules, type TemplateKey, templateKeys } from './keys.ts';

const propertiesShape = z.looseObject({ properties: z.record(z.string(), z.looseObject({})) });

/** For editors and for `/etc/lantern/policy.json`: every key with its words. */
export function jsonSchema(): string {
  const raw = propertiesShape.parse(z.toJSONSchema(policy, { io: 'input', target: 'draft-2020-12' }));
  const described = policyKeys.map((key) => {
    const { title, text, example } = aboutKey(key);
    const words = { title, description: text, ...(example === undefined ? {} : { examples: [example] }) };
    return [key, { ...words, ...raw.properties[key] }] as const;
  });
  const properties = { $schema: { type: 'string' }, ...Object.fromEntries(described) };
  return json({
    ...raw,
    $id: 'https://lantern.example/policy.schema.json',
    title: 'Lantern policy',
    properties,
  });
}

/** A whole `/etc/lantern/policy.json`, with every key of the organisation’s and none of a person’s. */
export function linuxExample(): string {
  const values = templateKeys()
    .filter(({ setBy, isSecret }) => setBy === 'organisation' && isSecret !== true)
    .map(({ key, shown }) => [key, shown] as const);
  return json({ $schema: './policy.schema.json', ...Object.fromEntries(values) });
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The reference page: every key in a table, by group. */
export function referencePage(): string {
  const keys = templateKeys();
  const tables = groupNames
    .map((group) => ({ group, rows: keys.filter((item) => item.group === group) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ group, rows }) =>
      [
        `## ${groups[group]}`,
        '',
        '| key | value | what it does | rules |',
        '| --- | --- | --- | --- |',
        ...rows.map(row),
        '',
      ].join('\n'),
    );
  return [
    '# Every setting and policy',
    '',
    'Made from `shared/policy` by `npm run policy -- --write`; not edited by hand. Strongest first: machine policy, policy of',
    'the person’s account, environment variable (only on a PC without any policy), the person’s own choice, default.',
    '',
    ...tables,
  ].join('\n');
}

function row(item: TemplateKey): string {
  const { key, title, text, variable } = item;
  const also = variable === undefined ? '' : ` Variable for development: \`${variable}\`.`;
  const cells = [`\`${key}\``, valueOf(item), `**${title}.** ${text}`, `${rules(item)}${also}`];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function valueOf({ kind, choices, minimum, maximum }: TemplateKey): string {
  switch (kind) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `${minimum ?? 0} to ${maximum ?? 'any'}`;
    case 'choice':
      return choices.map((choice) => `\`${choice}\``).join(', ');
    case 'words':
      return 'text';
    case 'structure':
      return 'JSON';
  }
}
