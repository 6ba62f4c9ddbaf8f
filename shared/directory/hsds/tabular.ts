/** One row of a table of the HSDS tabular data package: column name to text. */
export type TableRow = Readonly<Record<string, string>>;
/** The package's tables by name, as `services`, `schedules`. A table that is missing is empty. */
export type Tables = Readonly<Record<string, readonly TableRow[]>>;

/**
 * The HSDS tabular data package (one CSV for each table, joined by id) as nested services, the shape that
 * `readService` takes. Every join is by the columns the standard names; rows that belong to nothing are passed over.
 */
export function nest(tables: Tables): readonly Readonly<Record<string, unknown>>[] {
  const table = (name: string): readonly TableRow[] => tables[name] ?? tables[name.replace(/s$/, '')] ?? [];
  const by = (name: string, column: string): ((id: string | undefined) => readonly TableRow[]) => {
    const rows = new Map<string, TableRow[]>();
    for (const row of table(name)) {
      const key = row[column];
      if (key !== undefined && key !== '') rows.set(key, [...(rows.get(key) ?? []), row]);
    }
    return (id) => rows.get(id ?? '') ?? [];
  };
  const [termById, linkById] = [by('taxonomy_terms', 'id'), by('attributes', 'link_id')];
  const attributes = (id: string | undefined): readonly unknown[] =>
    linkById(id).map((row) => ({
      label: row['label'],
      value: row['value'],
      taxonomy_term: termById(row['taxonomy_term_id'])[0],
    }));
  const withAttributes = (row: TableRow): Readonly<Record<string, unknown>> => ({
    ...row,
    attributes: attributes(row['id']),
  });
  const join = (name: string, column: string): ((id: string | undefined) => readonly unknown[]) => {
    const rows = by(name, column);
    return (id) => rows(id).map(withAttributes);
  };
  const organisation = by('organizations', 'id');
  const location = by('locations', 'id');
  const [addresses, accessibility] = [by('addresses', 'location_id'), by('accessibility', 'location_id')];
  const [locationPhones, locationHours] = [join('phones', 'location_id'), join('schedules', 'location_id')];
  const atLocation = by('service_at_locations', 'service_id');
  const atLocationHours = join('schedules', 'service_at_location_id');
  const [phones, schedules] = [join('phones', 'service_id'), join('schedules', 'service_id')];
  const areas = by('service_areas', 'service_id');

  return table('services').map((service) => ({
    ...withAttributes(service),
    organization: organisation(service['organization_id'])[0],
    phones: phones(service['id']),
    schedules: schedules(service['id']),
    service_areas: areas(service['id']),
    service_at_locations: atLocation(service['id']).map((link) => {
      const place = location(link['location_id'])[0];
      return {
        ...link,
        schedules: atLocationHours(link['id']),
        location:
          place === undefined
            ? undefined
            : {
                ...place,
                addresses: addresses(place['id']),
                accessibility: accessibility(place['id']),
                phones: locationPhones(place['id']),
                schedules: locationHours(place['id']),
              },
      };
    }),
  }));
}
