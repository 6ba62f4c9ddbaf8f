/**
 * The source text of each item of a batch, exactly as it came: what quarantine keeps. JSON.parse loses what it
 * cannot hold (1e400, lone surrogates in some encodings, a key given twice), and a person looking into a broken item
 * needs to see what was really sent.
 *
 * `body` must be JSON that JSON.parse has accepted. Walks it without recursion, so that depth cannot hurt.
 */
export function eventSources(body: string): string[] {
  let sources: string[] = [];
  let at = skipSpace(body, body.indexOf('{') + 1);
  while (body[at] === '"') {
    const keyEnd = stringEnd(body, at);
    const isEvents = JSON.parse(body.slice(at, keyEnd)) === 'events';
    const valueAt = skipSpace(body, skipSpace(body, keyEnd) + 1);
    // A key given twice: the last one counts, as for JSON.parse.
    if (isEvents && body[valueAt] === '[') sources = itemsOf(body, valueAt);
    at = skipSpace(body, valueEnd(body, valueAt));
    if (body[at] === ',') at = skipSpace(body, at + 1);
  }
  return sources;
}

function itemsOf(body: string, arrayAt: number): string[] {
  const items: string[] = [];
  let at = skipSpace(body, arrayAt + 1);
  while (at < body.length && body[at] !== ']') {
    const end = valueEnd(body, at);
    items.push(body.slice(at, end));
    at = skipSpace(body, end);
    if (body[at] === ',') at = skipSpace(body, at + 1);
  }
  return items;
}

/** Where the value that starts at `at` ends. */
function valueEnd(body: string, at: number): number {
  let depth = 0;
  let here = at;
  while (here < body.length) {
    const char = body[here];
    if (char === '"') {
      here = stringEnd(body, here);
      if (depth === 0) return here;
      continue;
    }
    if (depth === 0 && (char === ',' || char === ']' || char === '}')) return here;
    if (char === '[' || char === '{') depth += 1;
    if (char === ']' || char === '}') {
      depth -= 1;
      if (depth === 0) return here + 1;
    }
    if (depth === 0 && isSpace(char)) return here;
    here += 1;
  }
  return here;
}

function stringEnd(body: string, at: number): number {
  let here = at + 1;
  while (here < body.length && body[here] !== '"') here += body[here] === '\\' ? 2 : 1;
  return here + 1;
}

const isSpace = (char: string | undefined): boolean =>
  char === ' ' || char === '\n' || char === '\r' || char === '\t';

function skipSpace(body: string, at: number): number {
  let here = at;
  while (isSpace(body[here])) here += 1;
  return here;
}
