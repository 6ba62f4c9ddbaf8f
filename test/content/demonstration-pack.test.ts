import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentHash, loadContent } from '../../shared/content/load.ts';
import { demonstrationFiles } from '../../shared/content/packs.ts';
import { contentPack, type ContentPack } from '../../shared/content/schema.ts';
import { outcomeCodes } from '../../shared/events/vocabulary.ts';
import { content } from '../support/call-builder.ts';
import { digest } from '../support/digest.ts';

/** A copy of the pack to spoil. */
const copy = (): ContentPack => contentPack.parse(structuredClone(demonstrationFiles));

function faults(spoil: (pack: ContentPack) => void): string[] {
  const pack = copy();
  spoil(pack);
  const loaded = loadContent(pack);
  return loaded.ok ? [] : loaded.error.map((fault) => `${fault.field}: ${fault.message}`);
}

const first = <T>(items: readonly T[]): T => {
  const item = items[0];
  if (item === undefined) throw new Error('the pack is empty');
  return item;
};

describe('the demonstration pack', () => {
  it('says on its face that no clinician has approved it', () => {
    expect(content.manifest.status).toBe('demonstration');
    expect(content.manifest.approver).toBeNull();
    expect(content.manifest.notice).toContain('No clinician has approved');
  });

  it('carries the hash of what it holds', async () => {
    expect(
      content.manifest.hash,
      'content changed: raise the version and set manifest.json to this hash',
    ).toBe(await contentHash(content, digest));
  });

  it('has every question of the conversation, in order of asking', () => {
    const ids = content.questions.map((question) => question.id);
    expect(ids).toEqual(
      'O1 P1 P2 O2 O3 O4 T1 T2 T3 T4 S1 S2 S3 S4a S4b S5 S6 S7 S8 S9 N1 N2 N3 N4 N5 N6 N7 N8 K1 K2 K3 K4 A1 A2 A3 C1'.split(
        ' ',
      ),
    );
  });

  it('can ask every safety question about somebody else', () => {
    for (const question of content.questions.filter((item) => item.stage === 'safetyCheck')) {
      expect(question.askAbout, question.id).toBeDefined();
      expect(question.askAbout, question.id).not.toBe(question.ask);
    }
  });

  it('has gates G1 to G11, each with a hazard', () => {
    for (let n = 1; n <= 11; n += 1)
      expect(content.gate(`G${n}`)?.hazards.length, `G${n}`).toBeGreaterThan(0);
  });

  it('has the seven national outcomes, and a route for each of them that is not a lost call', () => {
    expect(content.outcomes.map((outcome) => outcome.code)).toEqual(outcomeCodes);
    const reachable = new Set(content.routes.flatMap((route) => route.outcomes));
    for (const code of outcomeCodes) if (code !== '01') expect(reachable, code).toContain(code);
  });

  it('names, for each gate that is a property of the program, a test that exists', () => {
    for (const gate of content.gates) {
      if (gate.shownBy === undefined) continue;
      const [file = '', title = ''] = gate.shownBy.split(': ');
      expect(existsSync(file), `${gate.id}: ${file}`).toBe(true);
      expect(readFileSync(file, 'utf8'), gate.id).toContain(`'${title}'`);
    }
  });

  it('leaves emergency open when everything else is shut', () => {
    for (const gate of content.gates) {
      for (const check of gate.checks) {
        if (check.at.door === 'route') expect(check.at.routes, gate.id).not.toContain('emergency999');
      }
    }
  });
});

describe('a pack with something wrong in it is refused whole, naming the place', () => {
  const cases: readonly [string, (pack: ContentPack) => void, string][] = [
    [
      'a gate on a route that is not there',
      (pack) =>
        first(pack.gates).checks.push({
          at: { door: 'route', routes: ['nowhere'] },
          passIf: { lineLost: true },
          say: 'x',
        }),
      'no route nowhere',
    ],
    [
      'a condition on a question that is not there',
      (pack) =>
        first(pack.gates).checks.push({
          at: { door: 'close' },
          passIf: { not: { answer: 'S99', is: 'yes' } },
          say: 'x',
        }),
      'no question S99',
    ],
    [
      'an answer that stays said to a question that is not there',
      (pack) => pack.landmarks.staysSaid?.push({ of: 'S99', yes: true }),
      'no question S99',
    ],
    [
      'a yes that stays said where there is none',
      (pack) => pack.landmarks.staysSaid?.push({ of: 'O3', yes: true }),
      'has no yes',
    ],
    [
      'a detail that stays said and is not among the options',
      (pack) => pack.landmarks.staysSaid?.push({ of: 'O1', fields: { who: ['nobody'] } }),
      'field who has no option nobody',
    ],
    [
      'an age that stays said where no age is asked',
      (pack) => pack.landmarks.staysSaid?.push({ of: 'O2', age: true }),
      'is not where the age is',
    ],
    [
      'a field that the question does not have',
      (pack) =>
        first(pack.routes).pointsTo.push({ when: { field: 'colour', of: 'S1', is: ['x'] }, say: 'x' }),
      'S1 has no field colour',
    ],
    [
      'an option that the field does not have',
      (pack) =>
        first(pack.routes).pointsTo.push({ when: { field: 'kind', of: 'S1', is: ['maybe'] }, say: 'x' }),
      'no option maybe',
    ],
    ['a gate without its hazard', (pack) => (first(pack.gates).hazards = ['H99']), 'no hazard H99'],
    ['an id used twice', (pack) => pack.questions.push(first(pack.questions)), 'O1 appears twice'],
    ['a missing outcome', (pack) => pack.outcomes.pop(), 'no outcome 98'],
    [
      'a landmark that points nowhere',
      (pack) => (pack.landmarks.number = { question: 'O2', field: 'fax' }),
      'landmarks.number',
    ],
    [
      'an age band without years',
      (pack) => delete pack.landmarks.age.bands['under13'],
      'band under13 has no years',
    ],
    [
      'an approved pack that nobody approved',
      (pack) => (pack.manifest.status = 'approved'),
      'names who approved it',
    ],
    [
      'a gate with neither check nor test',
      (pack) => (first(pack.gates).checks = []),
      'neither a check nor a test',
    ],
  ];
  it.each(cases)('%s', (_name, spoil, message) => {
    expect(faults(spoil).join('\n')).toContain(message);
  });

  it('junk instead of a pack', () => {
    for (const junk of [null, 7, 'pack', [], {}, { manifest: {} }]) {
      const loaded = loadContent(junk);
      expect(loaded.ok).toBe(false);
      if (!loaded.ok) expect(first(loaded.error).code).toBe('content.malformed');
    }
  });

  it('a condition outside the vocabulary', () => {
    const pack = copy() as unknown as { gates: { checks: unknown[] }[] };
    first(pack.gates).checks.push({ at: { door: 'close' }, passIf: { eval: '1 + 1' }, say: 'x' });
    const loaded = loadContent(pack);
    expect(loaded.ok ? '' : first(loaded.error).field).toContain('gates');
  });
});
