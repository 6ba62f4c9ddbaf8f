import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog, describeError } from '../../hub/log.ts';
import { openHubLog } from '../../hub/log-file.ts';
import { logLine } from '../../shared/log/line.ts';
import { tempFolder } from '../main/support/temp-folder.ts';

const PLANT = /priya|07700|TF1/i;

test('the hub’s log files hold events of the list, and nothing that a request or a database said', async () => {
  const folder = join(await tempFolder(), 'logs');
  const said: string[] = [];
  const { destination, file } = openHubLog(
    folder,
    { write: (text) => void said.push(text) },
    { now: () => Date.now() },
  );
  const log = createLog('debug', destination);
  const broken = Object.assign(new Error('Key (name)=(Priya) exists'), {
    name: 'error',
    code: '23505',
    detail: 'Priya',
  });
  log.debug({ method: 'GET', route: '/v1/health/live', status: 200, ms: 1 }, 'answered');
  log.warn({ method: 'POST', route: '/v1/streams/:stream/events', status: 503, ms: 12 }, 'answered');
  log.error({ err: broken }, 'hub.internal');
  log.error({ error: describeError(broken) }, 'replay check failed');
  log.warn({ route: '/v1/Priya 07700', status: 404 }, 'Priya on 07700 900123 at TF1 5QP');
  await file.close();
  const [name = ''] = await readdir(folder);
  const text = await readFile(join(folder, name), 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => logLine.parse(JSON.parse(line)));
  expect(lines.map(({ event }) => event)).toEqual([
    'hub.answered',
    'hub.failed',
    'hub.replayFailed',
    'log.unlisted',
  ]);
  expect(lines[0]).toMatchObject({
    method: 'POST',
    route: '/v1/streams/:stream/events',
    status: 503,
    ms: 12,
  });
  expect(text).not.toMatch(PLANT);
  expect(said).toHaveLength(5);
});
