import type { ProxyConfig, Session, session } from 'electron';
import { type Fetch } from '../../ports/host.ts';
import { type Log } from '../../ports/log.ts';
import { type ProxyChoice } from '../../services/network/proxy.ts';
import { APP_ORIGIN } from './channel.ts';

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
export async function openNetwork(sessions: typeof session, proxy: ProxyChoice): Promise<Fetch> {
  const own = sessions.fromPartition('network', { cache: false });
  own.setSSLConfig({ minVersion: 'tls1.2', maxVersion: 'tls1.3' });
  await own.setProxy(proxyConfigOf(proxy));
  return (url, init) => own.fetch(url, init);
}

/** Addresses that lead nowhere out of this program: the window's own files, and Chromium's tools for developers. */
const INSIDE = [`${APP_ORIGIN}/`, `blob:${APP_ORIGIN}/`, 'devtools://'];

/** The window's session asks the network for nothing, whatever a page in it tries. */
export function denyNetwork(windows: Session, log: Log): void {
  windows.webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
    const isInside = INSIDE.some((start) => url.startsWith(start));
    if (!isInside)
      log.warn({ code: 'window.requestDenied', field: resourceType, message: 'a page asked the network' });
    answer({ cancel: !isInside });
  });
}
