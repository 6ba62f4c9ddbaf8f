import { readdirSync, readFileSync } from 'node:fs';

/** A process and the title it gives itself. */
export interface Child {
  readonly pid: number;
  readonly title: string;
}

/** The processes that `parent` has started and that still run. */
export function childrenOf(parent: number): Child[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // After the name in brackets: state, then the parent's id.
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) !== parent) return [];
      return [{ pid: Number(name), title: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
    } catch {
      // The process ended while we looked.
      return [];
    }
  });
}

/** Sends a signal to a process by its id; one that has ended is left alone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

/** A process and those it has started, parent first. */
export function signalTree(parent: number, name: NodeJS.Signals): void {
  const children = childrenOf(parent);
  signal(parent, name);
  for (const { pid } of children) signal(pid, name);
}
