import { z } from 'zod';
import { type PolicyKey, schemaOf } from './policy.ts';

/** A key's schema as JSON Schema has it: what the generators and the readers go by. */
export const jsonSchemaOf = (key: PolicyKey): z.core.JSONSchema.JSONSchema =>
  z.toJSONSchema(schemaOf(key), { io: 'input', target: 'draft-2020-12' });

export type ValueKind = 'boolean' | 'integer' | 'choice' | 'words' | 'structure';

/** What a box on a form would be for this key. `structure`: lists and records, written as JSON. */
export function kindOf(key: PolicyKey): ValueKind {
  const { type, enum: choices } = jsonSchemaOf(key);
  if (choices !== undefined) return 'choice';
  if (type === 'boolean' || type === 'integer') return type;
  return type === 'string' ? 'words' : 'structure';
}

/**
 * A value out of a place that has only words and numbers (the Windows registry, the environment), as the key wants it.
 * What does not fit comes back as it was, for the schema to refuse.
 */
export function fromWords(key: PolicyKey, raw: string | number): unknown {
  switch (kindOf(key)) {
    case 'boolean':
      return raw === 1 || raw === '1' || raw === 'true'
        ? true
        : raw === 0 || raw === '0' || raw === 'false'
          ? false
          : raw;
    case 'integer':
      return typeof raw === 'string' && /^\d{1,9}$/.test(raw) ? Number(raw) : raw;
    case 'structure':
      return typeof raw === 'string' ? parsedOr(raw) : raw;
    case 'choice':
    case 'words':
      return raw;
  }
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the schema says that it wants a list or a record.
    return text;
  }
}
