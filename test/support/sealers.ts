import { openBytes, sealBytes } from '../../main/services/vault/node-box.ts';
import { openEvent } from '../../renderer/store/boxed-rows.ts';
import { openFork } from '../../renderer/store/kept-rows.ts';
import { createSealer, type Sealer } from '../../renderer/store/sealer.ts';
import { type ImportKey } from '../../shared/boxes/box.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { testVault } from './vault.ts';

/** A data key in Node's crypto, at once: a test under a virtual clock must not wait for a thread. */
export const nodeImportKey: ImportKey = (raw) =>
  Promise.resolve({
    seal: (plain, about) => Promise.resolve(Uint8Array.from(sealBytes(raw, plain, about))),
    open: (box, about) => Promise.resolve(openBytes(raw, box, about)),
  });

/** Boxes of a window under the test's one data key, or under keys of one's own. */
export const testSealer = (vault = testVault(), importKey = nodeImportKey): Promise<Sealer> =>
  createSealer(
    {
      current: vault.current,
      keys: vault.keys.map(({ id, bytes }) => ({ id, key: Buffer.from(bytes).toString('base64') })),
    },
    importKey,
  );

/** The events in these rows; what cannot be opened is left out. */
export async function eventsIn(rows: readonly unknown[], sealer?: Sealer): Promise<Envelope[]> {
  const by = sealer ?? (await testSealer());
  const opened = await Promise.all(rows.map((row) => openEvent(by, row)));
  return opened.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
}

/** The events kept as forks in these rows. */
export async function forksIn(rows: readonly unknown[]): Promise<Envelope[]> {
  const by = await testSealer();
  return (await Promise.all(rows.map((row) => openFork(by, row)))).flatMap((event) => event ?? []);
}
