import { v7 } from 'uuid';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Digest } from '../../shared/ids.ts';
import { type Timers } from '../../shared/time.ts';
import { connectorOf } from '../bridge/connect.ts';
import { webImportKey } from '../store/web-box.ts';
import { webLocks } from '../sync/lock.ts';
import { type DeskPorts } from './ports.ts';

/** SHA-256 by WebCrypto, which browsers and Node share. */
export const webDigest: Digest = async (text) => {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

export const realTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Everything the desk needs, from the window it runs in. */
export function browserPorts(page: Window & typeof globalThis = window): DeskPorts {
  return {
    connect: connectorOf(page),
    indexedDb: { factory: page.indexedDB, keyRange: page.IDBKeyRange },
    locks: webLocks(page.navigator.locks, realTimers),
    digest: webDigest,
    importKey: webImportKey,
    clock: { now: () => Date.now() },
    timers: realTimers,
    ids: { next: () => v7() },
    random: () => Math.random(),
    persist: async () => (await page.navigator.storage.persisted()) || page.navigator.storage.persist(),
    room: () => page.navigator.storage.estimate(),
    onLeaving: (run) => onLeaving(page, run),
    report: ({ code, field, message }: Fault) => console.warn(`lantern: ${code} (${field}): ${message}`),
  };
}

/** `pagehide` is the last event that is sure to come; a hidden page may be ended without another one. */
function onLeaving(page: Window, run: () => void): () => void {
  const hidden = (): void => {
    if (page.document.visibilityState === 'hidden') run();
  };
  page.addEventListener('pagehide', run);
  page.document.addEventListener('visibilitychange', hidden);
  return () => {
    page.removeEventListener('pagehide', run);
    page.document.removeEventListener('visibilitychange', hidden);
  };
}
