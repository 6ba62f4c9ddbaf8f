import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGate, type Ticket } from '../../hub/intake/gate.ts';

const SEED = Number(process.env['LANTERN_SEED'] ?? Date.now() % 1_000_000);

const entered = (ticket: Ticket | string): Ticket => {
  if (typeof ticket === 'string') throw new Error(ticket);
  return ticket;
};
/** Whether its turn has come. */
const isIn = async (ticket: Ticket): Promise<boolean> =>
  Promise.race([ticket.ready.then(() => true), new Promise<false>((done) => setImmediate(done, false))]);

test('one desk that floods the gate has its share, and the next desk goes before its waiting batches', async () => {
  const gate = createGate({ inside: 2, waiting: 4, perDesk: 3 });
  const flood = [gate.enter('a'), gate.enter('a'), gate.enter('a')].map(entered);
  expect(gate.enter('a')).toBe('tooManyOfThisDesk');
  const other = entered(gate.enter('b'));
  expect(await Promise.all(flood.map(isIn))).toEqual([true, true, false]);
  flood[0]?.leave();
  expect(await isIn(other)).toBe(true);
  expect(await isIn(flood[2] as Ticket)).toBe(false);
  other.leave();
  expect(await isIn(flood[2] as Ticket)).toBe(true);
});

test('one more than may wait is told to come back, and one that went away while waiting leaves its place', async () => {
  const gate = createGate({ inside: 1, waiting: 1, perDesk: 9 });
  const inside = entered(gate.enter('a'));
  const waiting = entered(gate.enter('b'));
  expect(gate.enter('c')).toBe('busy');
  waiting.leave();
  waiting.leave();
  const next = entered(gate.enter('c'));
  inside.leave();
  expect(await isIn(next)).toBe(true);
  expect(await isIn(waiting)).toBe(false);
});

test(`whatever comes and goes, the limits hold and no place is lost (seed ${SEED})`, async () => {
  const limits = { inside: 3, waiting: 4, perDesk: 3 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ desk: fc.constantFrom('a', 'b', 'c', 'd'), leave: fc.option(fc.nat(20)) }), {
        maxLength: 60,
      }),
      async (steps) => {
        const gate = createGate(limits);
        const here: { desk: string; ticket: Ticket }[] = [];
        for (const { desk, leave } of steps) {
          if (leave !== null) here.splice(leave, 1)[0]?.ticket.leave();
          const ticket = gate.enter(desk);
          if (typeof ticket !== 'string') here.push({ desk, ticket });
          const inside = (await Promise.all(here.map((one) => isIn(one.ticket)))).filter(Boolean).length;
          expect(inside).toBe(Math.min(here.length, limits.inside));
          expect(here.length - inside).toBeLessThanOrEqual(limits.waiting);
          for (const each of ['a', 'b', 'c', 'd']) {
            expect(here.filter((one) => one.desk === each).length).toBeLessThanOrEqual(limits.perDesk);
          }
        }
        for (const { ticket } of here) ticket.leave();
        expect(await isIn(entered(gate.enter('a')))).toBe(true);
      },
    ),
    { seed: SEED, numRuns: 100 },
  );
});
