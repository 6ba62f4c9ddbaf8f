import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDeskLog } from '../../../main/services/log/desk-log.ts';
import { systemClock } from '../../../main/services/node-system.ts';
import { logLine } from '../../../shared/log/line.ts';
import { type HeadlessDesk, openHeadlessDesk } from '../../support/headless-desk.ts';
import { pairedTransport } from '../../support/paired-transport.ts';
import { recordLog } from '../support/logs.ts';
import { tempFolder } from '../support/temp-folder.ts';

const NOTE = 'Maya Okafor, 12 Larch Row TF1 5QP, 07700 900123, says she cannot go on';
const TOKEN = 'eyJhbGciOiJFZERTQSJ9.e30.bWF5YQ';
const PLANTS =
  /maya|okafor|larch|TF1|5QP|07700|900123|cannot go on|priya|raman|eyJhbGci|secret-code|943 ?476/i;

/** A call with everything in it that must not be written down, and frames and links with the same. */
async function call({ desk, main }: HeadlessDesk): Promise<void> {
  const id = desk.takeCall({ source: 'telephony', number: '07700 900123', waitedMs: 9_000 });
  for (const text of [NOTE, `NHS number 943 476 5919`, TOKEN])
    expect(desk.record(id, { type: 'note.added', data: { text } })).toMatchObject({ ok: true });
  // What the machine refuses, and a type that it does not know.
  desk.record(id, { type: 'call.offered', data: { channel: NOTE } } as never);
  desk.record(id, { type: NOTE, data: { [NOTE]: TOKEN } } as never);
  desk.keepDraft(`call:${id}:note`, NOTE);
  main.openLink(`lantern://call?note=${encodeURIComponent(NOTE)}`);
  main.openLink(NOTE);
  const line = pairedTransport();
  main.connect(line.main);
  const frames = [
    NOTE,
    { v: 1, kind: 'call', id: 1, method: NOTE, input: { [NOTE]: 1 } },
    { v: 1, kind: 'call', id: 2, method: 'journal.append', input: { events: [{ [NOTE]: TOKEN }] } },
    { v: 1, kind: 'call', id: 3, method: 'settings.set', input: { theme: NOTE, [NOTE]: TOKEN } },
    { v: 1, kind: 'call', id: 4, method: 'drafts.save', input: { key: NOTE, text: 5 } },
  ];
  const answers: unknown[] = [];
  line.window.onFrame((frame) => void answers.push(frame));
  for (const frame of frames) line.window.send(frame);
  await expect.poll(() => answers).toContainEqual(expect.objectContaining({ id: 4 }));
}

test('no file of the log holds a word of a call, whatever goes wrong around it', async () => {
  const data = join(await tempFolder(), 'priya.raman');
  const profile = join(data, 'desk');
  await mkdir(profile, { recursive: true });
  await writeFile(join(profile, 'config.json'), JSON.stringify({ theme: NOTE, [NOTE]: TOKEN }));
  const terminal = recordLog();
  const log = openDeskLog(profile, terminal, systemClock);
  log.started('0.1.0');
  const options = {
    data,
    hubUrl: 'http://127.0.0.1:1/priya-raman',
    enrolCode: 'secret-code-0123456789',
    log,
  };

  const first = await openHeadlessDesk(options);
  await call(first);
  await first.close();

  // Damage everywhere, with names in it, and a second run over it.
  const journal = join(profile, 'journal');
  for (const stream of (await readdir(journal)).filter((name) => name.includes('-')))
    await appendFile(join(journal, stream, '00000001.log'), `${NOTE}\n${NOTE}`);
  await writeFile(join(journal, 'purged.json'), NOTE);
  await writeFile(join(profile, 'desk.json'), JSON.stringify({ v: 2, desk: NOTE }));
  for (const name of await readdir(join(profile, 'drafts')))
    await appendFile(join(profile, 'drafts', name), `${NOTE}\n`);
  const second = await openHeadlessDesk(options);
  await call(second);
  await second.close();

  // Keys that are gone, then errors that nobody caught.
  await rm(join(profile, 'secret.key'));
  const third = await openHeadlessDesk(options);
  await third.close();
  log.uncaught('program.uncaught', Object.assign(new TypeError(NOTE), { code: NOTE, name: NOTE }));
  log.uncaught('program.rejected', NOTE);
  await log.close();

  const folder = join(profile, 'logs');
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  const lines = texts.join('').trimEnd().split('\n');
  const events = new Set(lines.map((line) => logLine.parse(JSON.parse(line)).event));
  for (const event of [
    'program.started',
    'settings.broken',
    'deepLink.refused',
    'bridge.badInput',
    'journal.repaired',
    'desk.unreadable',
    'drafts.repaired',
    'program.uncaught',
    'program.rejected',
    'program.stopped',
  ])
    expect([...events]).toContain(event);
  expect([...events]).not.toContain('log.unlisted');
  expect(texts.join('')).not.toMatch(PLANTS);
}, 30_000);
