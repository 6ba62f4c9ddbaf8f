import { z } from 'zod';
import { trainingScript } from './schema.ts';

/** A part of a JSON Schema, as far as the reference page and the linter read it. */
const part: z.ZodType<SchemaPart> = z.lazy(() =>
  z.object({
    $ref: z.string().exactOptional(),
    title: z.string().exactOptional(),
    description: z.string().exactOptional(),
    type: z.string().exactOptional(),
    const: z.string().exactOptional(),
    enum: z.array(z.string()).exactOptional(),
    required: z.array(z.string()).exactOptional(),
    properties: z.record(z.string(), part).exactOptional(),
    items: part.exactOptional(),
    maxItems: z.number().exactOptional(),
    minItems: z.number().exactOptional(),
    $defs: z.record(z.string(), part).exactOptional(),
  }),
);
export interface SchemaPart {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string;
  const?: string;
  enum?: string[];
  required?: string[];
  properties?: Record<string, SchemaPart>;
  items?: SchemaPart;
  maxItems?: number;
  minItems?: number;
  $defs?: Record<string, SchemaPart>;
}

let made: { readonly text: string; readonly root: SchemaPart } | undefined;

function schema(): { readonly text: string; readonly root: SchemaPart } {
  if (made === undefined) {
    const text = `${JSON.stringify(z.toJSONSchema(trainingScript, { io: 'input' }), null, 2)}\n`;
    made = { text, root: part.parse(JSON.parse(text)) };
  }
  return made;
}

/** The published JSON Schema of a script, as its file holds it: editors check and complete a script with it. */
export const scriptJsonSchema = (): string => schema().text;
export const schemaRoot = (): SchemaPart => schema().root;

/** A part without its reference. */
export function resolved(item: SchemaPart): SchemaPart {
  if (item.$ref === undefined) return item;
  const name = item.$ref.split('/').at(-1) ?? '';
  return {
    ...schemaRoot().$defs?.[name],
    ...(item.description === undefined ? {} : { description: item.description }),
  };
}

/** The part of the schema at a place in a script; nothing where the schema has none. */
export function schemaAt(path: readonly PropertyKey[]): SchemaPart | undefined {
  let here: SchemaPart | undefined = schemaRoot();
  for (const step of path) {
    if (here === undefined) return undefined;
    const now: SchemaPart = resolved(here);
    here = typeof step === 'number' ? now.items : now.properties?.[String(step)];
  }
  return here === undefined ? undefined : resolved(here);
}
