import { type CallId } from '../../ids.ts';
import { type Problem } from '../../problem.ts';
import { csv } from '../csv/csv.ts';
import { columns, type NationalRows, nationalRows, type Reporter, type ReportedCall } from './rows.ts';

export type Table = keyof typeof columns;
export const tables = Object.keys(columns) as readonly Table[];

/** A return: one file for each table, and every call that could not go in, with why. */
export interface NationalReturn {
  readonly files: Readonly<Record<Table, string>>;
  readonly rows: Readonly<Record<Table, number>>;
  readonly refused: readonly { readonly call: CallId; readonly problem: Problem }[];
}

/** All calls as CSV by table. A call that cannot go in is named and left out whole. */
export function nationalReturn(calls: readonly ReportedCall[], reporter: Reporter): NationalReturn {
  const refused: { call: CallId; problem: Problem }[] = [];
  const all: NationalRows[] = [];
  for (const reported of calls) {
    const made = nationalRows(reported, reporter);
    if (made.ok) all.push(made.value);
    else refused.push({ call: reported.call, problem: made.error });
  }
  const MHS101 = all.flatMap((rows) => rows.MHS101 ?? []);
  const MHS102 = all.flatMap((rows) => rows.MHS102 ?? []);
  const MHS105 = all.flatMap((rows) => rows.MHS105 ?? []);
  const MHS201 = all.flatMap((rows) => rows.MHS201 ?? []);
  const MHS302 = all.flatMap((rows) => rows.MHS302 ?? []);
  return {
    files: {
      MHS101: csv(columns.MHS101, MHS101),
      MHS102: csv(columns.MHS102, MHS102),
      MHS105: csv(columns.MHS105, MHS105),
      MHS201: csv(columns.MHS201, MHS201),
      MHS302: csv(columns.MHS302, MHS302),
    },
    rows: {
      MHS101: MHS101.length,
      MHS102: MHS102.length,
      MHS105: MHS105.length,
      MHS201: MHS201.length,
      MHS302: MHS302.length,
    },
    refused,
  };
}
