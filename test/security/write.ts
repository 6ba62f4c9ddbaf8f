import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { PAGE, securityPage } from './page.ts';

// `npm run security-page`: writes SECURITY.md anew from the data beside this file.
writeFileSync(PAGE, await format(securityPage(), { parser: 'markdown', printWidth: 110 }));
