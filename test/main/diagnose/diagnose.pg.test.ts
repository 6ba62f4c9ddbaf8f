import { copyFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Diagnosis, diagnosis } from '../../../shared/diagnose/facts.ts';
import { acceptedCode } from '../../hub/support/desk.ts';
import { startHub, type TestHub } from '../../hub/support/hub.ts';
import { makeEvents } from '../support/events.ts';
import { must } from '../support/journals.ts';
import { command, openDesk, type OpenDesk, recoveryPair, writeMore } from '../support/kept-profile.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { freePort } from '../../../hub/db/free-port.ts';

let hub: TestHub;
let url: string;
beforeAll(async () => {
  hub = await startHub({ clock: { now: () => Date.now() } });
  await hub.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(hub.app.server.address() as AddressInfo).port}`;
});
afterAll(() => hub.close());

interface Told {
  readonly code: number | null;
  readonly output: string;
  readonly facts: Diagnosis;
  readonly found: readonly string[];
}

/** `npm run diagnose` itself, in a process of its own. */
async function diagnose(profile: string, env: Record<string, string> = {}): Promise<Told> {
  const all = { LANTERN_HUB_URL: url, LANTERN_HOST: 'browser', ...env };
  const { code, output } = await command('diagnose.ts', ['--json', '--profile', profile], all);
  const { findings, ...facts } = JSON.parse(output) as { findings: { code: string }[] };
  return { code, output, facts: diagnosis.parse(facts), found: findings.map((one) => one.code) };
}

async function enrol(profile: string): Promise<void> {
  const desk = JSON.parse(await readFile(join(profile, 'desk.json'), 'utf8')) as Record<string, unknown>;
  const code = await acceptedCode(hub.database.pool, Date.now() + 60_000);
  const payload = { v: 1, code, desk: desk.desk, name: 'A desk', publicKey: desk.publicKey };
  expect((await hub.app.inject({ method: 'POST', url: '/v1/desks', payload })).statusCode).toBe(200);
}

async function profileWith(count: number): Promise<{ profile: string; open: OpenDesk }> {
  const profile = join(await tempFolder(), 'profile');
  const open = await openDesk(profile, (await recoveryPair()).key);
  if (count > 0) await writeMore(open, count);
  return { profile, open };
}

describe('lantern diagnose', () => {
  test('beside a desk that is open, with a hub that knows it: counts from the hub, and exit status 0', async () => {
    const { profile, open } = await profileWith(7);
    onTestFinished(() => open.desk.close());
    await enrol(profile);
    const { code, facts, found } = await diagnose(profile);
    expect(facts).toMatchObject({
      profile: { state: 'inUse' },
      keyStore: { state: 'good', keys: 1, under: { file: 1 }, recoverable: 1, lostRings: 0 },
      desk: { identity: 'good', enrolment: 'enrolled' },
      journal: {
        state: 'read',
        streams: 1,
        segments: 1,
        events: 7,
        damagedLines: 0,
        unsent: 7,
        unsentBy: 'hub',
      },
      hub: { isHub: true, http: { outcome: 'well' }, status: 200 },
    });
    expect(Math.abs(facts.hub?.clock?.aheadMs ?? Infinity)).toBeLessThan(5_000);
    expect(found).toEqual(['policy.none', 'profile.inUse', 'keys.inFile', 'journal.unsent']);
    expect(code).toBe(0);
    // Nothing of it was changed, and the desk writes on.
    expect((await writeMore(open, 1)).events).toHaveLength(1);
  });

  test('a hub that does not know the desk, and one that is stopped', async () => {
    const { profile, open } = await profileWith(2);
    await open.desk.close();
    const unknown = await diagnose(profile);
    expect(unknown).toMatchObject({ code: 1, facts: { desk: { enrolment: 'unknownToHub' } } });
    const stopped = await diagnose(profile, { LANTERN_HUB_URL: `http://127.0.0.1:${await freePort()}` });
    expect(stopped).toMatchObject({
      code: 1,
      facts: {
        desk: { enrolment: 'notAsked' },
        hub: { isHub: false, tcp: { outcome: 'failed', cause: 'ECONNREFUSED' } },
        journal: { unsent: 2 },
      },
    });
    expect(stopped.found).toContain('hub.tcp');
  });

  test('a profile that is missing, damaged, or no folder at all', async () => {
    const missing = await diagnose(join(await tempFolder(), 'none'));
    expect(missing.facts).toMatchObject({ profile: { state: 'missing' }, keyStore: { state: 'missing' } });
    expect(missing.code).toBe(0);

    const { profile, open } = await profileWith(5);
    await open.desk.close();
    const [stream = ''] = (await readdir(join(profile, 'journal'))).filter((name) => name.includes('-'));
    const file = join(profile, 'journal', stream, '00000001.log');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/\n(.)/, '\nX$1'));
    await truncate(file, text.length - 4);
    await writeFile(join(profile, 'keys.json'), '{"v":1,"current":"Priya"');
    await copyFile(join(profile, 'keys.json'), join(profile, 'keys.lost-5.json'));
    await writeFile(join(profile, 'desk.json'), 'Priya');
    const damaged = await diagnose(profile);
    expect(damaged).toMatchObject({
      code: 1,
      facts: {
        keyStore: { state: 'damaged', lostRings: 1 },
        desk: { identity: 'damaged', enrolment: 'keyNotOpened' },
        journal: { events: 3, damagedLines: 1, tornFiles: 1 },
      },
    });
    expect(damaged.found).toEqual(expect.arrayContaining(['keys.unreadable', 'journal.damaged']));
    expect(damaged.output).not.toContain('Priya');

    const folder = await tempFolder();
    await writeFile(join(folder, 'profile'), 'Priya');
    const none = await diagnose(join(folder, 'profile'));
    expect(none).toMatchObject({ code: 1, facts: { profile: { state: 'unreadable', cause: 'ENOTDIR' } } });
  });

  test('a policy that cannot be used lets nothing be contacted', async () => {
    const { profile, open } = await profileWith(0);
    await open.desk.close();
    const policy = join(await tempFolder(), 'policy.json');
    await writeFile(policy, JSON.stringify({ theme: 'Priya', 'Priya Raman': 1 }));
    const told = await diagnose(profile, { LANTERN_POLICY_FILE: policy });
    expect(told).toMatchObject({ code: 1, facts: { policy: { mode: 'minimal', wrong: ['theme'] } } });
    expect(told.facts.hub).toBeUndefined();
    expect(told.output).not.toContain('Priya');
  });

  test('says nothing of any person, wherever their names, numbers and words stand', async () => {
    const home = join(await tempFolder(), 'priya.raman', 'TF1 5QP');
    await mkdir(home, { recursive: true });
    const profile = join(home, 'maya-okafor');
    const open = await openDesk(profile);
    onTestFinished(() => open.desk.close());
    const { stream, head } = await must(open.bridge.call('journal.open', {}));
    const words = 'Maya Okafor on 07700 900123 says she cannot go on';
    await must(open.bridge.call('journal.append', { events: await makeEvents(stream, 3, head, words) }));
    await must(open.bridge.call('drafts.save', { key: 'maya', text: words, at: 1, by: 'demo-handler' }));
    await must(open.bridge.call('health.storage', { usage: 1, quota: 2 }));
    await writeFile(join(profile, 'Maya Okafor 07700 900123.txt'), words);
    const policy = join(home, 'Maya Okafor.json');
    await writeFile(
      policy,
      JSON.stringify({
        serviceName: 'Maya Okafor line',
        fallbackNumbers: [{ label: 'Maya Okafor', number: '07700 900123' }],
        enrolCode: 'maya-okafor-0123456789',
        hubUrl: `${url}/maya-okafor`,
        proxy: 'http://maya:okafor@127.0.0.1:9',
        recoveryKeyFile: join(home, 'Maya Okafor.pem'),
        packFolder: join(home, 'pack'),
        'Maya Okafor': 'TF1 5QP',
      }),
    );
    const env = {
      LANTERN_HUB_URL: url,
      LANTERN_HOST: 'browser',
      LANTERN_POLICY_FILE: policy,
      HOME: home,
      USER: 'Maya Okafor',
      HTTPS_PROXY: 'http://maya:okafor@127.0.0.1:9',
    };
    const plants = /maya|okafor|priya|raman|07700|900123|TF1|5QP|cannot go on|demo-handler/i;
    for (const args of [['--json'], []]) {
      const told = await command('diagnose.ts', [...args, '--profile', profile], env);
      expect(told.output.length).toBeGreaterThan(800);
      expect(told.output).not.toMatch(plants);
    }
  });
});
