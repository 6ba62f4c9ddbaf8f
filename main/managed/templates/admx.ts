import { groups } from '../../../shared/policy/about.ts';
import { REGISTRY_KEY } from '../../services/policy/registry.ts';
import { groupNames, rules, type TemplateKey, templateKeys } from './keys.ts';
import { type Element, element, written, XML_HEAD } from './xml.ts';

const SCHEMA = 'http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions';
const ATTRIBUTES = { revision: '1.0', schemaVersion: '1.0', xmlns: SCHEMA };
const SUPPORTED = 'SUPPORTED_LANTERN';
/** Characters of a list or record written as JSON. */
const MAX_STRUCTURE = 32_000;

/** The administrative template for Windows: one policy per key, under Computer and under User configuration. */
export function admx(): string {
  const categories = [
    element('category', { name: 'Lantern', displayName: '$(string.Lantern)' }),
    ...groupNames.map((group) =>
      element('category', { name: group, displayName: `$(string.group_${group})` }, [
        element('parentCategory', { ref: 'Lantern' }),
      ]),
    ),
  ];
  const root = element('policyDefinitions', ATTRIBUTES, [
    element('policyNamespaces', {}, [
      element('target', { prefix: 'lantern', namespace: 'Lantern.Policies.Desk' }),
      element('using', { prefix: 'windows', namespace: 'Microsoft.Policies.Windows' }),
    ]),
    element('resources', { minRequiredRevision: '1.0' }),
    element('supportedOn', {}, [
      element('definitions', {}, [
        element('definition', { name: SUPPORTED, displayName: `$(string.${SUPPORTED})` }),
      ]),
    ]),
    element('categories', {}, categories),
    element('policies', {}, templateKeys().map(policyElement)),
  ]);
  return XML_HEAD + written(root);
}

function policyElement(item: TemplateKey): Element {
  const { key, group, kind } = item;
  const common = {
    name: key,
    class: 'Both',
    displayName: `$(string.${key})`,
    explainText: `$(string.${key}_explain)`,
    key: REGISTRY_KEY,
  };
  const head = [element('parentCategory', { ref: group }), element('supportedOn', { ref: SUPPORTED })];
  if (kind === 'boolean') {
    const value = (name: string, number: number): Element =>
      element(name, {}, [element('decimal', { value: number })]);
    return element('policy', { ...common, valueName: key }, [
      ...head,
      value('enabledValue', 1),
      value('disabledValue', 0),
    ]);
  }
  return element('policy', { ...common, presentation: `$(presentation.${key})` }, [
    ...head,
    element('elements', {}, [box(item)]),
  ]);
}

function box({ key, kind, choices, minimum, maximum, maxLength }: TemplateKey): Element {
  const common = { id: key, valueName: key, required: 'true' };
  switch (kind) {
    case 'integer':
      return element('decimal', { ...common, minValue: minimum ?? 0, maxValue: maximum ?? 2 ** 31 - 1 });
    case 'choice': {
      const items = choices.map((choice) =>
        element('item', { displayName: `$(string.${key}_${choice})` }, [
          element('value', {}, [element('string', {}, choice)]),
        ]),
      );
      return element('enum', common, items);
    }
    case 'structure':
      return element('multiText', { ...common, maxLength: MAX_STRUCTURE });
    case 'words':
    case 'boolean':
      return element('text', { ...common, maxLength: maxLength ?? 1000 });
  }
}

/** The words of the template in British English. */
export function adml(): string {
  const keys = templateKeys();
  const text = (id: string, words: string): Element => element('string', { id }, words);
  const strings = [
    text('Lantern', 'Lantern'),
    text(SUPPORTED, 'Every version of Lantern that knows this setting'),
    ...groupNames.map((group) => text(`group_${group}`, groups[group])),
    ...keys.flatMap((item) => [
      text(item.key, item.title),
      text(`${item.key}_explain`, explanation(item)),
      ...item.choices.map((choice) => text(`${item.key}_${choice}`, choice)),
    ]),
  ];
  const presentations = keys
    .filter(({ kind }) => kind !== 'boolean')
    .map((item) => element('presentation', { id: item.key }, control(item)));
  const root = element('policyDefinitionResources', ATTRIBUTES, [
    element('displayName', {}, 'Lantern'),
    element('description', {}, 'Settings and policies of Lantern, the crisis-call workstation.'),
    element('resources', {}, [
      element('stringTable', {}, strings),
      element('presentationTable', {}, presentations),
    ]),
  ]);
  return XML_HEAD + written(root);
}

function explanation(item: TemplateKey): string {
  const json = 'Write JSON; characters that are not ASCII as \\u and four hexadecimal digits.';
  const kind = item.kind === 'structure' ? [json] : [];
  return [item.text, rules(item), ...kind].join('\n\n');
}

function control({ key, title, kind, fallback, choices }: TemplateKey): readonly Element[] {
  switch (kind) {
    case 'integer':
      return [
        element(
          'decimalTextBox',
          { refId: key, defaultValue: typeof fallback === 'number' ? fallback : 0 },
          title,
        ),
      ];
    case 'choice':
      return [
        element(
          'dropdownList',
          { refId: key, noSort: 'true', defaultItem: Math.max(0, choices.indexOf(String(fallback))) },
          title,
        ),
      ];
    case 'structure':
      return [element('text', {}, title), element('multiTextBox', { refId: key })];
    case 'words':
    case 'boolean':
      return [element('textBox', { refId: key }, [element('label', {}, title)])];
  }
}
