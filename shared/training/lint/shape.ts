import { type z } from 'zod';
import { err, ok, type Result } from '../../result.ts';
import { schemaAt } from '../script/json-schema.ts';
import { trainingScript, type TrainingScript } from '../script/schema.ts';
import { error, type Finding, type ScriptPath } from './finding.ts';
import { clockText, localId } from '../script/values.ts';
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
      return [error(path, `${name} must be ${listed(known)}.`, meantOf(given, known))];
    }
    case 'invalid_type': {
      const given = valueAt(input, path);
      if (given === undefined && isWritten(input, path))
        return [error(path, `${name} has nothing after it. ${COMMA}`)];
      if (given === undefined) return [error(path, `${name} is missing.`)];
      if (issue.expected === 'boolean' && typeof given === 'string')
        return [
          error(path, `${name} must be true or false.`, { yes: 'true', no: 'false' }[given.toLowerCase()]),
        ];
      if (issue.expected === 'string' && typeof given === 'number' && CLOCKS.has(path.at(-1) ?? ''))
        return [error(path, `${name} must be minutes and seconds with a colon.`, clockOf(given))];
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
    case 'invalid_format': {
      const given = valueAt(input, path);
      if (typeof given !== 'string' || issue.message !== NOT_AN_ID)
        return [error(path, `${name}: ${issue.message}.`)];
      return [error(path, `${name} must be a short name of letters and digits, ${ID_RULE}.`, idOf(given))];
    }
    default:
      return [error(path, `${name}: ${issue.message}.`)];
  }
}

const COMMA = 'A comma inside { } begins another key: put text with a comma in quotes.';
const ID_RULE = 'without blanks, accents or signs, and begin with a letter';
const NOT_AN_ID = localId.safeParse('').error?.issues[0]?.message;
/** Keys that take a time. */
const CLOCKS: ReadonlySet<string | number> = new Set([
  'clock',
  'by',
  'notBefore',
  'within',
  'delay',
  'lasts',
  'quiet',
]);

/** A number where a code belongs was a code without its quotes: 05 is read as 5. */
function meantOf(given: unknown, known: readonly string[]): string | undefined {
  const code = typeof given === 'number' ? known.find((one) => Number(one) === given) : undefined;
  if (code !== undefined) return `'${code}', in quotes`;
  return typeof given === 'string' ? suggest(given, known) : undefined;
}

/** 1.3 was meant for 1:30, and 90 for a minute and a half. */
function clockOf(given: number): string {
  const [whole = '0', part = ''] = String(given).split('.');
  return part === '' && Number(whole) >= 10
    ? clockText(Number(whole) * 1000)
    : `${whole}:${part.padEnd(2, '0').slice(0, 2)}`;
}

/** The same words as an id: `never mind` as neverMind. */
function idOf(given: string): string | undefined {
  const words = given
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const id = words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  return localId.safeParse(id).success ? id : undefined;
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

/** The key stands there, whatever comes after it. */
function isWritten(input: unknown, path: ScriptPath): boolean {
  const parent = valueAt(input, path.slice(0, -1));
  return typeof parent === 'object' && parent !== null && Object.hasOwn(parent, path.at(-1) ?? '');
}

function valueAt(input: unknown, path: ScriptPath): unknown {
  let here: unknown = input;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[step];
  }
  return here;
}
