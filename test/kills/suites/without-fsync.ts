import { open } from 'node:fs/promises';

/** Loaded before a program: every file's fsync and fdatasync answers at once. A control; see weaken.ts. */
const file = await open(import.meta.filename, 'r');
const prototype = Object.getPrototypeOf(file) as { sync(): Promise<void>; datasync(): Promise<void> };
await file.close();
prototype.sync = () => Promise.resolve();
prototype.datasync = () => Promise.resolve();
