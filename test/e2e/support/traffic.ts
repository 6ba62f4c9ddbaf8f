import { expect, type Page } from '@playwright/test';

/** Everything a window asked the network for, as Chromium itself saw it. */
export interface Traffic {
  /** Each address asked for since the window was loaded afresh, sockets among them. */
  asked(): readonly string[];
  /** Those that the page's own policy stopped before they were sent. */
  stopped(): readonly string[];
}

/** Listens to Chromium's network log and loads the window again, so that its first request is heard too. */
export async function watchTraffic(page: Page): Promise<Traffic> {
  const session = await page.context().newCDPSession(page);
  const asked: { readonly id: string; readonly url: string }[] = [];
  const stopped = new Set<string>();
  session.on('Network.requestWillBeSent', ({ requestId: id, request: { url } }) => asked.push({ id, url }));
  session.on('Network.webSocketCreated', ({ requestId: id, url }) => asked.push({ id, url }));
  session.on('Network.webTransportCreated', ({ transportId: id, url }) => asked.push({ id, url }));
  session.on('Network.loadingFailed', ({ requestId, blockedReason }) => {
    if (blockedReason === 'csp') stopped.add(requestId);
  });
  await session.send('Network.enable');
  await page.reload();
  await expect(page.getByRole('button', { name: /Take a call/ })).toBeVisible();
  return {
    asked: () => asked.map(({ url }) => url),
    stopped: () => asked.filter(({ id }) => stopped.has(id)).map(({ url }) => url),
  };
}
