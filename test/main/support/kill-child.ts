import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * Runs a program that prints one line per acknowledgement, kills it with SIGKILL right after line `count`, and
 * answers every line that came. What was printed was acknowledged before the kill.
 */
export async function runAndKill(program: string, args: readonly string[], count: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const exit = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === count) child.kill('SIGKILL');
  }
  await exit;
  return lines;
}
