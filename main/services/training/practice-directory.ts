import { demonstrationDirectory } from '../../../shared/directory/demonstration/directory.ts';
import { kindsForRoute } from '../../../shared/directory/route-kinds.ts';
import { type DirectoryService } from '../../../shared/directory/service.ts';
import { inOrder, type SharedFlag } from '../../../shared/directory/exchange.ts';
import { ok } from '../../../shared/result.ts';
import { type Clock } from '../../../shared/time.ts';
import { type LocalService } from '../../../shared/training/script/caller-sheet.ts';
import { type DirectoryAtHub } from '../../ports/hub-link.ts';
import { type Over } from './practice-calls.ts';

/** The invented county's services, and what an exercise does to them. */
export interface PracticeDirectory {
  atHub(over: Over): DirectoryAtHub;
  /** The county as it was, with the local services of an exercise in it as they stand when its call begins. */
  lay(local: readonly LocalService[]): void;
  /** From now on every desk is told that the service takes nobody. */
  fill(service: string, name: string): void;
  /** Its entry turns out to have been looked at long ago. */
  age(service: string, name: string): void;
}

/** A flag of an exercise holds for the rest of it. */
const FULL_MS = 24 * 60 * 60 * 1000;
/** Two years: stale by any rule. */
const OLD_DAY = '2024-11-01';

export function createPracticeDirectory(clock: Clock): PracticeDirectory {
  const { services: usual, source, bankHolidays } = demonstrationDirectory();
  let services: readonly DirectoryService[] = usual;
  let flags: readonly SharedFlag[] = [];
  let version = 1;
  const madeAt = clock.now();

  /** By id, or by the name as a script has it. */
  const find = (id: string, name: string): DirectoryService | undefined =>
    services.find((service) => service.id === id || service.name.toLowerCase() === name.toLowerCase());

  return {
    atHub: (over) => ({
      since: (held) =>
        over(() => {
          const isPresent = held?.version === version && held.madeAt === madeAt;
          const snapshot = { version, madeAt, source, bankHolidays, services: [...services] };
          return Promise.resolve(ok(isPresent ? undefined : { kind: 'whole' as const, snapshot }));
        }),
      flags: () => over(() => Promise.resolve(ok(flags))),
      report: (reports) => over(() => Promise.resolve(ok(reports.map(({ id }) => id)))),
    }),
    lay(local) {
      version += 1;
      flags = [];
      services = usual;
      const fresh = local.filter(({ id, name }) => find(id, name) === undefined).map(serviceOf);
      services = inOrder([...usual, ...fresh]);
      for (const { id, name, state } of local) {
        if (state === 'full') fill(id, name);
        if (state === 'stale') age(id, name);
        if (state === 'closed') change(id, name, (service) => ({ ...service, status: 'temporarily closed' }));
      }
    },
    fill,
    age,
  };

  function fill(id: string, name: string): void {
    const at = clock.now();
    const service = find(id, name)?.id ?? id;
    flags = [
      ...flags.filter((flag) => flag.service !== service),
      { service, says: 'Full', at, until: at + FULL_MS, by: 'the exercise' },
    ];
  }
  function age(id: string, name: string): void {
    change(id, name, (service) => ({
      ...service,
      verified: { on: OLD_DAY, by: service.verified?.by ?? 'nobody known' },
    }));
  }
  function change(id: string, name: string, to: (service: DirectoryService) => DirectoryService): void {
    const old = find(id, name);
    if (old === undefined) return;
    services = services.map((service) => (service === old ? to(old) : service));
    version += 1;
  }
}

/** A service that only the exercise knows: what its script does not say is not known, as everywhere. */
function serviceOf({ id, name, route, note }: LocalService): DirectoryService {
  const [kind = 'helpline', ...others] = kindsForRoute(route);
  return {
    id,
    name,
    organisation: { id: 'org-exercise', name: 'Invented for this exercise' },
    kinds: [kind, ...others],
    status: 'active',
    ...(note === undefined ? {} : { description: note }),
    places: [],
    hours: { kind: 'notKnown' },
    shortestVisitMinutes: 30,
    eligibility: { areaOf: 'now' },
    rules: [],
    access: {},
    phones: [],
  };
}
