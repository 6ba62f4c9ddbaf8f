import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { type Printing } from '../../main/ports/printing.ts';
import { ok } from '../../shared/result.ts';
import { cohortCsv, cohortOf } from '../../shared/training/cohort.ts';
import { debriefCsv } from '../../shared/training/debrief/csv.ts';
import { debriefOf } from '../../shared/training/debrief/debrief.ts';
import { xapiStatements } from '../../shared/training/debrief/xapi.ts';
import { PRACTICE_HEAD, practiceName, TRAINING_MARK } from '../../shared/training/mark.ts';
import { attemptBy } from '../shared/training/support/attempts.ts';
import { smallScript } from '../shared/training/support/small-script.ts';
import { content } from '../support/call-builder.ts';
import { ROOT, sources } from '../support/sources.ts';
import { practiceDesk } from './support/practice-desk.ts';

/**
 * Design decision 9, "watermark on every print and export". First that these are all the doors there are, so that a new one
 * fails here until somebody has said how it is marked; then each door, with its mark in practice and without it on a live desk.
 * What Chromium draws on paper and calls its downloads is in `test/e2e/training.e2e.ts`.
 */
const DOORS =
  /createObjectURL|window\.print\(|clipboard\.write|'host\.(?:print|save)'|showSaveDialog|printToPDF/;
const KNOWN: Readonly<Record<string, string>> = {
  'main/hosts/electron/print.ts': 'the host: names come marked from practice-printing.ts',
  'main/services/print-handlers.ts': 'the one way to the host’s printing',
  'main/services/training/room.ts': 'names the two methods in a type',
  'renderer/call/host-files.ts': 'the window’s way there',
  'renderer/components/download-text.ts': 'every download',
  'renderer/screens/hand-over/delivery.tsx': 'a link to a receiver’s page: practice has no receivers',
  'renderer/screens/outage/pack-paper.tsx': 'the downtime pack on paper',
  'renderer/screens/print/print-bar.tsx': 'card, record and letter on paper',
  'renderer/screens/training/debrief/debrief-page.tsx': 'a debrief on paper',
  'shared/bridge/contract.ts': 'the contract',
};

const code = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
const windowFiles = sources().filter(({ path }) => /^(main|renderer|shared)\//.test(path));
const textOf = (path: string): string => windowFiles.find((file) => file.path === path)?.text ?? '';

test('these are all the ways on which anything leaves a window', () => {
  const found = windowFiles.filter(({ text }) => DOORS.test(code(text))).map(({ path }) => path);
  expect(found.toSorted()).toEqual(Object.keys(KNOWN));
});

describe('by the host: paper, PDF and files', () => {
  const recorder = (): { printing: Printing; names: string[] } => {
    const names: string[] = [];
    const take = (name: string) => Promise.resolve(ok({ done: names.push(name) > 0 }));
    return { names, printing: { toPrinter: () => take('(printer)'), toPdf: take, toFile: take } };
  };

  test('each window of the training world prints itself, under a name that begins with the mark', async () => {
    const [own, beside] = [recorder(), recorder()];
    const desk = await practiceDesk(undefined, { printing: own.printing, trainerPrinting: beside.printing });
    await desk.trainee.call('host.print', { how: 'pdf', title: 'Lantern card 1 May 2026' });
    await desk.trainee.call('host.save', { name: 'hand-over.json', text: '{}' });
    await desk.trainer.call('host.print', { how: 'pdf', title: 'TRAINING debrief' });
    await desk.trainer.call('host.print', { how: 'printer', title: 'debrief' });
    expect(own.names).toEqual(['TRAINING Lantern card 1 May 2026', 'TRAINING hand-over.json']);
    expect(beside.names).toEqual(['TRAINING debrief', '(printer)']);
  });

  test('where the page prints by itself, neither window is given another’s paper', async () => {
    const { trainee, trainer } = await practiceDesk();
    const print = { how: 'printer', title: 'x' } as const;
    expect(await trainee.call('host.print', print)).toMatchObject({ error: { code: 'print.unsupported' } });
    expect(await trainer.call('host.print', print)).toMatchObject({
      error: { code: 'training.traineeOnly' },
    });
  });

  test('a live desk’s host knows no mark: only the training composition puts it on', () => {
    const naming = windowFiles.filter(({ text }) => /practicePrinting\b/.test(text)).map(({ path }) => path);
    expect(naming.toSorted()).toEqual([
      'main/compose-training.ts',
      'main/services/training/practice-printing.ts',
    ]);
  });
});

describe('by the page: downloads and paper', () => {
  test('a name is marked once, however often it passes', () => {
    expect(practiceName('a.csv')).toBe('TRAINING a.csv');
    expect(practiceName(practiceName('a.csv'))).toBe('TRAINING a.csv');
  });

  test('every download goes through the one function that looks at the world', () => {
    expect(textOf('renderer/components/download-text.ts')).toContain("dataset['world'] === 'training'");
    expect(windowFiles.filter(({ text }) => /\.download = /.test(text)).map(({ path }) => path)).toEqual([
      'renderer/components/download-text.ts',
    ]);
  });

  test('card, record, letter and pack have the mark in their own text in practice, and only there', () => {
    expect(PRACTICE_HEAD).toContain(TRAINING_MARK);
    for (const path of ['renderer/screens/print/print-view.tsx', 'renderer/screens/outage/pack-paper.tsx'])
      expect(textOf(path), path).toMatch(/(?:kind === 'training'|isTraining) \? PRACTICE_HEAD : ''/);
  });

  test('a practice call becomes no FHIR file: it is for nobody’s system (G10)', () => {
    expect(textOf('renderer/screens/print/print-bar.tsx')).toMatch(
      /\{isTraining \? null : \(\s*<button[^>]*saveFhir/,
    );
  });

  test('the style puts the mark on every screen and page of the training world, and on none of the live one', () => {
    const folder = join(ROOT, 'renderer/styles');
    const styles = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const marks = styles.flatMap((text) =>
      [...text.matchAll(/([^{}]+)\{[^{}]*content: 'TRAINING/g)].map(([, selector = '']) => selector.trim()),
    );
    expect(marks).toHaveLength(3);
    for (const selector of marks) expect(selector).toMatch(/^\[data-world='training'\] (?:body|dialog)::/);
  });
});

describe('what is in the files', () => {
  test('every row of a table and every statement has the mark', async () => {
    const attempt = await attemptBy([{ ask: ['O3', 'S3'] }], smallScript());
    const debrief = debriefOf(attempt, content);
    const rows = [debriefCsv(debrief), cohortCsv(cohortOf([attempt], () => content))].flatMap((table) =>
      table.trimEnd().split('\r\n').slice(1),
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(row).toContain('TRAINING, NOT A REAL CALL');
    for (const statement of xapiStatements(attempt, debrief, { next: () => v7() }))
      expect(statement.context.platform).toContain(TRAINING_MARK);
  });

  test('no export of a live desk has it', () => {
    const folder = join(ROOT, 'test/shared/exports/golden');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.length).toBeGreaterThan(5);
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toContain(TRAINING_MARK);
    const live = windowFiles.filter(
      ({ path, text }) => path.startsWith('shared/exports/') && /training\/mark/.test(text),
    );
    expect(live.map(({ path }) => path)).toEqual([]);
  });
});
