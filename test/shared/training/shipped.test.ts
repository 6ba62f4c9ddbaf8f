import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allEndings } from '../../../shared/training/rehearsal/rehearse.ts';
import { type TrainingScript } from '../../../shared/training/script/schema.ts';
import { readHandler } from '../../simulate/training/handler.ts';
import { runJob } from '../../simulate/training/job.ts';
import { type Played, playTraining, readScriptFile } from '../../simulate/training/play.ts';
import { HANDLERS, runTraining, SCRIPTS, trainingNames } from '../../simulate/training/run.ts';
import { content } from '../../support/call-builder.ts';
import { LEVEL_WORDS } from '../../support/level-words.ts';

const names = trainingNames();
const scripts = new Map<string, TrainingScript>();
beforeAll(() => {
  for (const name of names) {
    const read = readScriptFile(join(SCRIPTS, `${name}.yaml`));
    // Reading is linting and the dry run: an ending that cannot be reached, or a line that cannot come, refuses it.
    expect(read.ok ? read.value.warnings : read.error, name).toEqual([]);
    if (read.ok) scripts.set(name, read.value.script);
  }
});
const all = (): readonly TrainingScript[] => [...scripts.values()];

describe('the practice calls that ship', () => {
  it('are twelve, each with an id of its own and a warning', () => {
    expect(names).toHaveLength(12);
    expect(new Set(all().map(({ id }) => id)).size).toBe(12);
  });

  it('end, between them, by every route of the content', () => {
    const routes = new Set(all().flatMap((script) => allEndings(script).map(({ route }) => route)));
    for (const { id } of content.routes) expect(routes, id).toContain(id);
  });

  it('have a third party, a child, a lost call, a silent one, an outage, and a referral that is declined', () => {
    const has = (holds: (script: TrainingScript) => boolean): boolean => all().some(holds);
    expect(has(({ caller }) => caller.about === 'someoneElse')).toBe(true);
    expect(has(({ caller }) => caller.age !== undefined && caller.age < 18 && caller.about === 'self')).toBe(
      true,
    );
    expect(has(({ events = [] }) => events.some(({ does }) => does === 'cutOff'))).toBe(true);
    expect(has(({ caller }) => caller.manner === 'silent')).toBe(true);
    expect(has(({ injects = [] }) => injects.some(({ does }) => does === 'networkDrops'))).toBe(true);
    expect(
      has(({ expectations }) => expectations.some(({ moment }) => moment.recorded === 'handoverDeclined')),
    ).toBe(true);
  });

  it('use every kind of inject between them', () => {
    const used = new Set(all().flatMap(({ injects = [] }) => injects.map(({ does }) => does)));
    expect([...used].toSorted()).toEqual(
      [
        'entryStale',
        'hubNormal',
        'hubSlow',
        'networkDrops',
        'networkReturns',
        'serviceFull',
        'windowCrash',
      ].toSorted(),
    );
  });

  it('name no licensed instrument, and no level of danger', () => {
    for (const file of readdirSync(SCRIPTS)) {
      const text = readFileSync(join(SCRIPTS, file), 'utf8');
      expect(text, file).not.toMatch(/PHQ|GAD-7|C-SSRS|Columbia|UKMHTS|HoNOS|CORE-10|SADPERSONS/i);
      expect(text, file).not.toMatch(LEVEL_WORDS);
    }
  });
});

describe.each(names)('%s by a careful and by a careless handler', (name) => {
  it('differs in the lines that are written down, and in no others', async () => {
    const good = await playedBy(name, 'good');
    const bad = await playedBy(name, 'bad');
    const critical = good.debrief.expectations.filter((item) => item.critical);
    expect(critical.filter(({ result }) => result !== 'met')).toEqual([]);
    expect(good.debrief.criticalFails.filter(({ seen }) => seen)).toEqual([]);
    expect(good.debrief.ending.fits).toBe('expected');
    expect(bad.debrief.expectations.filter(({ result }) => result === 'missed').length).toBeGreaterThan(0);
  });
});

/** Plays one side, and holds its debrief against what its file says. */
async function playedBy(name: string, handler: 'good' | 'bad'): Promise<Played> {
  const side = readHandler(join(HANDLERS, `${name}.yaml`), handler);
  const script = scripts.get(name);
  if (!side.ok || script === undefined) throw new Error(`${name}: no ${handler} handler`);
  const played = await playTraining(script, side.value, 1);
  const { debrief } = played;
  const { missed = [], critical = [], notHeard = [], ending } = side.value;
  expect(
    {
      missed: debrief.expectations.flatMap(({ id, result }) => (result === 'missed' ? [id] : [])),
      critical: debrief.criticalFails.flatMap(({ id, seen }) => (seen ? [id] : [])),
      notHeard: debrief.facts.flatMap(({ id, result }) => (result === 'notHeard' ? [id] : [])),
      ending: debrief.ending.fits,
    },
    `${name}, ${handler}`,
  ).toEqual({ missed, critical, notHeard, ending });
  return played;
}

describe('npm run simulate with a practice call', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-training-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string): string => join(SCRIPTS, `${name}.yaml`);
  const handler = (name: string): { file: string; name: string } => ({
    file: join(HANDLERS, 'whisper.yaml'),
    name,
  });

  it('answers a pipeline: 0 when everything critical was met, 1 when something was not, 2 when a script is refused', async () => {
    const good = await runJob({ file: file('whisper'), handler: handler('good'), seed: 1 });
    expect(good.exit, good.text).toBe(0);
    const bad = await runJob({ file: file('whisper'), handler: handler('bad'), seed: 1 });
    expect(bad.exit).toBe(1);
    expect(bad.text).toContain('MISSED');
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, readFileSync(file('whisper'), 'utf8').replace('ifRushed:', 'ifRusht:'));
    const refused = await runJob({ file: broken, seed: 1 });
    expect(refused.exit).toBe(2);
    expect(refused.text).toMatch(
      /broken\.yaml:\d+:1: error: ifRusht does not belong .*Did you mean ifRushed\?/,
    );
    expect((await runJob({ file: join(folder, 'none.yaml'), seed: 1 })).exit).toBe(2);
    expect((await runJob({ file: file('whisper'), handler: handler('nobody'), seed: 1 })).exit).toBe(2);
  });

  it('plays a call that is written down already as a handler', () => {
    const file = join(folder, 'written.yaml');
    writeFileSync(file, 'written: { steps: [{ call: priya, until: checked }, { wait: 0:30 }] }');
    const read = readHandler(file, 'written');
    const recorded = read.ok
      ? read.value.steps.flatMap((step) => ('record' in step ? [step.record.type] : []))
      : [];
    expect(recorded.filter((type) => type === 'answer.recorded').length).toBeGreaterThan(8);
    expect(recorded).not.toContain('route.chosen');
  });

  it('runs several beside each other, and answers with the worst', async () => {
    const printed: string[] = [];
    const run = (...args: string[]): Promise<number> => runTraining(args, (text) => printed.push(text));
    expect(await run('whisper', 'taps')).toBe(0);
    expect(printed.map((text) => text.split('\n', 1)[0])).toEqual([
      'PRACTICE  Amira, 13: whispering under a duvet',
      'PRACTICE  A silent call: breathing, and a tap',
    ]);
    expect(await run('taps', '--handler', 'bad')).toBe(1);
    expect(await run('--nonsense')).toBe(2);
  });
});
