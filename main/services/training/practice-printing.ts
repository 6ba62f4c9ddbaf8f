import { practiceName } from '../../../shared/training/mark.ts';
import { type Printing } from '../../ports/printing.ts';

/** The host's printing in the training world: whatever a window calls a file, its proposed name begins with the mark. */
export const practicePrinting = (of: Printing): Printing => ({
  toPrinter: () => of.toPrinter(),
  toPdf: (title) => of.toPdf(practiceName(title)),
  toFile: (name, text) => of.toFile(practiceName(name), text),
});
