/**
 * The few things the services need from a disk. A port, so that a full disk and a failing fsync can be played in
 * a test; `services/node-disk.ts` is the real one. Every method rejects with the system's own error (ENOSPC, EIO…).
 */
export interface Disk {
  /** Makes the folder, readable by this user only, and its parents, and syncs the folders above what was made. */
  makeFolder(path: string): Promise<void>;
  /** Names in the folder; empty when there is no such folder. */
  list(path: string): Promise<string[]>;
  /** The whole file, or undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** When the file was last written (ms, by this PC's clock), or undefined when there is none. */
  writtenAt(path: string): Promise<number | undefined>;
  readRange(path: string, from: number, length: number): Promise<Uint8Array>;
  /** Bytes in the file, or undefined when there is none. */
  size(path: string): Promise<number | undefined>;
  /** Opens for appending; the file is made (0600) when it is not there, and its folder synced. */
  openAppend(path: string): Promise<AppendFile>;
  /** Replaces the file whole: temporary file, fsync, rename, fsync of the folder. Never half a file. */
  replace(path: string, bytes: Uint8Array): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Deletes a file for good, and syncs its folder. */
  remove(path: string): Promise<void>;
  /** Cuts the file to `length` bytes and syncs it. */
  truncate(path: string, length: number): Promise<void>;
}

export interface AppendFile {
  /** Writes all bytes at the end. On rejection some of them may be in the file. */
  append(bytes: Uint8Array): Promise<void>;
  /** fdatasync: resolves once everything appended is on the disk. After a rejection nothing may be assumed. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}
