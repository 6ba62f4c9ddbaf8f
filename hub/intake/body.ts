import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { err, ok, type Result } from '../../shared/result.ts';
import { refusing, type Refusing } from '../refused.ts';

const unzip = promisify(gunzip);

/** A request body: its JSON value, and the text it was read from. */
export interface Body {
  readonly text: string;
  readonly value: unknown;
}

/** Reads a JSON body, gzipped or not. `maxBytes` bounds what it unpacks to, so that a gzip bomb stays small. */
export async function readBody(
  bytes: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Result<Body, Refusing>> {
  const plain = await unpack(bytes, encoding, maxBytes);
  return plain.ok ? parse(plain.value) : plain;
}

async function unpack(
  bytes: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Result<Buffer, Refusing>> {
  const tooLarge = refusing(413, 'request.tooLarge', '(whole)', `is larger than ${maxBytes} bytes`);
  if (encoding === undefined || encoding === 'identity')
    return bytes.length > maxBytes ? err(tooLarge) : ok(bytes);
  if (encoding !== 'gzip') {
    return err(refusing(415, 'request.badEncoding', 'Content-Encoding', 'must be gzip or absent'));
  }
  try {
    return ok(await unzip(bytes, { maxOutputLength: maxBytes }));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') return err(tooLarge);
    return err(refusing(400, 'request.badGzip', '(whole)', 'is not valid gzip'));
  }
}

function parse(bytes: Buffer): Result<Body, Refusing> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return ok({ text, value: JSON.parse(text) as unknown });
  } catch {
    // The parser's own message quotes the text, which may be a caller's words.
    return err(refusing(400, 'request.badJson', '(whole)', 'is not valid JSON in UTF-8'));
  }
}
