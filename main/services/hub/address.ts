import { type Fault } from '../../../shared/bridge/frames.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { refuse } from '../faults.ts';

export const DEFAULT_HUB_URL = 'http://127.0.0.1:7110';

const wrong = (message: string): Result<URL, Fault> => refuse('settings.invalid', 'LANTERN_HUB_URL', message);

/** Reads LANTERN_HUB_URL. Plain http goes only to this computer: events are never sent in the clear. */
export function parseHubUrl(text: string): Result<URL, Fault> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return wrong('must be a web address such as https://hub.example');
  if (url.username !== '' || url.password !== '') return wrong('must not hold a user name or password');
  if (url.search !== '' || url.hash !== '') return wrong('must not hold a query or fragment');
  if (url.protocol === 'https:') return ok(url);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol === 'http:' && isLoopback) return ok(url);
  return wrong('must start with https:// (http:// is for this computer alone)');
}
