import { IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { LanternDatabase } from '../../../renderer/store/database.ts';

const open = async (factory: IDBFactory): Promise<LanternDatabase> => {
  const keyRange = FakeKeyRange;
  const database = new LanternDatabase('lantern-test', { factory, keyRange });
  await database.open();
  return database;
};

export type Dump = ReadonlyMap<string, readonly unknown[]>;

/** Every row of every table, as a backup of the profile would have it. */
export async function dumpDatabase(factory: IDBFactory): Promise<Dump> {
  const database = await open(factory);
  const dump = new Map<string, readonly unknown[]>();
  for (const table of database.tables) dump.set(table.name, await table.toArray());
  database.close();
  return dump;
}

export async function loadDatabase(factory: IDBFactory, dump: Dump): Promise<void> {
  const database = await open(factory);
  for (const table of database.tables) await table.bulkPut([...(dump.get(table.name) ?? [])]);
  database.close();
}
