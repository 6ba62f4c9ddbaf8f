import { type z } from 'zod';
import { err, ok, type Result } from '../../result.ts';
import { schemaAt } from '../script/json-schema.ts';
import { trainingScript, type TrainingScript } from '../script/schema.ts';
import { error, type Finding, type ScriptPath } from './finding.ts';
import { suggest } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/** A value as a script, or everything that is wrong with its shape. */
export function readShape(input: unknown): Result<TrainingScript, readonly Finding[]> {
  const parsed = trainingScript.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  return err(parsed.error.issues.flatMap((issue) => findingsOf(issue, input)));
}

function findingsOf(issue: Issue, input: unknown): readonly Finding[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const name = nameOf(path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = Object.keys(schemaAt(path)?.properties ?? {});
      return issue.keys.map((key) =>
        error([...path, key], `${shown(key)} does not belong in ${name}.`, suggest(key, known)),
      );
    }
    case 'invalid_value': {
      const known = issue.values.map(String);
      const given = valueAt(input, path);
      const meant = typeof given === 'string' ? suggest(given, known) : undefined;
      return [error(path, `${name} must be ${listed(known)}.`, meant)];
    }
    case 'invalid_type': {
      const given = valueAt(input, path);
      if (given === undefined) return [error(path, `${name} is missing.`)];
      if (issue.expected === 'string' && (typeof given === 'number' || typeof given === 'boolean'))
        return [error(path, `${name} must be text. Put it in quotes.`, `"${given}"`)];
      if (issue.expected === 'string' && typeof given === 'object')
        return [error(path, `${name} must be text. If it has a colon in it, put it in quotes.`)];
      return [error(path, `${name} must be ${KINDS[issue.expected] ?? issue.expected}.`)];
    }
    case 'too_big':
      return [error(path, `${name} is longer than ${issue.maximum} ${unitOf(issue)}.`)];
    case 'too_small':
      return [error(path, `${name} needs at least ${issue.minimum} ${unitOf(issue)}.`)];
    default:
      return [error(path, `${name}: ${issue.message}.`)];
  }
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list: one line for each, with a dash in front',
  object: 'a group of keys and values, indented below',
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

const unitOf = ({ origin }: { origin: string }): string =>
  origin === 'array' ? 'of a list' : origin === 'string' ? 'characters' : '';

/** A place in words: “onlyIfAsked, number 2, say”. */
export const nameOf = (path: ScriptPath): string =>
  path.length === 0
    ? 'the script'
    : path.map((step) => (typeof step === 'number' ? `number ${step + 1}` : shown(step))).join(', ');

/** A key as typed may be anything; a message stays readable. */
const shown = (key: string): string => (key.length <= 60 ? key : `${key.slice(0, 60)}…`);

const listed = (words: readonly string[]): string =>
  words.length === 1 ? (words[0] ?? '') : `one of ${words.join(', ')}`;

function valueAt(input: unknown, path: ScriptPath): unknown {
  let here: unknown = input;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[step];
  }
  return here;
}
