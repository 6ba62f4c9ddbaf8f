import { canonicalJson } from '../canonical.ts';
import { type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { type ImportTable, readService } from './hsds/read-service.ts';
import { type DirectoryService } from './service.ts';

/** A row that was not taken, so that its owner can mend it. Nothing of the row itself but its id and place. */
export interface RefusedRow {
  /** Counted from one, as people count. */
  readonly row: number;
  readonly id?: string;
  readonly problem: Problem;
}

export interface Import {
  readonly services: readonly DirectoryService[];
  readonly refused: readonly RefusedRow[];
}

/**
 * The services of a feed, each taken or refused by itself. A feed is a list of services, a page of them (`contents`,
 * `services`), or organisations that hold their services. Problem `directory.feed` when it is none of these.
 */
export function importFeed(feed: unknown, table: ImportTable): Result<Import, Problem> {
  const rows = servicesIn(feed);
  return rows === undefined
    ? err({ code: 'directory.feed', field: '(whole)', message: 'is no list of services and no page of them' })
    : ok(importServices(rows, table));
}

/** Each row by itself. A second row under one id is refused: which of the two is right cannot be told. */
export function importServices(rows: readonly unknown[], table: ImportTable): Import {
  const services: DirectoryService[] = [];
  const refused: RefusedRow[] = [];
  const ids = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const read = readService(row, table);
    const id = read.ok ? read.value.id : idOf(row);
    const place = { row: index + 1, ...(id === undefined ? {} : { id }) };
    if (!read.ok) refused.push({ ...place, problem: read.error });
    else if (ids.has(read.value.id))
      refused.push({
        ...place,
        problem: { code: 'directory.row', field: 'id', message: 'comes a second time' },
      });
    else services.push(read.value);
    if (id !== undefined) ids.add(id);
  }
  return { services, refused };
}

function servicesIn(feed: unknown): readonly unknown[] | undefined {
  if (Array.isArray(feed)) {
    const nested = feed.flatMap((item: unknown) => (isRecord(item) ? [item['services']] : []));
    const holders = nested.filter((item) => Array.isArray(item));
    return holders.length === 0 ? feed : feed.flatMap((organisation) => withOrganisation(organisation));
  }
  if (!isRecord(feed)) return undefined;
  for (const key of ['contents', 'services', 'organizations', 'service'])
    if (Array.isArray(feed[key])) return servicesIn(feed[key]);
  return typeof feed['id'] === 'string' && typeof feed['name'] === 'string' ? servicesIn([feed]) : undefined;
}

/** A service inside its organisation does not repeat it. */
function withOrganisation(organisation: unknown): readonly unknown[] {
  if (!isRecord(organisation) || !Array.isArray(organisation['services'])) return [organisation];
  const { id, name } = organisation;
  return organisation['services'].map((service: unknown) =>
    isRecord(service) ? { organization: { id, name }, ...service } : service,
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function idOf(row: unknown): string | undefined {
  const id = isRecord(row) ? row['id'] : undefined;
  return typeof id === 'string' && id.length <= 100 ? id : undefined;
}

/** What an import would change, in ids and names of fields: what a person looks at before it is done. */
export interface DirectoryDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly id: string; readonly fields: readonly string[] }[];
}

export function diffOf(
  before: readonly DirectoryService[],
  after: readonly DirectoryService[],
): DirectoryDiff {
  const [old, fresh] = [before, after].map((list) => new Map(list.map((service) => [service.id, service])));
  const changed = after.flatMap((service) => {
    const was = old?.get(service.id);
    if (was === undefined) return [];
    const names = [...new Set([...Object.keys(was), ...Object.keys(service)])].toSorted();
    const fields = names.filter((name) => textOf(was, name) !== textOf(service, name));
    return fields.length === 0 ? [] : [{ id: service.id, fields }];
  });
  return {
    added: after.filter(({ id }) => old?.has(id) !== true).map(({ id }) => id),
    removed: before.filter(({ id }) => fresh?.has(id) !== true).map(({ id }) => id),
    changed,
  };
}

function textOf(service: DirectoryService, name: string): string | undefined {
  const value = new Map<string, unknown>(Object.entries(service)).get(name);
  return value === undefined ? undefined : canonicalJson(JSON.parse(JSON.stringify(value)));
}
