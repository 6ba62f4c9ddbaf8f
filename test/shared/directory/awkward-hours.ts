import { openingHours, type OpeningHours } from '../../../shared/directory/hours-schema.ts';

/** Twelve services with hours that are easy to get wrong. */
const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR'];
const rows: Readonly<Record<string, unknown>> = {
  'day and night': { kind: 'always' },
  'evenings, longer at weekends': {
    kind: 'hours',
    regular: [
      { byDay: WEEK, opensAt: '18:00', closesAt: '23:00' },
      { byDay: ['SA', 'SU'], opensAt: '12:30', closesAt: '23:00' },
    ],
    bankHolidays: [{ opensAt: '12:30', closesAt: '23:00' }],
  },
  'overnight, through both clock changes': {
    kind: 'hours',
    regular: [{ opensAt: '20:00', closesAt: '08:00' }],
    bankHolidays: 'asUsual',
  },
  'shuts inside the hour that clocks show twice and skip': {
    kind: 'hours',
    regular: [{ byDay: ['SA'], opensAt: '18:00', closesAt: '01:30' }],
    bankHolidays: 'asUsual',
  },
  'opens inside the hour that clocks show twice and skip': {
    kind: 'hours',
    regular: [{ byDay: ['SU'], opensAt: '01:15', closesAt: '06:45' }],
    bankHolidays: 'asUsual',
  },
  'split days, closed on bank holidays': {
    kind: 'hours',
    regular: [
      { byDay: ['MO', 'TH'], opensAt: '09:00', closesAt: '12:00' },
      { byDay: ['MO', 'TH'], opensAt: '15:00', closesAt: '17:15' },
    ],
    bankHolidays: 'closed',
  },
  'nobody has said about bank holidays': {
    kind: 'hours',
    regular: [{ byDay: WEEK, opensAt: '10:00', closesAt: '16:00' }],
  },
  'second Tuesday and last Friday of the month': {
    kind: 'hours',
    regular: [{ freq: 'MONTHLY', byDay: ['2TU', '-1FR'], opensAt: '19:00', closesAt: '22:00' }],
    bankHolidays: 'asUsual',
  },
  'every other week': {
    kind: 'hours',
    regular: [{ byDay: ['WE', 'SU'], interval: 2, from: '2026-01-07', opensAt: '17:00', closesAt: '21:00' }],
    bankHolidays: 'asUsual',
  },
  'touching periods around midnight, first and last of the month': {
    kind: 'hours',
    regular: [
      { freq: 'MONTHLY', byMonthDay: [1, -1], opensAt: '12:00', closesAt: '24:00' },
      { freq: 'MONTHLY', byMonthDay: [1], opensAt: '00:00', closesAt: '02:00' },
    ],
    bankHolidays: 'asUsual',
  },
  'a moved venue: closed in August, other hours in one week of it, new hours since September': {
    kind: 'hours',
    regular: [
      { byDay: [...WEEK, 'SA'], to: '2026-08-31', opensAt: '18:00', closesAt: '22:00' },
      { byDay: [...WEEK, 'SA'], from: '2026-09-01', opensAt: '17:00', closesAt: '00:00' },
    ],
    exceptions: [
      { from: '2026-08-01', to: '2026-08-31', periods: [], why: 'The building is mended' },
      {
        from: '2026-08-10',
        to: '2026-08-16',
        periods: [{ opensAt: '10:00', closesAt: '12:00' }],
        why: 'In the library',
      },
    ],
    bankHolidays: 'closed',
  },
  'a whole day at a time': {
    kind: 'hours',
    regular: [{ byDay: ['FR'], opensAt: '09:00', closesAt: '09:00' }],
    bankHolidays: 'asUsual',
  },
};

export const awkward: readonly (readonly [string, OpeningHours])[] = Object.entries(rows).map(
  ([name, row]) => [name, openingHours.parse(row)],
);

/** Bank holidays of England in 2026, as announced. */
export const HOLIDAYS_2026 = [
  '2026-01-01',
  '2026-04-03',
  '2026-04-06',
  '2026-05-04',
  '2026-05-25',
  '2026-08-31',
  '2026-12-25',
  '2026-12-28',
];
