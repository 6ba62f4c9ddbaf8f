import { expect } from 'vitest';
import { v7 } from 'uuid';
import { UNNAMED_SENDER } from '../../../hub/deps.ts';
import { checkCall } from '../../../hub/intake/replay-check.ts';
import { keepReferrals } from '../../../hub/referrals/keep.ts';
import { turnRefs } from '../../../renderer/call/happening-text.ts';
import { replay } from '../../../shared/call/replay.ts';
import { contentByVersion, currentContent } from '../../../shared/content/packs.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { type EventRef } from '../../../shared/events/vocabulary.ts';
import { type CallId, type StreamId } from '../../../shared/ids.ts';
import { playedCall } from '../../support/played-call.ts';
import { type TestDesk } from './desk.ts';
import { newCall, newStream, sealed } from './events.ts';
import { taken, type TestHub } from './hub.ts';

const replayer = {
  contentByVersion,
  replay,
  follow: (client: Parameters<typeof keepReferrals>[0], checked: Parameters<typeof keepReferrals>[1]) =>
    keepReferrals(client, checked, { sender: UNNAMED_SENDER, newId: v7 }),
};

export interface Sent {
  readonly call: CallId;
  readonly stream: StreamId;
  /** Writes more into the call, and has it looked through. */
  goesOn(happenings: readonly Happening[]): Promise<void>;
  /** Has it looked through again as it stands. */
  lookedThrough(): Promise<void>;
}

/** Priya's call to the moment it is handed over, by secure message, pushed and looked through. */
export async function handOver(hub: TestHub, desk: TestDesk, to: string): Promise<Sent> {
  const stream = newStream();
  const call = newCall();
  const all: Happening[] = [];
  for (const { type, data } of playedCall('priya').events) {
    const happening = turnRefs({ type, data } as Happening, ({ seq }) => ({ stream, seq }));
    if (happening.type === 'handover.sent') {
      all.push({ ...happening, data: { ...happening.data, how: 'endpoint', receiver: to } });
      break;
    }
    all.push(happening);
  }
  const at = hub.clock.at - 9_000;
  let pushed = 0;
  const lookedThrough = (): Promise<void> => checkCall(hub.database.pool, call, replayer, hub.clock.at);
  const goesOn = async (more: readonly Happening[]): Promise<void> => {
    all.push(...more);
    const events = await sealed(all, {
      stream,
      desk: desk.id,
      call,
      content: currentContent().manifest.version,
      at,
    });
    const answer = taken(await hub.push(desk, stream, pushed + 1, events.slice(pushed)));
    pushed = events.length;
    expect(answer.acked).toBe(pushed);
    await lookedThrough();
  };
  await goesOn([]);
  return { call, stream, goesOn, lookedThrough };
}

/** Which event the hand-over is. */
export async function sentRefOf(hub: TestHub, { call, stream }: Sent): Promise<EventRef> {
  const { rows } = await hub.database.pool.query<{ seq: number }>(
    `SELECT seq FROM events WHERE call = $1 AND type = 'handover.sent'`,
    [call],
  );
  return { stream, seq: rows[0]?.seq ?? 0 };
}
