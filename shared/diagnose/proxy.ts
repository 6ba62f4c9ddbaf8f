import { type ProxyFact } from './facts.ts';

/** The first way of a PAC answer (`PROXY a:1; DIRECT`), which is also how Chromium says what it would do. */
export function proxyOfAnswer(answer: string): ProxyFact {
  const [word = '', at = ''] = (answer.split(';')[0] ?? '').trim().split(/\s+/);
  if (word === 'DIRECT') return { kind: 'none' };
  if (word === 'PROXY' || word === 'HTTP' || word === 'HTTPS') return withPlace('http', at);
  if (/^SOCKS[45]?$/.test(word)) return withPlace('socks', at);
  return { kind: 'unknown' };
}

/** `at` is `host:port`; anything else is left out. */
export const withPlace = (kind: 'http' | 'socks', at: string): ProxyFact =>
  /^[\w.[\]:-]{1,260}$/.test(at) ? { kind, at } : { kind };
