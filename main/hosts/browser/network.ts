import { getCACertificates } from 'node:tls';
import { Agent, type Dispatcher, fetch, ProxyAgent } from 'undici';
import { type Fetch } from '../../ports/host.ts';
import { causeOf } from '../../ports/log.ts';
import { type ProxyChoice, wayTo } from '../../services/network/proxy.ts';

export interface NetworkOptions {
  readonly proxy: ProxyChoice;
  /** The organisation's own authorities, PEM, trusted beside the system's and Node's. */
  readonly authorities: readonly string[];
  /** The environment, for the system's proxy. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** A request that the way out refused; `troubleOf` has words for each code. */
class WayClosed extends Error {
  override readonly name = 'WayClosed';
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** `fetch` of this host, over TLS 1.2 or newer. It follows what the policy says of proxies and authorities. */
export function hostFetch({ proxy, authorities, variables }: NetworkOptions): Fetch {
  const tls = {
    minVersion: 'TLSv1.2' as const,
    ca: [...getCACertificates('default'), ...getCACertificates('system'), ...authorities],
  };
  const direct = new Agent({ connect: tls });
  const proxies = new Map<string, Dispatcher>();
  const through = (address: string): Dispatcher => {
    const known = proxies.get(address) ?? new ProxyAgent({ uri: address, requestTls: tls, proxyTls: tls });
    proxies.set(address, known);
    return known;
  };
  return async (address, init) => {
    const way = wayTo(new URL(address), proxy, variables);
    if (way.kind === 'pac') throw new WayClosed('LANTERN_PAC');
    const dispatcher = way.kind === 'direct' ? direct : through(way.address);
    try {
      // Node's own carries this very library; only what a request may hold is declared twice.
      return await fetch(address, { ...init, dispatcher } as Parameters<typeof fetch>[1]);
    } catch (error) {
      throw way.kind === 'proxy' ? ofProxy(error) : error;
    }
  };
}

/** Behind a proxy it is the proxy that is not there, or that says no. */
function ofProxy(error: unknown): unknown {
  const causes = causesOf(error);
  if (causes.some(({ message }) => /^Proxy .*\b407\b/.test(message)))
    return new WayClosed('LANTERN_PROXY_AUTH');
  const isProxys = causes.some(
    (cause) => cause.message.startsWith('Proxy response') || UNREACHED.test(causeOf(cause)),
  );
  return isProxys ? new WayClosed('LANTERN_PROXY') : error;
}

/** Nothing but the proxy is looked for or connected to from here. */
const UNREACHED = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

function causesOf(error: unknown): readonly Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
