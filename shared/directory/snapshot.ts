import { z } from 'zod';
import { dayNumber } from '../london.ts';
import { utcMs } from '../time.ts';
import { type BankHolidays } from './hours.ts';
import { localDate } from './hours-schema.ts';
import { directoryService } from './service.ts';

/** Bank holidays as data: which days, and up to which day the list is whole. */
export const bankHolidayList = z.strictObject({
  of: z.string().min(1),
  source: z.string().min(1),
  knownTo: localDate,
  days: z.array(localDate),
});

/** The whole directory at one version: what the hub hands out and a desk keeps. Versions count up from one. */
export const directorySnapshot = z.strictObject({
  version: z.int().min(1),
  madeAt: utcMs,
  /** Who keeps it, and whether it is invented. */
  source: z.strictObject({ name: z.string().min(1).max(300), demonstration: z.boolean() }),
  bankHolidays: bankHolidayList,
  services: z.array(directoryService),
});

/** Holidays made ready for asking. */
export const readHolidays = ({ days, knownTo }: z.infer<typeof bankHolidayList>): BankHolidays => ({
  days: new Set(days.flatMap((day) => dayNumber(day) ?? [])),
  knownTo: dayNumber(knownTo) ?? -Infinity,
});
