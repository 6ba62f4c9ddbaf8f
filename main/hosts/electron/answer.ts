import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, session } from 'electron';
import { type CommandContext, terminal } from '../../commands/context.ts';
import { type Command } from '../../commands/program.ts';
import { runCommand } from '../../commands/run.ts';
import { readProxy } from '../../services/network/proxy.ts';
import { proxyOfAnswer } from '../../../shared/diagnose/proxy.ts';
import { openNetwork } from './network.ts';

/** How somebody calls the installed program. */
export const CALLED = 'lantern';

/**
 * A command of the installed program: it answers and ends, without a window and beside a running desk. Chromium gets a folder
 * of its own for that moment, because the desk's may be in use. On Windows the answer goes to the console that it was typed in;
 * a caller that waits uses `start /wait`, or `--out`.
 */
export async function answerCommand(
  app: Pick<App, 'setPath' | 'whenReady' | 'exit' | 'getVersion'>,
  sessions: typeof session,
  command: Command,
  environment: CommandContext['environment'],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-command-'));
  app.setPath('userData', folder);
  let status: number;
  try {
    await app.whenReady();
    const context: CommandContext = {
      ...terminal,
      environment,
      openNetwork: async ({ proxy }) => {
        const { fetch, proxyFor } = await openNetwork(sessions, readProxy(proxy));
        return { fetch, proxyFor: async ({ href }) => proxyOfAnswer(await proxyFor(href)) };
      },
      version: () => Promise.resolve(app.getVersion()),
      host: 'electron',
    };
    status = await runCommand(command, context, CALLED);
  } catch (error) {
    terminal.complain(`Lantern could not answer (${error instanceof Error ? error.name : 'error'})`);
    status = 2;
  }
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  // What was written to a pipe is on its way; the exit below would not wait for it.
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => void stream.write('', () => resolve()));
  app.exit(status);
}
