import { adml, admx } from './admx.ts';
import { mobileconfig } from './mobileconfig.ts';
import { jsonSchema, linuxExample, referencePage } from './pages.ts';

/** Where the templates are kept, below the repository, and shipped beside the program. */
export const TEMPLATE_FOLDER = 'main/managed/policy';

/** Every file made from the schema, by its path in `TEMPLATE_FOLDER`. */
export function templates(): ReadonlyMap<string, string> {
  return new Map([
    ['windows/Lantern.admx', admx()],
    ['windows/en-GB/Lantern.adml', adml()],
    ['macos/lantern.mobileconfig', mobileconfig()],
    ['linux/policy.json', linuxExample()],
    ['policy.schema.json', jsonSchema()],
    ['REFERENCE.md', referencePage()],
  ]);
}
