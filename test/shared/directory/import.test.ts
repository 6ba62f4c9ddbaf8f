import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffOf, importFeed } from '../../../shared/directory/import.ts';
import { nest, type Tables } from '../../../shared/directory/hsds/tabular.ts';
import { type ImportTable } from '../../../shared/directory/hsds/read-service.ts';

const table: ImportTable = { kinds: { 'crisis-line': 'crisisLine' } };
const feed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'feeds/wexshire.json'), 'utf8'));

function imported(input: unknown) {
  const read = importFeed(input, table);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('a feed as HSDS 3 and Open Referral UK write it', () => {
  const { services, refused } = imported(feed);
  const [cafe, line, talks] = services;

  it('is taken whole, optional parts, nulls and numbers as text included', () => {
    expect(cafe).toEqual({
      id: 'ac148810-d857-441c-9679-408f346de14b',
      name: 'Harbour Cafe',
      organisation: { id: '0fdfb57f-c147-4cfb-864c-44788a335d8c', name: 'Wexshire Minds' },
      kinds: ['crisisCafe'],
      status: 'active',
      description: 'An evening place to talk, with tea and company.',
      teamType: 'A21',
      places: [
        {
          id: '3a19ff88-4620-4d17-9830-ac1d859eb5d5',
          name: 'Quay Row hall',
          address: ['1 Quay Row', 'Wexcombe'],
          postcode: 'WX4 2QT',
          point: expect.objectContaining({ easting: expect.any(Number) as number }) as object,
          hours: {
            kind: 'hours',
            regular: [
              {
                opensAt: '18:00',
                closesAt: '23:00',
                freq: 'WEEKLY',
                byDay: ['MO', 'TU', 'WE', 'TH', 'FR'],
                interval: 1,
                from: '2026-01-01',
              },
              { opensAt: '12:30', closesAt: '23:00', freq: 'WEEKLY', byDay: ['SA', 'SU'], interval: 1 },
            ],
            exceptions: [
              { from: '2026-12-24', to: '2026-12-24', periods: [], why: 'Closed on Christmas Eve' },
            ],
            bankHolidays: 'asUsual',
          },
        },
      ],
      hours: { kind: 'notKnown' },
      shortestVisitMinutes: 30,
      eligibility: {
        minAgeMonths: 216,
        areas: ['E54000901'],
        areaNames: { E54000901: 'Wexshire' },
        areaOf: 'now',
        says: 'Adults in Wexshire',
      },
      rules: [
        {
          about: 'medicalNeed',
          effect: 'excludes',
          say: 'Nobody who needs urgent medical care',
          owner: 'Wexshire Minds',
          reviewOn: '2027-01-31',
        },
      ],
      access: {
        walkIn: true,
        referral: 'Walk in, or ring the bell at the side.',
        adjustments: ['step-free'],
      },
      phones: [{ number: '01632 960101', for: 'public', says: 'From 17:30' }],
      verified: { on: '2026-11-02', by: 'checks@wexshire.example' },
      doubts: ['Times carry a time zone; they are read as clock time in England.'],
    });
  });

  it('reads midnight to a minute before midnight, every day, as always open; terms of the feed’s own by the table', () => {
    expect(line).toMatchObject({
      kinds: ['crisisLine'],
      hours: { kind: 'always' },
      eligibility: { anyAge: true, areas: 'anywhere' },
    });
  });

  it('makes hours it cannot work out "not known", and says so beside the entry', () => {
    expect(talks).toMatchObject({
      hours: { kind: 'notKnown' },
      doubts: ['A schedule ends after a number of times; when cannot be told.'],
    });
  });

  it('has what a service is known for as a rule with its owner, and what it says that it has not apart from what it has', () => {
    const attribute = (taxonomy: string, code: string, label: string, value?: string) => ({
      taxonomy_term: { code, name: label, taxonomy },
      label,
      ...(value === undefined ? {} : { value }),
    });
    const rows = (feed as { contents: Record<string, unknown>[] }).contents;
    const { services: found, refused: none } = imported([
      {
        ...rows[1],
        attributes: [
          ...((rows[1]?.attributes ?? []) as unknown[]),
          attribute('lantern:rule', 'armedForces:knownFor', 'For people who served', 'Minds|2027-03-31'),
          attribute('bars:ReasonableAdjustment', 'step-free', 'step-free', 'no'),
          attribute('bars:ReasonableAdjustment', 'interpreter', 'interpreter'),
        ],
      },
    ]);
    expect(none).toEqual([]);
    expect(found[0]?.access).toMatchObject({ adjustments: ['interpreter'], lacks: ['step-free'] });
    expect(found[0]?.rules).toEqual([
      {
        about: 'armedForces',
        effect: 'knownFor',
        say: 'For people who served',
        owner: 'Minds',
        reviewOn: '2027-03-31',
      },
    ]);
  });

  it('refuses by row, id and reason what it can list under nothing, and takes the rest', () => {
    expect(refused).toEqual([
      {
        row: 4,
        id: 'service-4',
        problem: {
          code: 'directory.row',
          field: 'attributes',
          message: 'name no kind of service that is known',
        },
      },
    ]);
  });

  it('is the same as a list, as a page, and inside its organisation', () => {
    const rows = (feed as { contents: Record<string, unknown>[] }).contents;
    expect(imported(rows).services).toEqual(services);
    expect(imported({ services: rows }).services).toEqual(services);
    const { organization, ...inside } = rows[0] ?? {};
    const organisation = { ...(organization as object), services: [inside] };
    expect(imported({ organizations: [organisation] }).services).toEqual([cafe]);
  });

  it('answers what is no feed with a Problem', () => {
    for (const junk of [null, 7, 'x', {}, { contents: 'x' }])
      expect(importFeed(junk, table)).toMatchObject({ ok: false, error: { code: 'directory.feed' } });
  });

  it('refuses a second row under one id', () => {
    const rows = (feed as { contents: unknown[] }).contents;
    const twice = imported([rows[1], rows[1]]);
    expect(twice.services).toHaveLength(1);
    expect(twice.refused).toMatchObject([{ row: 2, id: 'service-2', problem: { field: 'id' } }]);
  });
});

describe('the tabular data package', () => {
  const tables: Tables = {
    services: [
      {
        id: 's',
        organization_id: 'o',
        name: 'Quiet Room',
        status: 'active',
        minimum_age: '16',
        assured_date: '',
        alert: '',
      },
    ],
    organizations: [{ id: 'o', name: 'Wexshire Minds' }],
    locations: [{ id: 'l', name: 'Mill Lane', latitude: '', longitude: '' }],
    service_at_locations: [{ id: 'sl', service_id: 's', location_id: 'l' }],
    addresses: [
      { id: 'a', location_id: 'l', address_1: '2 Mill Lane', city: 'Wexcombe', postal_code: 'WX1 1AA' },
    ],
    schedules: [
      { id: 'h', service_id: 's', freq: 'WEEKLY', byday: 'FR', opens_at: '20:00', closes_at: '02:00' },
      { id: 'x', service_id: 'another', freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '10:00' },
    ],
    phones: [{ id: 'p', service_id: 's', number: '01632 960102' }],
    attributes: [{ id: 'at', link_id: 's', link_entity: 'service', taxonomy_term_id: 't' }],
    taxonomy_terms: [{ id: 't', code: 'sanctuary', name: 'Sanctuary', taxonomy: 'lantern:kind' }],
  };

  it('is joined by its ids and read like any feed', () => {
    const { services, refused } = imported(nest(tables));
    expect(refused).toEqual([]);
    expect(services).toMatchObject([
      {
        id: 's',
        organisation: { id: 'o', name: 'Wexshire Minds' },
        kinds: ['sanctuary'],
        places: [{ address: ['2 Mill Lane', 'Wexcombe'], postcode: 'WX1 1AA' }],
        hours: { kind: 'hours', regular: [{ byDay: ['FR'], opensAt: '20:00', closesAt: '02:00' }] },
        eligibility: { minAgeMonths: 192 },
        phones: [{ number: '01632 960102', for: 'public' }],
      },
    ]);
  });

  it('is the same whatever order the rows of its tables are in', () => {
    const turned = Object.fromEntries(
      Object.entries(tables).map(([name, rows]) => [name, rows.toReversed()]),
    );
    expect(imported(nest(turned)).services).toEqual(imported(nest(tables)).services);
  });
});

describe('junk rows', () => {
  it('are refused by name or read with care, and never throw or hold back the rows beside them', () => {
    const good = (feed as { contents: unknown[] }).contents[1];
    fc.assert(
      fc.property(fc.array(fc.anything({ maxDepth: 4 }), { maxLength: 6 }), (junk) => {
        const { services, refused } = imported([good, ...junk]);
        expect(services.some(({ id }) => id === 'service-2')).toBe(true);
        expect(services.length + refused.length).toBe(junk.length + 1);
        for (const { problem } of refused) expect(problem.field).not.toBe('');
      }),
    );
  });
});

describe('what an import would change', () => {
  it('is named by id and field, and is nothing for the same feed again', () => {
    const { services } = imported(feed);
    expect(diffOf(services, imported(feed).services)).toEqual({ added: [], removed: [], changed: [] });
    const [first, ...others] = services;
    if (first === undefined) throw new Error('no services');
    const after = [{ ...first, alert: 'Flooded', places: [] }, ...others.slice(1), { ...first, id: 'new' }];
    expect(diffOf(services, after)).toEqual({
      added: ['new'],
      removed: ['service-2'],
      changed: [{ id: first.id, fields: ['alert', 'places'] }],
    });
  });
});
