import { describe, expect, it } from 'vitest';
import { parseDeepLink } from '../../../shared/bridge/deep-link.ts';

function parseUrl(link: string) {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  return { protocol: url.protocol, host: url.host, pathname: url.pathname, query: [...url.searchParams] };
}
const read = (link: string) => parseDeepLink(link, parseUrl);

describe('a lantern:// link', () => {
  it('offers a call with its number and the wait already endured', () => {
    expect(read('lantern://call?number=01632+960118&waited=230')).toEqual({
      ok: true,
      value: { source: 'deepLink', number: '01632 960118', waitedMs: 230_000 },
    });
    expect(read('lantern://call')).toEqual({ ok: true, value: { source: 'deepLink' } });
  });

  const hostile = [
    'https://call?number=1234',
    'lantern://evil?number=01632960118',
    'lantern://call/../settings',
    'lantern://call?number=<script>',
    'lantern://call?number=01632960118&number=999',
    'lantern://call?answer=S1',
    'lantern://call?waited=-5',
    'lantern://call?__proto__=1',
    `lantern://call?number=${'9'.repeat(600)}`,
    'lantern:',
    'not a link',
    '',
  ];
  it.each(hostile)('refuses %s with a readable error', (link) => {
    const result = read(link);
    expect(result.ok).toBe(false);
    if (!result.ok) {
      expect(result.error.code).toBe('deepLink.refused');
      expect(result.error.field).not.toBe('');
    }
  });
});
