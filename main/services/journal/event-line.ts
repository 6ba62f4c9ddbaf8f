import { z } from 'zod';
import { boxed, type KeyId } from '../../../shared/boxes/box.ts';
import { canonicalJson } from '../../../shared/canonical.ts';
import { type Envelope, parseEnvelope } from '../../../shared/events/event.ts';
import { sha256Hex, streamId } from '../../../shared/ids.ts';
import { encodeLine } from '../lines.ts';
import { type Vault } from '../vault/vault.ts';

/** One event in the journal: where it belongs, and the event itself in a box that belongs there and nowhere else. */
const boxLine = boxed.extend({ stream: streamId, seq: z.int().min(1) });
/** Until November 2026 a line was the event as it is. The little that is needed to place it. */
const plainLine = z.object({ stream: z.string(), seq: z.int().min(1), prev: sha256Hex, hash: sha256Hex });
const line = z.union([boxLine, plainLine]);

/** Where a line belongs. `key` is absent for a line of the old, plain kind. */
export interface Place {
  readonly stream: string;
  readonly seq: number;
  readonly key: KeyId | undefined;
}

export function placeOf(value: unknown): Place | undefined {
  const parsed = line.safeParse(value);
  if (!parsed.success) return undefined;
  const { stream, seq } = parsed.data;
  return { stream, seq, key: 'key' in parsed.data ? parsed.data.key : undefined };
}

export function encodeEvent(vault: Vault, event: Envelope): Uint8Array {
  const { stream, seq } = event;
  return encodeLine({ stream, seq, ...vault.seal(canonicalJson(event), ['event', stream, seq]) });
}

export type LineEvent =
  | { readonly kind: 'event'; readonly event: Envelope }
  | { readonly kind: 'locked' }
  | { readonly kind: 'broken'; readonly field: string };

/** The event of a line of either kind. `locked`: the key it was kept under is not held. */
export function openLine(vault: Pick<Vault, 'open'>, value: unknown): LineEvent {
  const parsed = boxLine.safeParse(value);
  if (!parsed.success) return eventOf(value);
  const { stream, seq, key, box } = parsed.data;
  const opened = vault.open({ key, box }, ['event', stream, seq]);
  if (opened.kind === 'locked') return opened;
  if (opened.kind === 'broken') return { kind: 'broken', field: 'box' };
  const found = eventOf(JSON.parse(opened.text));
  const isHere = found.kind === 'event' && found.event.stream === stream && found.event.seq === seq;
  return isHere || found.kind !== 'event' ? found : { kind: 'broken', field: 'seq' };
}

function eventOf(value: unknown): LineEvent {
  const event = parseEnvelope(value);
  return event.ok ? { kind: 'event', event: event.value } : { kind: 'broken', field: event.error.field };
}
