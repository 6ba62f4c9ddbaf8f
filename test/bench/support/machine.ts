import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** What a figure was measured on, so that nobody compares it with another machine's. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
}

export function thisMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() || 'unknown',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: `${platform()} ${arch()} ${release()}`,
    node: process.versions.node,
  };
}

/** Processes that wanted a core during the last minute, as the kernel averages it: how busy the machine was. */
export const busy = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100;

/** The version of an installed package, from the folder given or any above it. */
export function versionOf(name: string, from: URL): string {
  for (let folder = from; ; folder = new URL('..', folder)) {
    try {
      const text = readFileSync(new URL(`node_modules/${name}/package.json`, folder), 'utf8');
      const read: unknown = JSON.parse(text);
      if (typeof read === 'object' && read !== null && 'version' in read) return String(read.version);
    } catch (cause) {
      // Not in this folder: the one above is asked, as Node itself does.
      if (folder.pathname === '/') throw cause;
    }
  }
}
