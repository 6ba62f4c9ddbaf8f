/** What a running PostgreSQL server writes about itself in its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly dataFolder: string;
  readonly port: number;
}

/** Reads the text of `postmaster.pid`. Undefined when it is not complete: the server had only begun to write it. */
export function parsePostmasterPid(text: string): Postmaster | undefined {
  const [pid, dataFolder, , port] = text.split('\n').map((line) => line.trim());
  const read = { pid: Number(pid), dataFolder: dataFolder ?? '', port: Number(port) };
  const whole = [read.pid, read.port].every((value) => Number.isInteger(value) && value > 0);
  return whole && read.dataFolder !== '' ? read : undefined;
}

/** The hub's process id out of the cluster name it gave its server; undefined when that is not one of ours. */
export function hubPidOf(clusterName: string): number | undefined {
  const match = /^lantern-hub-(\d+)$/.exec(clusterName);
  return match === null ? undefined : Number(match[1]);
}

export const clusterNameOf = (hubPid: number): string => `lantern-hub-${hubPid}`;

/** True when a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
