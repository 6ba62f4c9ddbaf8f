import { expect, test } from 'vitest';
import { NOTHING_AT_STAKE, type Stake } from '../../../shared/sync/leaving.ts';
import { type UpdatePort } from '../../../main/ports/updates.ts';
import { CHECK_MS, createUpdates, LOOK_MS } from '../../../main/services/updates/updates.ts';
import { recordLog } from '../support/logs.ts';

const IN_A_CALL: Stake = { ...NOTHING_AT_STAKE, openCalls: 1 };
const LOOKS = CHECK_MS / LOOK_MS;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

/** Time that the test moves, one look of a minute after the other. */
function setUp(mode: 'off' | 'ask' | 'auto', fails?: string) {
  const did: string[] = [];
  let waiting: (() => void) | undefined;
  const world = {
    offers: '1.1.0',
    stake: NOTHING_AT_STAKE as Stake | undefined,
    answer: 'yes' as 'yes' | 'later',
    whileAsked: (): void => undefined,
    fails,
  };
  const doing = (what: string): Promise<void> => {
    did.push(what);
    if (world.fails !== what) return Promise.resolve();
    return Promise.reject(Object.assign(new Error('ordered by the test'), { code: 'ECONNREFUSED' }));
  };
  const port: UpdatePort = {
    check: () => doing('check').then(() => world.offers),
    download: () => doing('download'),
    async ask(version) {
      await doing(`ask ${version}`);
      world.whileAsked();
      return world.answer;
    },
    install: () => void did.push('install'),
  };
  const log = recordLog();
  const updates = createUpdates({
    mode,
    running: '1.0.0',
    allowDowngrade: false,
    port,
    stake: () => world.stake,
    timers: {
      after(ms, run) {
        expect(ms).toBe(LOOK_MS);
        waiting = run;
        return () => (waiting = undefined);
      },
    },
    log,
  });
  async function look(times = 1): Promise<void> {
    await settle();
    for (let time = 0; time < times; time++) {
      const run = waiting;
      waiting = undefined;
      run?.();
      await settle();
    }
  }
  return { did, world, log, updates, look, isWaiting: () => waiting !== undefined };
}

test('off: nothing is contacted, and not even a timer is set', async () => {
  const { did, isWaiting } = setUp('off');
  await settle();
  expect([did, isWaiting()]).toEqual([[], false]);
});

test('auto: fetched at once, installed as soon as the call is closed and the hub has everything', async () => {
  const { did, world, look, isWaiting } = setUp('auto');
  world.stake = IN_A_CALL;
  await look();
  world.stake = { ...NOTHING_AT_STAKE, unsent: 2 };
  await look();
  expect(did).toEqual(['check', 'download']);
  world.stake = NOTHING_AT_STAKE;
  await look();
  expect(did).toEqual(['check', 'download', 'install']);
  expect(isWaiting()).toBe(false);
});

test('ask: a call that comes while the person is asked is not interrupted by their yes', async () => {
  const { did, world, look } = setUp('ask');
  world.stake = undefined;
  await look();
  world.stake = NOTHING_AT_STAKE;
  world.whileAsked = () => (world.stake = IN_A_CALL);
  await look();
  expect(did).toEqual(['check', 'download', 'ask 1.1.0']);
  world.stake = NOTHING_AT_STAKE;
  await look();
  expect(did.at(-1)).toBe('install');
});

test('later is later: not asked again before the next look at the server', async () => {
  const { did, world, look } = setUp('ask');
  world.answer = 'later';
  await look(LOOKS - 1);
  expect(did).toEqual(['check', 'download', 'ask 1.1.0']);
  await look();
  expect(did).toEqual(['check', 'download', 'ask 1.1.0', 'check', 'ask 1.1.0']);
});

test.each(['check', 'download'])(
  'a %s that fails is said by its cause, and tried again at the next look at the server',
  async (what) => {
    const { did, world, log, look } = setUp('auto', what);
    await look(5);
    expect(log.entries).toMatchObject([{ code: 'updates.failed', cause: 'ECONNREFUSED' }]);
    expect(did.filter((one) => one === 'check')).toHaveLength(1);
    world.fails = undefined;
    await look(LOOKS);
    expect(did.at(-1)).toBe('install');
  },
);

test('another version than the one that was fetched is fetched anew', async () => {
  const { did, world, look } = setUp('auto');
  world.stake = IN_A_CALL;
  await look();
  world.offers = '1.2.0';
  await look(LOOKS);
  expect(did).toEqual(['check', 'download', 'check', 'download']);
});

test('stopped, it does nothing any more', async () => {
  const { did, world, updates, look } = setUp('auto');
  world.stake = IN_A_CALL;
  await look();
  updates.stop();
  world.stake = NOTHING_AT_STAKE;
  await look(3);
  expect(did).toEqual(['check', 'download']);
});
