import { describe, expect, it } from 'vitest';
import { v7 } from 'uuid';
import { createStreamSync, type SyncPorts } from '../../renderer/sync/stream-sync.ts';
import { streamId } from '../../shared/ids.ts';
import { err, ok } from '../../shared/result.ts';
import { type PushResponse, type SentItem } from '../../shared/sync/protocol.ts';
import { makeEvents } from '../main/support/events.ts';
import { virtualTime } from '../renderer/support/virtual-time.ts';

const stream = streamId.parse(v7());
const turns = async (): Promise<void> => {
  for (let count = 0; count < 50; count += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** One stream's sync on 250 events, with a hub that says what the test wants. */
async function syncOn(answer: (batch: readonly SentItem[]) => number, ports: Partial<SyncPorts> = {}) {
  const events = await makeEvents(stream, 250);
  const time = virtualTime();
  const sent: number[] = [];
  const said: number[] = [];
  const forked: string[] = [];
  const refused: (string | undefined)[] = [];
  const sync = createStreamSync({
    stream,
    durable: 250,
    known: 250,
    acked: 0,
    verified: false,
    ports: {
      read: (_stream, after, limit) => Promise.resolve(ok(events.slice(after, after + limit))),
      hashAt: (_stream, seq) => Promise.resolve(ok(events[seq - 1]?.hash)),
      head: () => Promise.resolve(ok({ stream, acked: 0, hash: null })),
      push(_stream, batch) {
        sent.push(...batch.map(({ seq }) => seq));
        const response: PushResponse = {
          v: 1,
          acked: answer(batch),
          receipts: [],
          flagged: [],
          quarantined: [],
        };
        return Promise.resolve(ok(response));
      },
      keep: () => Promise.resolve(ok(undefined)),
      timers: time.timers,
      now: () => time.clock.now(),
      random: () => 0.5,
      ...ports,
    },
    on: {
      acked: (_stream, acked) => void said.push(acked),
      forked: (id) => void forked.push(id),
      refused: (_stream, why) => void refused.push(why?.code),
      told: () => undefined,
    },
  });
  await turns();
  return { events, time, sent, said, forked, refused, sync };
}
const oneTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('sending a stream', () => {
  it('never counts more than was in the batch: a hub with other events under later numbers has not got ours', async () => {
    const { sent, said } = await syncOn(() => 10_000);
    expect(sent).toEqual(oneTo(250));
    expect(said).toEqual([100, 250]);
  });

  it('says nothing of an answer that could not be stored, and sends the batch again', async () => {
    let full = true;
    const { sent, said, time } = await syncOn((batch) => batch.at(-1)?.seq ?? 0, {
      keep: () =>
        Promise.resolve(
          full ? err({ code: 'store.full', field: '(whole)', message: 'full' }) : ok(undefined),
        ),
    });
    expect(sent).toEqual(oneTo(100));
    expect(said).toEqual([]);
    full = false;
    time.moveTo(time.nextAt() ?? 0);
    await turns();
    expect(said.at(-1)).toBe(250);
  });

  it('does not send again what the hub can prove that it has, but for the last of it', async () => {
    const all = await makeEvents(stream, 250);
    const { sent } = await syncOn((batch) => batch.at(-1)?.seq ?? 0, {
      head: () => Promise.resolve(ok({ stream, acked: 200, hash: all[199]?.hash ?? null })),
    });
    expect(sent[0]).toBe(200);
    expect(sent.at(-1)).toBe(250);
  });

  it('tells of a fork once, and sends everything all the same', async () => {
    const { sent, forked } = await syncOn((batch) => batch.at(-1)?.seq ?? 0, {
      head: () => Promise.resolve(ok({ stream, acked: 200, hash: 'f'.repeat(64) })),
    });
    expect(forked).toEqual([stream]);
    expect(sent).toEqual(oneTo(250));
  });

  it('sends nothing, and tries again, while an event cannot be read', async () => {
    const { sent, time } = await syncOn((batch) => batch.at(-1)?.seq ?? 0, {
      read: () => Promise.resolve(ok([])),
    });
    expect(sent).toEqual([]);
    expect(time.nextAt()).toBeDefined();
  });

  it('is silent once it was stopped', async () => {
    const { sync, sent, time } = await syncOn((batch) => batch.at(-1)?.seq ?? 0, {
      push: () => Promise.resolve(err({ code: 'hub.away', field: '(whole)', message: 'away' })),
    });
    expect(time.nextAt()).toBeDefined();
    sync.stop();
    expect(time.nextAt()).toBeUndefined();
    sync.hubBack();
    await turns();
    expect(sent).toEqual([]);
  });

  it('says that a person is needed until the hub takes events again, and goes on by itself then', async () => {
    let enrolled = false;
    const { sent, said, refused, time } = await syncOn((batch) => batch.at(-1)?.seq ?? 0, {
      head: () =>
        Promise.resolve(
          enrolled
            ? ok({ stream, acked: 0, hash: null })
            : err({ code: 'hub.revoked', field: 'desk', message: 'revoked' }),
        ),
    });
    for (let tries = 0; tries < 3; tries += 1) {
      time.moveTo(time.nextAt() ?? 0);
      await turns();
    }
    expect(refused).toEqual(['hub.revoked']);
    enrolled = true;
    time.moveTo(time.nextAt() ?? 0);
    await turns();
    expect(refused).toEqual(['hub.revoked', undefined]);
    expect(new Set(sent)).toEqual(new Set(oneTo(250)));
    expect(said.at(-1)).toBe(250);
  });
});
