import { type Fault } from '../../shared/bridge/frames.ts';
import { type Result } from '../../shared/result.ts';

/** Paper and PDF of what the window shows. `done` is false when the person cancelled. Fault: `print.failed`. */
export interface Printing {
  toPrinter(): Promise<Result<{ readonly done: boolean }, Fault>>;
  /** Asks where to keep it; `title` is the file's name as proposed. */
  toPdf(title: string): Promise<Result<{ readonly done: boolean }, Fault>>;
  /** Asks where to keep a text; `name` is the file's name as proposed. */
  toFile(name: string, text: string): Promise<Result<{ readonly done: boolean }, Fault>>;
}
