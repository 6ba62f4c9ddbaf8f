import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportFiles } from '../../hub/commands/export.ts';
import wexshire from '../../main/services/wexshire-postcodes.json' with { type: 'json' };
import { turnRefs } from '../../renderer/call/happening-text.ts';
import { currentContent } from '../../shared/content/packs.ts';
import { type Happening } from '../../shared/events/event.ts';
import { createIndexBuilder } from '../../shared/geography/build.ts';
import { playedCall } from '../support/played-call.ts';
import { newCall, newStream, sealed } from './support/events.ts';
import { NOON, startHub, taken, type TestHub } from './support/hub.ts';

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantern-export-'));
  hub = await startHub();
  const desk = await hub.enrolled();
  for (const [n, name] of ['dev', 'ellie', 'silent'].entries()) {
    const stream = newStream();
    // What answers a hand-over points at its place in the stream: here, in another one.
    const happenings = playedCall(name).events.map(({ type, data }) =>
      turnRefs({ type, data } as Happening, ({ seq }) => ({ stream, seq })),
    );
    const events = await sealed(happenings, {
      stream,
      desk: desk.id,
      call: newCall(),
      content: currentContent().manifest.version,
      at: NOON - n * 60_000,
    });
    expect(taken(await hub.push(desk, stream, 1, events)).acked).toBe(events.length);
  }
});
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true });
});

const run = (args: readonly string[]) => {
  const said: string[] = [];
  const call = {
    pool: hub.database.pool,
    args,
    now: NOON,
    say: (line: string) => void said.push(line),
    randomCode: () => '',
  };
  return exportFiles.run(call).then((end) => ({ end, said }));
};

describe('export', () => {
  test('writes the counts of the days asked for, and the national rows with the organisation’s codes', async () => {
    const out = join(folder, 'november');
    const codes = [
      '--provider',
      'X0X0X',
      '--commissioner',
      'X9X9X',
      '--team',
      'line-1',
      '--area',
      'Wexshire',
    ];
    const { end, said } = await run(['--from', '2026-11-01', '--to', '2026-11-30', '--out', out, ...codes]);
    expect(said).toEqual([`3 calls written to ${out}, 0 not reported in full`]);
    expect(end).toEqual({ ok: true, value: 'well' });
    expect(await readFile(join(out, 'indicators.csv'), 'utf8')).toContain('2026-11-21,Wexshire,3,0,3,0,0,');
    const rows = async (name: string) =>
      (await readFile(join(out, name), 'utf8')).trim().split('\r\n').length - 1;
    expect([await rows('MHS101.csv'), await rows('MHS302.csv')]).toEqual([2, 1]);
    expect((await stat(join(out, 'MHS101.csv'))).mode & 0o777).toBe(0o600);
  });

  test('gives each call to its own area, by the postcode that was said, and to --area where nobody said one', async () => {
    const index = join(folder, 'wexshire.index');
    const { issue, attribution, areas, names, postcodes } = wexshire;
    const builder = createIndexBuilder();
    for (const { postcode, area, terminated } of postcodes) {
      const [icb = '', subIcb = '', localAuthority = ''] = areas[area] ?? [];
      builder.add({ postcode, terminated, areas: { icb, subIcb, localAuthority } });
    }
    await writeFile(index, builder.finish({ issue, attribution, names: new Map(Object.entries(names)) }));
    const out = join(folder, 'areas');
    const args = ['--from', '2026-11-01', '--to', '2026-11-30', '--out', out, '--area', 'Elsewhere'];
    await run([...args, '--postcodes', index]);
    const rows = (await readFile(join(out, 'indicators.csv'), 'utf8')).trim().split('\r\n').slice(1);
    // Where Dev is is known by its postcode; the others never said one.
    expect(rows.map((row) => row.split(',').slice(0, 3).join(','))).toEqual([
      '2026-11-21,Elsewhere,2',
      '2026-11-21,Wexcombe,1',
    ]);
    const missing = await run([...args, '--postcodes', join(folder, 'nothing')]);
    expect(missing.end).toMatchObject({ ok: false, error: { field: '--postcodes' } });
  });

  test('leaves the national rows out without the codes, and other days out', async () => {
    const out = join(folder, 'december');
    const { said } = await run(['--from', '2026-12-01', '--to', '2026-12-31', '--out', out]);
    expect(said[0]).toContain('0 calls');
    expect((await readdir(out)).toSorted()).toEqual(['declines.csv', 'indicators.csv']);
  });

  test.each([
    [['--to', '2026-11-30', '--out', 'x'], '--from'],
    [['--from', '2026-11-30', '--to', '2026-11-01', '--out', 'x'], '--to'],
    [['--from', '2026-11-31', '--to', '2026-12-01', '--out', 'x'], '--from'],
    [['--from', '2026-11-01', '--to', '2026-11-30', '--out', '/'], '--out'],
  ])('refuses %j and names the argument', async (args, field) => {
    expect((await run(args)).end).toMatchObject({ ok: false, error: { code: 'command.argument', field } });
  });
});
