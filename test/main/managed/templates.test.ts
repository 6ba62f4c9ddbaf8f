import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TEMPLATE_FOLDER, templates } from '../../../main/managed/templates/all.ts';
import { templateKeys } from '../../../main/managed/templates/keys.ts';
import { parsePolicyFile } from '../../../main/services/policy/policy-file.ts';
import { parseRegistry } from '../../../main/services/policy/registry.ts';
import { policyKeys } from '../../../shared/policy/policy.ts';
import { type Reading, resolvePolicy } from '../../../shared/policy/resolve.ts';
import { ROOT } from '../../support/sources.ts';

const folder = join(ROOT, TEMPLATE_FOLDER);
const { prettier: form } = z
  .object({ prettier: z.object({ printWidth: z.int(), singleQuote: z.boolean() }) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
const made = templates();
const text = (name: string): string => made.get(name) ?? '';
const modeOf = (machine: Reading): string =>
  resolvePolicy({ machine, user: { kind: 'absent' }, environment: {}, person: {} }).mode;

describe('the templates on the disk', () => {
  test('are those that the schema makes now: “npm run policy -- --write” makes them', async () => {
    for (const [path, raw] of made) {
      const isOurs = /\.(?:md|json)$/.test(path);
      const options = { ...form, filepath: path };
      const expected = isOurs ? await prettier.format(raw, options) : raw;
      expect(readFileSync(join(folder, path), 'utf8'), path).toBe(expected);
    }
  });

  test('are no more than those', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files).toHaveLength(made.size);
  });
});

/** Every start has its end, nothing is left over, and no text holds a bare sign. */
function tagsOf(xml: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  for (const [, close, name = '', rest = ''] of xml.matchAll(/<(\/?)([A-Za-z]\w*)([^<>]*)>/g)) {
    if (close === '/') expect(open.pop()).toBe(name);
    else {
      names.push(name);
      if (!rest.endsWith('/')) open.push(name);
    }
  }
  expect(open).toEqual([]);
  expect(xml.replaceAll(/<[^<>]+>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
  return names;
}

describe('the Windows template', () => {
  const [admx, adml] = [text('windows/Lantern.admx'), text('windows/en-GB/Lantern.adml')];
  const all = (xml: string, pattern: RegExp): string[] =>
    [...xml.matchAll(pattern)].map(([, name = '']) => name);

  test('is well-formed and has one policy for each key', () => {
    expect(tagsOf(admx).filter((name) => name === 'policy')).toHaveLength(policyKeys.length);
    tagsOf(adml);
    expect(all(admx, /<policy name="(\w+)"/g)).toEqual(policyKeys);
  });

  test('finds every string, presentation and box that it names, and leaves none over', () => {
    const strings = all(adml, /<string id="(\w+)"/g);
    expect(new Set(strings).size).toBe(strings.length);
    expect(all(admx, /\$\(string\.(\w+)\)/g).toSorted()).toEqual(strings.toSorted());
    expect(all(admx, /\$\(presentation\.(\w+)\)/g)).toEqual(all(adml, /<presentation id="(\w+)"/g));
    const boxes = all(admx, /<(?:text|decimal|enum|multiText) id="(\w+)"/g);
    expect(all(adml, /refId="(\w+)"/g)).toEqual(boxes);
  });

  test('what it writes into the registry is what the desk reads', () => {
    const lines = templateKeys().map(({ key, kind, shown, isSecret }) => {
      if (kind === 'boolean') return `${key}    REG_DWORD    0x${shown === true ? 1 : 0}`;
      if (kind === 'integer') return `${key}    REG_DWORD    0x${Number(shown).toString(16)}`;
      if (kind === 'structure') return `${key}    REG_MULTI_SZ    ${JSON.stringify(shown)}`;
      return `${key}    REG_SZ    ${isSecret === true ? 'code-12345678901234567890' : String(shown)}`;
    });
    const reading = parseRegistry(
      'HKLM',
      ['', 'HKEY_LOCAL_MACHINE\\…', ...lines.map((line) => `    ${line}`)].join('\r\n'),
    );
    const inForce = resolvePolicy({
      machine: reading,
      user: { kind: 'absent' },
      environment: {},
      person: {},
    });
    expect(inForce.problems).toEqual([]);
    expect(inForce.mode).toBe('managed');
    for (const key of policyKeys) expect(inForce.origins[key].source, key).toBe('machine');
  });
});

test('the macOS profile is well-formed and holds every key that is no secret', () => {
  const profile = text('macos/lantern.mobileconfig');
  tagsOf(profile.replace(/<\?xml.*?\?>\s*<!DOCTYPE.*?>/s, ''));
  for (const { key, isSecret } of templateKeys())
    expect(profile.includes(`<key>${key}</key>`), key).toBe(isSecret !== true);
});

test('the Linux example is a policy that is in force as it stands', () => {
  expect(modeOf(parsePolicyFile('/etc', new TextEncoder().encode(text('linux/policy.json'))))).toBe(
    'managed',
  );
});

test('the JSON Schema names every key with its words, and nothing else', () => {
  const schema = z
    .looseObject({
      additionalProperties: z.literal(false),
      properties: z.record(z.string(), z.looseObject({ title: z.string().optional() })),
    })
    .parse(JSON.parse(text('policy.schema.json')));
  expect(Object.keys(schema.properties).toSorted()).toEqual(['$schema', ...policyKeys].toSorted());
  for (const key of policyKeys) expect(schema.properties[key]?.title, key).toBeTruthy();
});
