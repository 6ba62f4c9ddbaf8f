import { type ErrorCode, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { err, ok, type Result } from '../../../shared/result.ts';
import {
  error,
  type Finding,
  type PlacedFinding,
  type ScriptPath,
} from '../../../shared/training/lint/finding.ts';

/** A script is a page or four. The largest that ships is under 20 kB. */
const MOST_CHARACTERS = 100_000;
const MOST_LINES = 4000;
/** The format nests five deep. */
const MOST_DEPTH = 12;
/** Before the parser, which calls itself for each level. */
const MOST_BRACKETS = 40;
const MOST_INDENT = 120;

/** A text as a plain value, and where each part of it stands. */
export interface ReadYaml {
  readonly value: unknown;
  readonly place: (finding: Finding) => PlacedFinding;
}

/**
 * YAML 1.2 without what could make a small file large or slow: no aliases or anchors, no tags, no second document, no key
 * twice. Everything is bounded before the parser sees it. A refusal says where.
 */
export function readYaml(text: string): Result<ReadYaml, readonly PlacedFinding[]> {
  const tooMuch = outOfBounds(text);
  if (tooMuch !== undefined) return err([tooMuch]);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    // Looked for below, in one pass: the parser compares every key with every other.
    uniqueKeys: false,
    // Any quieter, and a second document would be passed over.
    logLevel: 'error',
    prettyErrors: false,
  });
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults = [...document.errors, ...document.warnings]
    .slice(0, 20)
    .map(({ code, pos, message }): PlacedFinding => ({
      ...error([], PLAIN[code] ?? firstSentence(message)),
      ...at(pos[0]),
    }));
  if (faults.length > 0) return err(faults);
  const walk = new Walk();
  const value = walk.read(document.contents, [], 0);
  const place = (finding: Finding): PlacedFinding => ({ ...finding, ...at(walk.offsetOf(finding.path)) });
  if (walk.findings.length > 0) return err(walk.findings.slice(0, 20).map(place));
  return ok({ value, place });
}

function outOfBounds(text: string): PlacedFinding | undefined {
  const refuse = (message: string, line: number): PlacedFinding => ({
    ...error([], message),
    line,
    column: 1,
  });
  if (text.length > MOST_CHARACTERS)
    return refuse(`This file is longer than ${MOST_CHARACTERS} characters. A script is a few pages.`, 1);
  const lines = text.split('\n');
  if (lines.length > MOST_LINES) return refuse(`This file has more than ${MOST_LINES} lines.`, MOST_LINES);
  let open = 0;
  for (const [index, line] of lines.entries()) {
    if (line.length - line.trimStart().length > MOST_INDENT)
      return refuse('This line is indented further than a script ever is.', index + 1);
    let steps = 0;
    let isLeading = true;
    for (const mark of line) {
      if (mark === '[' || mark === '{') open += 1;
      else if ((mark === ']' || mark === '}') && open > 0) open -= 1;
      if (isLeading && (mark === '-' || mark === '?' || mark === ':')) steps += 1;
      else if (mark !== ' ') isLeading = false;
      if (open > MOST_BRACKETS || steps > MOST_BRACKETS)
        return refuse('This is nested deeper than a script ever is.', index + 1);
    }
  }
  return undefined;
}

/** What the parser finds, for somebody who has never heard of YAML. Anything else is said in its own words. */
const PLAIN: Partial<Record<ErrorCode, string>> = {
  MULTIPLE_DOCS: 'A line of --- begins a second document here. A script is one document.',
  BLOCK_AS_IMPLICIT_KEY: 'There is a second colon in this line. Put the text after the first one in quotes.',
  BAD_INDENT: 'This line does not stand below its neighbours. Lines of one group begin at the same place.',
  TAB_AS_INDENT: 'There is a tab here. Move lines in by spaces, two for each step.',
  MISSING_CHAR: 'Something is not closed or missing here: a quote, a bracket, or the colon after a key.',
  BAD_SCALAR_START: 'Text that begins with this sign has to be in quotes.',
  BAD_DQ_ESCAPE: 'A backslash means something else in double quotes: take single ones.',
};

const firstSentence = (message: string): string => (message.split('\n')[0] ?? message).slice(0, 200);

class Walk {
  readonly findings: Finding[] = [];
  readonly #offsets = new Map<string, number>();

  read(node: unknown, path: ScriptPath, depth: number): unknown {
    this.#mark(path, node);
    if (depth > MOST_DEPTH) return this.#refuse(path, 'This is nested deeper than a script ever is.');
    if (isAlias(node)) return this.#refuse(path, 'A script repeats nothing by * or <<. Write it out.');
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined)
      return this.#refuse(path, 'A script has no anchors (&). Write it out.');
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index], depth + 1));
    if (!isMap(node)) return undefined;
    // No prototype: a key of any name is only a key.
    const value = Object.create(null) as Record<string, unknown>;
    for (const { key, value: held } of node.items) {
      const name = isScalar(key) ? String(key.value) : undefined;
      if (name === undefined || name === '__proto__') {
        this.#refuse(path, 'A key must be a word.');
        continue;
      }
      const here = [...path, name];
      if (Object.hasOwn(value, name)) this.#refuse(here, `${name.slice(0, 60)} is there twice.`);
      value[name] = this.read(held, here, depth + 1);
      this.#mark(here, key);
    }
    return value;
  }

  /** Where a part begins; for one that is missing, what it should be in. */
  offsetOf(path: ScriptPath): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const offset = this.#offsets.get(keyOf(path.slice(0, length)));
      if (offset !== undefined) return offset;
    }
    return 0;
  }

  #mark(path: ScriptPath, node: unknown): void {
    const range = (node as Node | null)?.range;
    if (range !== undefined && range !== null) this.#offsets.set(keyOf(path), range[0]);
  }

  #refuse(path: ScriptPath, message: string): undefined {
    this.findings.push(error(path, message));
    return undefined;
  }
}

const keyOf = (path: ScriptPath): string => JSON.stringify(path);
