import { type Fetch } from '../../ports/host.ts';

/** A request to a place that no policy allows. It was not sent. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

/** The one door to the network: requests to `origins` pass, every other rejects with `NotAllowed` and is not sent. */
export function onlyTo(origins: readonly string[], fetch: Fetch): Fetch {
  return (address, init) => {
    const origin = URL.canParse(address) ? new URL(address).origin : '';
    if (origins.includes(origin)) return fetch(address, init);
    return Promise.reject(new NotAllowed('this address is not one that the policy allows'));
  };
}
