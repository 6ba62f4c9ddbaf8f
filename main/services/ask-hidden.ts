import { type ReadStream } from 'node:tty';
import { type AskHidden } from './vault/asked-passphrase.ts';

/** What a line is after `keys` were pressed. Pure. `end`: Enter, or given up with Ctrl+C or Ctrl+D on an empty line. */
export function typeHidden(
  before: string,
  keys: string,
): { readonly text: string; readonly end: 'no' | 'enter' | 'gaveUp' } {
  let text = before;
  for (const key of keys) {
    if (key === '\r' || key === '\n') return { text, end: 'enter' };
    if (key === '\u0003' || (key === '\u0004' && text === '')) return { text: '', end: 'gaveUp' };
    if (key === '\u0008' || key === '\u007F') text = Array.from(text).slice(0, -1).join('');
    else if (key === '\u0015') text = '';
    else if (key >= ' ') text += key;
  }
  return { text, end: 'no' };
}

/** Asks at the terminal without echo; undefined where there is none. */
export function terminalAsker(
  input: ReadStream,
  output: { write(text: string): unknown },
): AskHidden | undefined {
  if (!input.isTTY) return undefined;
  return (prompt) =>
    new Promise((resolve) => {
      let text = '';
      const decoder = new TextDecoder();
      const hear = (chunk: Buffer): void => {
        const next = typeHidden(text, decoder.decode(chunk, { stream: true }));
        ({ text } = next);
        if (next.end === 'no') return;
        input.off('data', hear);
        input.setRawMode(false);
        input.pause();
        output.write('\n');
        resolve(next.end === 'enter' ? text : undefined);
      };
      // Before the prompt is there: what is typed at once must not be shown either.
      input.setRawMode(true);
      input.on('data', hear);
      input.resume();
      output.write(prompt);
    });
}
