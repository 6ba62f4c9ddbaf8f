import { DEFAULT_LIMITS } from '../../../hub/deps.ts';
import { createGate } from '../../../hub/intake/gate.ts';
import { eventSources } from '../../../hub/intake/raw-items.ts';
import { readItem } from '../../../hub/intake/read-item.ts';
import { type IntakeStore } from '../../../hub/intake/store.ts';
import { takeIn } from '../../../hub/intake/take-in.ts';
import { type DeskId, type Digest, type StreamId } from '../../../shared/ids.ts';
import { pushRequest, PROTOCOL_VERSION } from '../../../shared/sync/protocol.ts';
import { type Clock } from '../../../shared/time.ts';
import { isConnectionLost, type SimulatedDatabase } from './database.ts';
import { type Life } from './life.ts';

export type HubRequest =
  | { readonly kind: 'live' }
  | { readonly kind: 'head'; readonly stream: StreamId }
  | { readonly kind: 'doubts'; readonly stream: StreamId }
  | {
      readonly kind: 'push';
      readonly stream: StreamId;
      readonly from: number;
      readonly clock: number;
      readonly events: readonly unknown[];
    };

/** `status` 0: nobody listens there. */
export interface HubAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly retryAfterS?: number;
}

/** How the hub meets everybody for now. */
export type HubMood = 'well' | 'busy' | 'overrun' | 'refusing';

export interface HubPorts {
  readonly life: Life;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly database: SimulatedDatabase;
  readonly store: IntakeStore;
  readonly mood: () => HubMood;
}

/** One hub process: its intake and its decisions as they are, without HTTP around them. */
export interface SimulatedHub {
  readonly life: Life;
  /** `desk` has been authenticated. A hub that dies meanwhile never answers. */
  ask(desk: DeskId, request: HubRequest): Promise<HubAnswer>;
}

const AWAY: HubAnswer = { status: 503, retryAfterS: 2 };
const MOODS: Readonly<Record<Exclude<HubMood, 'well'>, HubAnswer>> = {
  busy: AWAY,
  overrun: { status: 429, retryAfterS: 5 },
  refusing: { status: 401 },
};

export function simulatedHub({ life, clock, digest, database, store, mood }: HubPorts): SimulatedHub {
  const { intakesAtOnce, intakesWaiting, intakesPerDesk } = DEFAULT_LIMITS;
  const gate = createGate({ inside: intakesAtOnce, waiting: intakesWaiting, perDesk: intakesPerDesk });

  /** What `routes/streams.ts` does with a batch. */
  async function push(desk: DeskId, stream: StreamId, text: string): Promise<HubAnswer> {
    const read = pushRequest.safeParse(JSON.parse(text));
    if (!read.success) return { status: 400 };
    const { from, events, clock: deskClock } = read.data;
    const items = await Promise.all(
      events.map((event, index) => readItem(event, stream, from + index, digest)),
    );
    const batch = { stream, desk, from, deskClock, items, sources: () => eventSources(text) };
    const taken = await takeIn(store, batch, clock.now(), DEFAULT_LIMITS.clock);
    return taken.ok ? { status: 200, body: taken.value.answer } : { status: taken.error.status };
  }

  async function answer(desk: DeskId, request: HubRequest): Promise<HubAnswer> {
    if (request.kind === 'live') return { status: 200, body: {} };
    const now = mood();
    if (now !== 'well') return MOODS[now];
    const { stream } = request;
    if (request.kind === 'head') {
      const found = database.committed().streams.get(stream);
      if (found !== undefined && found.desk !== desk) return { status: 403 };
      return { status: 200, body: { stream, acked: found?.acked ?? 0, hash: found?.headHash ?? null } };
    }
    if (request.kind === 'doubts') {
      const { flags = [], quarantine = [] } = database.committed().streams.get(stream) ?? {};
      const found = quarantine.map(({ seq, problem }) => ({ seq, problem, receivedAt: 0 }));
      return { status: 200, body: { flags, quarantine: found, isMore: false } };
    }
    const ticket = gate.enter(desk);
    if (typeof ticket === 'string') return AWAY;
    try {
      await ticket.ready;
      const { from, events, clock: deskClock } = request;
      return await push(
        desk,
        stream,
        JSON.stringify({ v: PROTOCOL_VERSION, from, clock: deskClock, events }),
      );
    } finally {
      ticket.leave();
    }
  }

  return {
    life,
    ask: (desk, request) =>
      life.through(async () => {
        try {
          return await answer(desk, request);
        } catch (error) {
          if (isConnectionLost(error)) return AWAY;
          throw error;
        }
      }),
  };
}
