import { type Fetch } from '../../ports/host.ts';

const MOST_STEPS = 12;

/**
 * Goes through a sign-in page as a browser would, with its cookies, for the demonstration's own issuer on this PC, which
 * asks nothing of the people it knows. Stops where anything is asked: then a person opens the page.
 */
export async function followSignIn(address: string, fetch: Fetch): Promise<void> {
  const cookies = new Map<string, string>();
  let next: string | undefined = address;
  for (let step = 0; step < MOST_STEPS && next !== undefined; step += 1) {
    const here: string = next;
    const { hostname } = new URL(here);
    if (hostname !== '127.0.0.1' && hostname !== 'localhost') return;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(here, {
      redirect: 'manual',
      headers: cookie === '' ? {} : { cookie },
      signal: AbortSignal.timeout(5_000),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    await response.text();
    const location = response.headers.get('location');
    next = location === null ? undefined : new URL(location, here).href;
  }
}
