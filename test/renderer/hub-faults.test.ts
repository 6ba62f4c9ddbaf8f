import { describe, expect, it } from 'vitest';
import { type Envelope } from '../../shared/events/event.ts';
import { createWorld, type Window, type World } from './support/world.ts';

const note = (text: string) => ({ type: 'note.added', data: { text } }) as const;

async function inACall(
  world: World,
): Promise<{ desk: Window['desk']; id: ReturnType<Window['desk']['takeCall']> }> {
  const { desk } = await world.start();
  const id = desk.takeCall({ source: 'handler' });
  await world.until(() => desk.light().kind === 'safe');
  return { desk, id };
}

describe('the hub', () => {
  it('away: nothing is lost and nothing called safe; back: everything goes at once', async () => {
    const world = await createWorld();
    const { desk, id } = await inACall(world);
    await world.setHub('away');
    for (let index = 0; index < 30; index += 1) desk.record(id, note(`note ${index}`));
    await world.advance(3_600_000);
    expect(desk.light()).toEqual({ kind: 'onThisPc', waiting: 30 });
    expect(desk.unsent()).toBe(30);
    const before = world.time.clock.now();
    await world.setHub('reachable');
    await world.settle();
    expect(desk.light().kind).toBe('safe');
    expect(world.time.clock.now()).toBe(before);
  });

  it('busy: waits for as long as it was told, at least', async () => {
    const world = await createWorld();
    const { desk, id } = await inACall(world);
    await world.setHub('reachable', {
      code: 'hub.busy',
      field: '(whole)',
      message: 'busy',
      retryAfterMs: 90_000,
    });
    desk.record(id, note('one'));
    await world.settle();
    const asked = world.calls.filter((name) => name === 'hub.push').length;
    await world.advance(89_000);
    expect(world.calls.filter((name) => name === 'hub.push').length).toBe(asked);
    world.hub.fault = undefined;
    await world.until(() => desk.light().kind === 'safe', 120_000);
  });

  it('refusing: says so once, keeps trying, and goes on when it is let in', async () => {
    const world = await createWorld();
    const { desk, id } = await inACall(world);
    await world.setHub('reachable', { code: 'hub.refused', field: 'desk', message: 'is not enrolled' });
    desk.record(id, note('one'));
    await world.advance(600_000);
    expect(desk.notices().filter((notice) => notice.includes('The hub refuses'))).toHaveLength(1);
    expect(desk.light()).toEqual({ kind: 'onThisPc', waiting: 1 });
    world.hub.fault = undefined;
    await world.until(() => desk.light().kind === 'safe');
  });

  it('put back to an older copy: is sent again what it lost', async () => {
    const world = await createWorld();
    const { desk: first, id } = await inACall(world);
    first.record(id, note('one'));
    first.record(id, note('two'));
    await world.until(() => first.light().kind === 'safe');
    const stream = first.call(id)?.events[0]?.stream;
    if (stream === undefined) throw new Error('no stream');
    await world.powerOff();
    world.hub.putBack(stream, 2);
    const { desk } = await world.start();
    await world.until(() => desk.unsent() === 0 && desk.light().kind === 'safe');
    const texts = (world.hub.everything() as Envelope[]).flatMap(({ data }) => data['text'] ?? []);
    expect(texts).toEqual(['one', 'two']);
    expect(desk.notices().join(' ')).toContain('older copy of itself');
  });

  it('answering late: no second push is under way meanwhile', async () => {
    const world = await createWorld();
    const { desk, id } = await inACall(world);
    const push = world.hub.push.bind(world.hub);
    let open: () => void = () => undefined;
    let underWay = 0;
    world.hub.push = async (batch) => {
      underWay += 1;
      expect(underWay).toBe(1);
      await new Promise<void>((resolve) => (open = resolve));
      underWay -= 1;
      return push(batch);
    };
    // Not `settle`: a request is under way, as it should be.
    const kept = async (): Promise<void> => {
      while (desk.light().kind !== 'onThisPc') await new Promise((resolve) => setImmediate(resolve));
    };
    desk.record(id, note('one'));
    await kept();
    while (underWay === 0) await new Promise((resolve) => setImmediate(resolve));
    desk.record(id, note('two'));
    await kept();
    expect(desk.light()).toMatchObject({ kind: 'onThisPc', waiting: 2 });
    world.hub.push = push;
    open();
    await world.until(() => desk.light().kind === 'safe');
  });

  it('answering with a receipt of another stream: is not believed', async () => {
    const world = await createWorld();
    const { desk, id } = await inACall(world);
    const push = world.hub.push.bind(world.hub);
    const other = '0190a000-0000-7000-8000-000000000000';
    world.hub.push = async (batch) => {
      const answer = await push(batch);
      if (!answer.ok) return answer;
      const receipts = answer.value.receipts.map((receipt) => ({
        ...receipt,
        stream: other as typeof receipt.stream,
      }));
      return { ok: true, value: { ...answer.value, receipts } };
    };
    desk.record(id, note('one'));
    await world.advance(10_000);
    expect(desk.light()).toEqual({ kind: 'onThisPc', waiting: 1 });
    world.hub.push = push;
    await world.until(() => desk.light().kind === 'safe');
  });
});
