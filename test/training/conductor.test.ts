import { expect, test } from 'vitest';
import { sha256, uuidSource } from '../../main/services/node-system.ts';
import { type Conductor, conduct } from '../../main/services/training/conductor.ts';
import { EMPTY_HEAD, seal } from '../../shared/events/chain.ts';
import { type Envelope, type Happening } from '../../shared/events/event.ts';
import { callId, deskId, sha256Hex, streamId, uuid } from '../../shared/ids.ts';
import { ATTEMPT_FORMAT } from '../../shared/training/attempt/attempt.ts';
import { startCaller } from '../../shared/training/caller/state.ts';
import { smallScript } from '../shared/training/support/small-script.ts';

const T0 = 1_700_000_000_000;
const stream = streamId.parse(uuidSource.next());
const desk = deskId.parse(uuidSource.next());
const first = callId.parse(uuidSource.next());
const second = callId.parse(uuidSource.next());

const event = (call: typeof first, seq: number, at: number, { type, data }: Happening): Promise<Envelope> =>
  seal(
    { stream, call, at, author: { id: 'a', role: 'adviser' }, desk, content: 'x', type, data },
    { ...EMPTY_HEAD, seq: seq - 1 },
    sha256,
  );
const note = (text: string): Happening => ({ type: 'note.added', data: { text } });
const answered: Happening = { type: 'call.answered', data: {} };

function room(): { conductor: Conductor; now: { at: number } } {
  const now = { at: T0 };
  const conductor = conduct({
    running: {
      attempt: {
        format: ATTEMPT_FORMAT,
        id: uuid.parse(uuidSource.next()),
        trainee: 'Robin',
        mode: 'assessed',
        script: smallScript(),
        scriptHash: sha256Hex.parse('0'.repeat(64)),
        contentVersion: 'x',
        seed: 1,
        startedAt: T0,
        events: [],
        run: [],
        markings: [],
      },
      caller: startCaller(1),
      marks: {},
      repeatedUpTo: 0,
      count: 0,
    },
    clock: { now: () => now.at },
    // Time goes on by the inputs alone.
    timers: { after: () => () => undefined },
    act: () => undefined,
    changed: () => undefined,
  });
  return { conductor, now };
}

test('an event made before a checkpoint belongs before it, although it reached the disk after it', async () => {
  const { conductor } = room();
  conductor.attach(first, 0);
  conductor.heard([await event(first, 1, T0, answered)]);
  conductor.take({ kind: 'checkpoint', at: T0 + 2_000, title: 'here' });
  const [id] = conductor.now().caller.checkpoints.map((point) => point.id);
  conductor.heard([await event(first, 2, T0 + 1_500, note('before it'))]);
  conductor.heard([await event(first, 3, T0 + 3_000, note('after it'))]);
  expect(conductor.now().marks[id ?? '']?.events).toBe(2);
});

test('repeats after a rewind are not counted twice, whether they reach the disk before or after the call is named', async () => {
  const { conductor } = room();
  conductor.attach(first, 0);
  conductor.heard([await event(first, 1, T0, answered), await event(first, 2, T0 + 500, note('kept'))]);
  conductor.heard([await event(second, 3, T0 + 5_000, answered)]);
  conductor.attach(second, 4);
  conductor.heard([await event(second, 4, T0 + 5_000, note('kept'))]);
  conductor.heard([await event(second, 5, T0 + 6_000, note('new'))]);
  const { events } = conductor.now().attempt;
  expect(events.map(({ seq }) => seq)).toEqual([1, 2, 5]);
  expect(conductor.now().count).toBe(3);
});
