import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCall } from '../../hub/intake/replay-check.ts';
import { replay } from '../../shared/call/replay.ts';
import { contentByVersion, currentContent } from '../../shared/content/packs.ts';
import { type Happening } from '../../shared/events/event.ts';
import { type CallId } from '../../shared/ids.ts';
import { type TeamPage, teamPage } from '../../shared/sync/team.ts';
import { playedCall } from '../support/played-call.ts';
import { type TestDesk } from './support/desk.ts';
import { newCall, newStream, sealed } from './support/events.ts';
import { NOON, startHub, type TestHub } from './support/hub.ts';

const content = currentContent().manifest.version;
const SAID = 'the river by the old mill';
let hub: TestHub;
let desk: TestDesk;
let other: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
  other = await hub.enrolled();
});
afterAll(() => hub.close());

const begin: Happening[] = [
  { type: 'call.offered', data: { channel: 'phone', source: 'handler', number: '0000 000' } },
  { type: 'call.answered', data: {} },
  { type: 'note.added', data: { text: SAID } },
];

async function send(happenings: readonly Happening[]): Promise<CallId> {
  const call = newCall();
  const stream = newStream();
  const events = await sealed(happenings, { stream, desk: desk.id, at: NOON, call, content });
  await hub.push(desk, stream, 1, events);
  return call;
}
const look = (call: CallId): Promise<void> =>
  checkCall(hub.database.pool, call, { replay, contentByVersion }, NOON);
const team = async (): Promise<TeamPage> => teamPage.parse((await hub.get(other, '/v1/calls')).body);

describe('the list of the team', () => {
  test('has open calls and what they owe, for every desk, and nothing that a caller said', async () => {
    const call = await send([...begin, { type: 'line.dropped', data: { lastWords: SAID } }]);
    expect((await team()).notLookedThrough).toBeGreaterThan(0);
    await look(call);
    const page = await team();
    expect(page).toMatchObject({ at: NOON, notLookedThrough: 0, isMore: false });
    const row = page.calls.find((one) => one.call === call);
    expect(row).toMatchObject({
      desk: desk.id,
      deskName: 'Desk in a test',
      stage: 'opening',
      beganAt: NOON,
      owed: [{ kind: 'callBack' }],
    });
    const text = JSON.stringify(page);
    expect(text).not.toContain(SAID);
    expect(text).not.toContain('0000 000');
  });

  test('loses a call that is closed and owes nothing, and shows who has it after it was taken over', async () => {
    const call = await send([...begin]);
    await look(call);
    await hub.post(other, `/v1/calls/${call}/lease`, { v: 1, takeOver: 'endOfShift' });
    expect((await team()).calls.find((one) => one.call === call)?.desk).toBe(other.id);
    const whole = await send(playedCall('nadia').events);
    await look(whole);
    expect((await team()).calls.some((one) => one.call === whole)).toBe(false);
  });

  test('never goes back to what an older look saw', async () => {
    const call = await send([...begin]);
    await look(call);
    await hub.database.pool.query(
      'UPDATE calls SET checked_position = checked_position + 5 WHERE call = $1',
      [call],
    );
    await hub.database.pool.query('UPDATE calls SET standing = NULL WHERE call = $1', [call]);
    await look(call);
    expect((await team()).calls.some((one) => one.call === call)).toBe(false);
  });
});
