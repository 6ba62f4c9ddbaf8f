/**
 * Names of areas, as the ONS ships them beside its postcode directory: one table for each kind of area, a column of codes
 * and one of names, called after the kind and the year (`LAD25CD`, `LAD25NM`). Sub-ICBs have been `LOC` and `SICBL`.
 */
const CODE = /^(LAD|ICB|SICBL|LOC|CCG)(\d{2})CD$/;

/** Where codes and names stand in a table; undefined when it is not one of areas that the index knows. */
export function nameColumns(
  header: readonly string[],
): { readonly code: number; readonly name: number } | undefined {
  const columns = header.map((name) =>
    name
      .replace(/^\uFEFF/, '')
      .trim()
      .toUpperCase(),
  );
  for (const [code, column] of columns.entries()) {
    const found = CODE.exec(column);
    const name = found === null ? -1 : columns.indexOf(`${found[1] ?? ''}${found[2] ?? ''}NM`);
    if (name >= 0) return { code, name };
  }
  return undefined;
}

const MOST_SIGNS = 200;

/** One row as a code and its name; undefined for what is none. */
export function areaName(
  row: readonly string[],
  { code, name }: { readonly code: number; readonly name: number },
): readonly [code: string, name: string] | undefined {
  const [area, called] = [row[code]?.trim() ?? '', row[name]?.trim() ?? ''];
  return /^[A-Z]\d{8}$/.test(area) && called !== '' ? [area, called.slice(0, MOST_SIGNS)] : undefined;
}
