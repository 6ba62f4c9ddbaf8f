import type { ProxyConfig, session } from 'electron';
import { type Fetch } from '../../ports/host.ts';
import { type ProxyChoice } from '../../services/network/proxy.ts';

/** What Chromium is told of the policy's `proxy`. This computer itself it always reaches directly. */
export function proxyConfigOf(choice: ProxyChoice): ProxyConfig {
  switch (choice.kind) {
    case 'system':
    case 'direct':
      return { mode: choice.kind };
    case 'fixed':
      return { mode: 'fixed_servers', proxyRules: choice.address };
    case 'pac':
      return { mode: 'pac_script', pacScript: choice.address };
  }
}

/**
 * The way to hub and identity provider: Chromium's stack with the system's certificates, in a session of its own, in
 * memory, without a cache. No page is ever loaded in it.
 */
export async function openNetwork(sessions: typeof session, proxy: ProxyChoice): Promise<Network> {
  const own = sessions.fromPartition('network', { cache: false });
  own.setSSLConfig({ minVersion: 'tls1.2', maxVersion: 'tls1.3' });
  await own.setProxy(proxyConfigOf(proxy));
  return { fetch: (url, init) => own.fetch(url, init), proxyFor: (url) => own.resolveProxy(url) };
}

export interface Network {
  readonly fetch: Fetch;
  /** As a PAC file would answer: `PROXY host:port; DIRECT`. */
  readonly proxyFor: (url: string) => Promise<string>;
}
