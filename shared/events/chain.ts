import { type Digest, type Sha256Hex } from '../ids.ts';
import { type Envelope, GENESIS, hashOf } from './event.ts';

/** Where a stream stands: its last sequence number and that event's hash. An empty stream is at 0. */
export interface Head {
  readonly seq: number;
  readonly hash: Sha256Hex;
}
export const EMPTY_HEAD: Head = { seq: 0, hash: GENESIS };

export type ChainFault =
  | { readonly kind: 'gap'; readonly seq: number; readonly expected: number }
  | { readonly kind: 'brokenLink'; readonly seq: number }
  | { readonly kind: 'wrongHash'; readonly seq: number };

/** Seals an event as the next one of its stream: gives it its number, its link and its hash. */
export async function seal(
  event: Omit<Envelope, 'seq' | 'prev' | 'hash'>,
  head: Head,
  digest: Digest,
): Promise<Envelope> {
  const open = { ...event, seq: head.seq + 1, prev: head.hash };
  return { ...open, hash: await hashOf(open, digest) };
}

/** What is wrong with one event as the follower of `head`, or nothing. */
export async function checkLink(
  head: Head,
  event: Envelope,
  digest: Digest,
): Promise<ChainFault | undefined> {
  if (event.seq !== head.seq + 1) return { kind: 'gap', seq: event.seq, expected: head.seq + 1 };
  if (event.prev !== head.hash) return { kind: 'brokenLink', seq: event.seq };
  if ((await hashOf(event, digest)) !== event.hash) return { kind: 'wrongHash', seq: event.seq };
  return undefined;
}

/**
 * Walks a stream's events (in order of seq) from `from` and lists every fault. A fault is reported and walked
 * past, so that one edit does not hide the next.
 */
export async function verifyChain(
  events: Iterable<Envelope>,
  digest: Digest,
  from: Head = EMPTY_HEAD,
): Promise<ChainFault[]> {
  const faults: ChainFault[] = [];
  let head = from;
  for (const event of events) {
    const fault = await checkLink(head, event, digest);
    if (fault !== undefined) faults.push(fault);
    head = { seq: event.seq, hash: event.hash };
  }
  return faults;
}
