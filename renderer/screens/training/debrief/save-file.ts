/** A file as the page can give it to the PC. */
export interface OwnFile {
  readonly title: string;
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** Hands a file to the browser's downloads. Nothing is sent anywhere. */
export function saveFile({ name, type, text }: OwnFile): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
