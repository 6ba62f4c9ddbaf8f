export { fieldsLine, saidBeforeTitle } from '../../../shared/exports/facts-text.ts';
export { quoted } from '../../../shared/exports/words.ts';
