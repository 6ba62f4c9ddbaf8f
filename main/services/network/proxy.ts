import { proxySetting } from '../../../shared/policy/values.ts';

/** The policy's `proxy`, taken apart. */
export type ProxyChoice =
  { readonly kind: 'system' | 'direct' } | { readonly kind: 'fixed' | 'pac'; readonly address: string };

/** Reads a value that the policy's schema has let through. */
export function readProxy(value: string): ProxyChoice {
  const said = proxySetting.parse(value);
  if (said === 'system' || said === 'direct') return { kind: said };
  const pac = /^pac:(.+)$/.exec(said)?.[1];
  return pac === undefined ? { kind: 'fixed', address: said } : { kind: 'pac', address: pac };
}

/** Which way a request goes where there is no Chromium to ask. */
export type Way =
  | { readonly kind: 'direct' }
  | { readonly kind: 'proxy'; readonly address: string }
  /** Not sent: a PAC file is a program, and this host has nothing to run it in. */
  | { readonly kind: 'pac' };

type Variables = Readonly<Record<string, string | undefined>>;

/** `variables` is the environment: HTTPS_PROXY, NO_PROXY. This computer itself is always reached directly. */
export function wayTo(address: URL, choice: ProxyChoice, variables: Variables): Way {
  if (isHere(address.hostname) || choice.kind === 'direct') return { kind: 'direct' };
  if (choice.kind === 'pac') return { kind: 'pac' };
  if (choice.kind === 'fixed') return { kind: 'proxy', address: choice.address };
  const named = variable(variables, 'https_proxy') ?? variable(variables, 'all_proxy');
  if (named === undefined || isExcepted(address, variable(variables, 'no_proxy') ?? ''))
    return { kind: 'direct' };
  return { kind: 'proxy', address: named.includes('://') ? named : `http://${named}` };
}

const isHere = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

function variable(variables: Variables, name: string): string | undefined {
  const value = variables[name] ?? variables[name.toUpperCase()];
  return value === undefined || value === '' ? undefined : value;
}

/** As curl has it: `*`, or names with everything below them, with or without a port. */
function isExcepted({ hostname, port }: URL, list: string): boolean {
  const own = port === '' ? '443' : port;
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', at] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      return (hostname === name || hostname.endsWith(`.${name}`)) && (at === undefined || at === own);
    });
}
