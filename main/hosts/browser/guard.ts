import { type Problem } from '../../../shared/problem.ts';

/** What the guard looks at in a request, before anything else is done with it. */
export interface RequestFacts {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site and Sec-Fetch-Mode, which a page cannot set itself. */
  readonly fetchSite: string | undefined;
  readonly fetchMode: string | undefined;
  readonly isUpgrade: boolean;
}

const refuse = (field: string, message: string): Problem => ({ code: 'desk.refused', field, message });

/**
 * Whether a request comes from our own page at our own address. Host: against DNS rebinding, where a foreign name
 * points at 127.0.0.1. Origin and Sec-Fetch-Site: against other pages in the same browser, those on another port
 * of this computer included, to which cookies do go.
 */
export function refusalOf(facts: RequestFacts, ownOrigin: string): Problem | undefined {
  if (facts.method !== 'GET' && facts.method !== 'HEAD')
    return refuse('method', 'only reading is possible here');
  if (facts.host === undefined || `http://${facts.host}` !== ownOrigin) {
    return refuse('host', `this desk is at ${ownOrigin} and answers to no other name`);
  }
  if (facts.isUpgrade) {
    return facts.origin === ownOrigin ? undefined : refuse('origin', 'only the desk’s own page may connect');
  }
  if (facts.origin !== undefined && facts.origin !== ownOrigin) {
    return refuse('origin', 'only the desk’s own page may read from here');
  }
  const isForeign = facts.fetchSite === 'cross-site' || facts.fetchSite === 'same-site';
  if (isForeign && facts.fetchMode !== 'navigate') {
    return refuse('sec-fetch-site', 'only the desk’s own page may read from here');
  }
  return undefined;
}
