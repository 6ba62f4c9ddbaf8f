import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { securityHeaders } from '../../services/content-policy.ts';
import { APP_ORIGIN } from './channel.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * The file below `root` that an `app://lantern/…` address means, or undefined for any other: another host, a path
 * that leads out of the folder (also when written %2e%2e or with %2f), a kind of file the window has none of.
 */
export function fileFor(root: string, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, pathname } = new URL(address);
  if (`${protocol}//${host}` !== APP_ORIGIN) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    // A broken escape names no file: answered with 404.
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`);
  const isInside = file.startsWith(resolve(root) + sep);
  return isInside && extname(file) in TYPES ? file : undefined;
}

/** Answers one request of the window for one of its own files. */
export async function serveAppFile(root: string, method: string, address: string): Promise<Response> {
  const headers = { ...securityHeaders([]), 'cache-control': 'no-store' };
  const file = method === 'GET' ? fileFor(root, address) : undefined;
  if (file === undefined) return new Response('Not found', { status: 404, headers });
  try {
    const body = await readFile(file);
    return new Response(body, { headers: { ...headers, 'content-type': TYPES[extname(file)] ?? '' } });
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
    return new Response(isMissing ? 'Not found' : 'Cannot be read', {
      status: isMissing ? 404 : 500,
      headers,
    });
  }
}
