import { expect, test } from 'vitest';
import { createDrafts } from '../../../main/services/drafts.ts';
import { placeOf } from '../../../main/services/journal/event-line.ts';
import { createJournal, type Journal } from '../../../main/services/journal/journal.ts';
import { decodeLines } from '../../../main/services/lines.ts';
import { sha256, uuidSource } from '../../../main/services/node-system.ts';
import { type StreamId } from '../../../shared/ids.ts';
import { virtualClock } from '../../faults/world/clock.ts';
import { type SimulatedDisk, simulatedDisk } from '../../faults/world/disk.ts';
import { createMachine, type Life } from '../../faults/world/life.ts';
import { testVault } from '../../support/vault.ts';
import { headOf } from '../support/events.ts';
import { must, readAll } from '../support/journals.ts';
import { recordLog } from '../support/logs.ts';
import { askFor, inTurns, newCall, order } from './calls.ts';

/** More than a purge does between two turns of the disk: the last cuts come after its end. */
const CUTS = 160;
const [a, b, c] = [newCall(), newCall(), newCall()];
const TURNS = [a, b, a, a, b, c, a, b, c, c, b, a, b, b];
const machine = createMachine(() => undefined);
const timers = virtualClock().timersOf({ alive: () => true });

function start(disk: SimulatedDisk) {
  const life = machine.newLife();
  const mine = disk.as(life, timers, { now: () => 1 });
  const common = { disk: mine, log: recordLog(), vault: testVault() };
  const drafts = createDrafts({ folder: '/profile/drafts', ...common });
  const journal = createJournal({
    folder: '/profile/journal',
    ...common,
    clock: { now: () => 1 },
    ids: uuidSource,
    digest: sha256,
    segmentBytes: 2_000,
    forget: (calls) => drafts.forget(calls),
  });
  return { journal, drafts, life };
}

async function written(): Promise<{
  disk: SimulatedDisk;
  journal: Journal;
  life: Life;
  stream: StreamId;
}> {
  const disk = simulatedDisk();
  const { journal, drafts, life } = start(disk);
  const { stream } = await must(journal.open());
  for (const event of await inTurns(stream, TURNS)) await must(journal.append([event]));
  await must(drafts.save({ key: `${a}:note`, text: 'half a word of a', at: 1 }, 'demo-handler'));
  await must(drafts.save({ key: `${b}:note`, text: 'half a word of b', at: 1 }, 'demo-handler'));
  return { disk, journal, life, stream };
}

const numbersOnPlatter = (disk: SimulatedDisk): number[] =>
  [...disk.files]
    .filter(([path]) => path.endsWith('.log') && path.startsWith('/profile/journal/'))
    .flatMap(([, file]) => decodeLines(file.durable()).flatMap(({ value }) => placeOf(value)?.seq ?? []));

test.each([
  ['the power goes', 1],
  ['the power goes in the middle of a write', 0.4],
  ['the process is killed', undefined],
] as const)(
  'a purge cut anywhere, because %s: the next start finds all of it or none',
  { timeout: 120_000 },
  async (_how, torn) => {
    let before = 0;
    let after = 0;
    for (let cut = 1; cut <= CUTS; cut += 1) {
      const { disk, journal, life, stream } = await written();
      const events = await inTurns(stream, TURNS);
      const asked = order(askFor(a, events), askFor(c, events));
      const dead = new Promise<'dead'>((resolve) => {
        machine.burn(cut, () => {
          life.end();
          if (torn !== undefined) disk.losePower(torn);
          resolve('dead');
        });
      });
      const outcome = await Promise.race([journal.purge(asked), dead]);
      machine.forget();
      if (cut === CUTS) expect(outcome).not.toBe('dead');

      const again = start(disk);
      const opened = await must(again.journal.open());
      expect(opened, `cut ${cut}`).toMatchObject({ stream, head: headOf(events), repairs: [] });
      const { streams } = await must(again.journal.purged());
      const isPurged = streams.length > 0;
      if (outcome !== 'dead') expect(isPurged, `cut ${cut}: answered`).toBe(true);
      if (isPurged) after += 1;
      else before += 1;
      const left = isPurged ? events.filter(({ call }) => call === b) : events;
      expect(await readAll(again.journal), `cut ${cut}`).toEqual(left);
      expect(new Set(numbersOnPlatter(disk)), `cut ${cut}`).toEqual(new Set(left.map(({ seq }) => seq)));
      const { drafts } = await must(again.drafts.list('demo-handler'));
      expect(
        drafts.map(({ text }) => text),
        `cut ${cut}`,
      ).toEqual(isPurged ? ['half a word of b'] : ['half a word of a', 'half a word of b']);
      const more = await inTurns(stream, [b, c], headOf(events));
      await must(again.journal.append(more));
      const third = start(disk);
      expect((await must(third.journal.open())).head, `cut ${cut}`).toEqual(headOf(more));
      expect(await readAll(third.journal), `cut ${cut}`).toEqual([...left, ...more]);
    }
    expect(before).toBeGreaterThan(5);
    expect(after).toBeGreaterThan(5);
  },
);
