import { type Handlers } from '../../shared/bridge/server.ts';
import { type Printing } from '../ports/printing.ts';
import { refuse } from './faults.ts';

const NO_PRINTING = refuse('print.unsupported', 'how', 'this host leaves printing to the page');

/** Paper, PDF and files of one window, where its host has them. */
export const printHandlers = (
  printing: Printing | undefined,
): Pick<Handlers, 'host.print' | 'host.save'> => ({
  'host.print': ({ how, title }) => {
    if (printing === undefined) return Promise.resolve(NO_PRINTING);
    return how === 'pdf' ? printing.toPdf(title) : printing.toPrinter();
  },
  'host.save': ({ name, text }) => printing?.toFile(name, text) ?? Promise.resolve(NO_PRINTING),
});
