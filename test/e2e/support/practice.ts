import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, runNode } from '../../support/process.ts';
import { ROOT } from '../../support/sources.ts';
import { CHROMIUM_FLAGS } from './chromium.ts';
import { freePort } from '../../../hub/db/free-port.ts';

/** A running training world: the practice desk and the trainer's console in two pages of a real Chromium. */
export interface Practice {
  readonly data: string;
  readonly scripts: string;
  readonly trainee: Page;
  readonly trainer: Page;
  /** Connections that reached the address where its hub would be. */
  hubConnections(): number;
  output(): string;
  close(): Promise<void>;
}

/**
 * The host runs under Node's permissions: it may write below the training folder alone, so that a file touched anywhere else is
 * an error of the test. Where its hub would be (the variable says so) somebody listens and counts.
 */
export async function openPractice(): Promise<Practice> {
  const data = await mkdtemp(join(tmpdir(), 'lantern-training-'));
  const training = join(data, 'training');
  // There before the permission is given: what is not there yet would count as one file.
  await mkdir(training);
  let connections = 0;
  const listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  const hubPort = typeof address === 'object' && address !== null ? address.port : 0;
  const host: Running = runNode(
    ['--permission', '--allow-fs-read=*', `--allow-fs-write=${training}/*`, 'main/hosts/browser/training.ts'],
    {
      cwd: ROOT,
      env: {
        LANTERN_DATA: data,
        LANTERN_DESK_PORT: String(await freePort()),
        LANTERN_HUB_URL: `http://127.0.0.1:${hubPort}`,
        LANTERN_ENROL_CODE: 'a-code-that-nobody-may-use',
      },
    },
  );
  await host.line(/trainer’s console: \S+/);
  const context = await launch(join(data, 'chromium'));
  const trainee = context.pages()[0] ?? (await context.newPage());
  await trainee.goto(addressAfter(host, 'Open the practice desk: '));
  const trainer = await context.newPage();
  await trainer.goto(addressAfter(host, 'Open the trainer’s console: '));
  await trainee.bringToFront();
  return {
    data,
    scripts: join(training, 'scripts'),
    trainee,
    trainer,
    hubConnections: () => connections,
    output: () => host.output(),
    async close() {
      await context.close();
      await host.end('SIGTERM');
      listener.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

function addressAfter(host: Running, words: string): string {
  const line = host
    .output()
    .split('\n')
    .find((one) => one.startsWith(words));
  return line?.slice(words.length) ?? '';
}

function launch(profile: string): Promise<BrowserContext> {
  const executablePath = process.env['LANTERN_CHROMIUM'];
  return chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...CHROMIUM_FLAGS],
    viewport: { width: 1280, height: 720 },
    acceptDownloads: true,
  });
}
