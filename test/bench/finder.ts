import { createRequire } from 'node:module';
import { type Asking } from '../../shared/directory/asking.ts';
import holidays from '../../shared/directory/bank-holidays.json' with { type: 'json' };
import { createFinder } from '../../shared/directory/finder.ts';
import { bankHolidayList, readHolidays } from '../../shared/directory/snapshot.ts';
import { directoryService, type DirectoryService, serviceKinds } from '../../shared/directory/service.ts';
import { versionOf } from './support/machine.ts';
import { seeded } from './support/seeded.ts';
import { type Bench } from './support/result.ts';
import { latency, percentile, round } from './support/stats.ts';

const load = createRequire(import.meta.url);
const NOW = Date.UTC(2026, 10, 20, 19, 30);
const AREAS = Array.from({ length: 40 }, (_, n) => `E540000${String(n).padStart(2, '0')}`);
const WORDS = [
  'Anchor',
  'Beacon',
  'Lantern',
  'Harbour',
  'Mill',
  'Orchard',
  'Quay',
  'Station',
  'Well',
  'Yard',
];

// What is used of the peers: they belong to the benches' own package, which a plain install does not have.
interface MiniSearchLike {
  addAll(texts: readonly unknown[]): void;
  search(text: string): readonly unknown[];
}
interface FuseLike {
  search(text: string): readonly unknown[];
}

/** Answers one person's question of a directory: place, hours at arrival, age, need, with every reason. */
export const finder: Bench = ({ small }) => {
  const [count, rounds] = small ? [300, 200] : [3_000, 5_000];
  const random = seeded(6);
  const services = Array.from({ length: count }, (_, n) => serviceOf(n, random));
  const askings = Array.from({ length: 500 }, () => askingOf(random));
  const find = createFinder(services, {
    holidays: readHolidays(bankHolidayList.parse(holidays)),
    staleAfterDays: 180,
  });

  const MiniSearch = load('minisearch') as new (options: { fields: string[] }) => MiniSearchLike;
  const Fuse = load('fuse.js') as new (list: readonly unknown[], options: { keys: string[] }) => FuseLike;
  const texts = services.map(({ id, name, kinds, description }) => ({
    id,
    name,
    kinds: kinds.join(' '),
    description: description ?? '',
  }));
  const fields = ['name', 'kinds', 'description'];
  const mini = new MiniSearch({ fields });
  mini.addAll(texts);
  const fuse = new Fuse(texts, { keys: fields });

  const ours = timed(rounds, (turn) => find(askings[turn % askings.length] as Asking, []).length);
  const text = (turn: number): string => (askings[turn % askings.length] as Asking).kinds.join(' ');
  const miniTimes = timed(rounds, (turn) => mini.search(text(turn)).length);
  const fuseTimes = timed(Math.min(rounds, 20), (turn) => fuse.search(text(turn)).length);
  const p99 = percentile(ours, 0.99);
  return Promise.resolve({
    what: `one search of ${count} services: kind, place, hours at arrival, age and need, every reason given`,
    unit: 'ms',
    ours: { name: 'Lantern finder', version: '', durability: 'in memory', values: latency(ours) },
    peers: [
      {
        name: 'minisearch',
        version: version('minisearch'),
        durability: 'words of the kinds alone',
        values: latency(miniTimes),
      },
      {
        name: 'fuse.js',
        version: version('fuse.js'),
        durability: 'words of the kinds alone',
        values: latency(fuseTimes),
      },
    ],
    ratios: {
      'p99 to minisearch': round(p99 / percentile(miniTimes, 0.99)),
      'p99 to fuse.js': round(p99 / percentile(fuseTimes, 0.99), 4),
      'p99 to 5 ms': round(p99 / 5),
    },
    limit: { text: 'p99 under 5 ms', met: p99 < 5 },
    runs: `${rounds} searches of 500 different people and hours (fuse.js: 20)`,
    how: [
      'The peers find words: which doors are open when somebody arrives, for whom and how far is not among what they can be asked.',
      'They are asked for the kinds of service by name, as a list with a search box would be.',
    ],
  });
};

function timed(rounds: number, run: (turn: number) => number): number[] {
  for (let turn = 0; turn < Math.min(100, rounds); turn += 1) run(turn);
  return Array.from({ length: rounds }, (_, turn) => {
    const began = performance.now();
    run(turn);
    return performance.now() - began;
  });
}

function serviceOf(n: number, random: () => number): DirectoryService {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const opens = 8 + Math.floor(random() * 11);
  const point = {
    easting: 400_000 + Math.floor(random() * 80_000),
    northing: 300_000 + Math.floor(random() * 80_000),
  };
  return directoryService.parse({
    id: `service-${n}`,
    name: `The ${pick(WORDS)} ${n}`,
    organisation: { id: `organisation-${n % 200}`, name: `${pick(WORDS)} trust (invented)` },
    kinds: [pick(serviceKinds)],
    status: random() < 0.97 ? 'active' : 'temporarily closed',
    description: `${pick(WORDS)} and ${pick(WORDS)}, invented for a measurement`,
    places: [{ id: `place-${n}`, address: [`${n} ${pick(WORDS)} Street`], point }],
    hours:
      random() < 0.2
        ? { kind: 'always' }
        : {
            kind: 'hours',
            regular: [
              {
                byDay: ['MO', 'TU', 'WE', 'TH', 'FR'],
                opensAt: clock(opens),
                closesAt: clock((opens + 6) % 24),
              },
              { byDay: ['SA', 'SU'], opensAt: '12:00', closesAt: '23:00' },
              { freq: 'MONTHLY', byDay: ['2TU'], opensAt: '09:00', closesAt: '12:00' },
            ],
            exceptions: [
              { from: '2026-12-24', to: '2027-01-02', periods: [], why: 'closed for the holidays' },
            ],
            bankHolidays: 'closed',
          },
    eligibility: { minAgeMonths: random() < 0.5 ? 216 : 192, areas: [pick(AREAS), pick(AREAS), pick(AREAS)] },
    rules:
      random() < 0.5
        ? []
        : [
            {
              about: 'intoxicated',
              effect: 'asks',
              say: 'Ring first',
              owner: 'The trust',
              reviewOn: '2027-01-01',
            },
          ],
    access: { walkIn: random() < 0.7, phoneFirst: random() < 0.3 },
    phones: [],
    verified: { on: '2026-10-01', by: 'A measurement' },
  });
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

function askingOf(random: () => number): Asking {
  const kinds = [...serviceKinds].toSorted(() => random() - 0.5).slice(0, 4);
  const years = 14 + Math.floor(random() * 60);
  return {
    kinds,
    now: NOW + Math.floor(random() * 7 * 24 * 60) * 60_000,
    age: [years * 12, years * 12 + 11],
    areas: { now: [AREAS[Math.floor(random() * AREAS.length)] as string], home: undefined, gp: undefined },
    from: {
      easting: 400_000 + Math.floor(random() * 80_000),
      northing: 300_000 + Math.floor(random() * 80_000),
    },
    travelBy: 'road',
    facts: { intoxicated: random() < 0.5 ? 'no' : 'notKnown' },
    adjustments: [],
  };
}

const version = (name: string): string => versionOf(name, new URL(import.meta.url));
