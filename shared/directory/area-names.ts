import { type DirectoryService } from './service.ts';

/** What areas are called, by their ONS codes. One without a name is shown by its code. */
export type AreaNames = Readonly<Record<string, string>>;

/** Names as the postcodes have them, else as the directory's services call them. */
export const areaNamesOf = (
  services: readonly Pick<DirectoryService, 'eligibility'>[],
  ofPostcodes: AreaNames,
): AreaNames => {
  const called = services.flatMap(({ eligibility }) => Object.entries(eligibility.areaNames ?? {}));
  return { ...Object.fromEntries(called), ...ofPostcodes };
};
