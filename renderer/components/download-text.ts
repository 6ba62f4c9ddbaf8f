import { practiceName } from '../../shared/training/mark.ts';

/** A text as a file, as the page can give it to the PC. */
export interface TextFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/**
 * Keeps a text as a file by the browser's own means: where its downloads go. Nothing is sent anywhere, and the browser does
 * not tell what came of it. In the training world every name begins with the mark.
 */
export function downloadText({ name, type, text }: TextFile): void {
  const isPractice = document.documentElement.dataset['world'] === 'training';
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = isPractice ? practiceName(name) : name;
  link.click();
  URL.revokeObjectURL(address);
}
