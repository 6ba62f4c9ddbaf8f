/** A JSON file of settings: `conf` in the browser host, `electron-store` in Electron, one file shape. */
export interface SettingsStore {
  /** Everything in the file, unparsed; an empty object when there is no file. */
  read(): unknown;
  /** Replaces everything, atomically. Throws when the disk refuses. */
  write(values: Readonly<Record<string, unknown>>): void;
}

/** Opens the store on `<folder>/config.json`. A file that is there has been found good before. */
export type OpenSettingsStore = (folder: string) => SettingsStore;
