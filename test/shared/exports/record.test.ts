import { describe, expect, it } from 'vitest';
import { refOf } from '../../../shared/call/picture.ts';
import { replay } from '../../../shared/call/replay.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { callRecord } from '../../../shared/exports/record/record.ts';
import { recordText } from '../../../shared/exports/record/text.ts';
import { answer, answered, callOn, content, offered } from '../../support/call-builder.ts';
import { playedCall, scriptNames } from '../../support/played-call.ts';

const ids = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

describe('the record of every vignette', () => {
  it.each(scriptNames)('%s has a line for each event, as it was agreed', async (name) => {
    const { events, snapshot } = playedCall(name);
    const record = callRecord(events, snapshot.context.picture, content);
    expect(record.lines).toHaveLength(events.length);
    await expect(recordText(record).replaceAll(ids, 'ID')).toMatchFileSnapshot(`golden/record/${name}.txt`);
  });
});

describe('what was struck through', () => {
  it('stays readable, with who struck it and why, and does not count any more', () => {
    const make = callOn();
    const before = [offered, answered, answer('S1', 'yes', undefined, 'tablets')].map(make);
    const target = before[2];
    if (target === undefined) throw new Error('no answer to strike');
    const strike: Happening = {
      type: 'entry.struck',
      data: { target: refOf(target), reason: 'said by her sister' },
    };
    const events = [...before, make(strike)];
    const { picture } = replay(events, content).snapshot.context;
    const { lines } = callRecord(events, picture, content);
    expect(lines[2]).toMatchObject({ answer: 'yes', says: expect.stringContaining('“tablets”') });
    expect(lines[2]?.struck).toContain('said by her sister');
    expect(lines[3]).toMatchObject({ what: 'Line 3 struck through', says: 'said by her sister' });
  });
});

it('says what was printed, by whom and when, and that a browser does not tell what came of it', () => {
  const make = callOn();
  const printed: readonly Happening[] = [
    { type: 'copy.printed', data: { what: 'card', how: 'dialogue' } },
    { type: 'copy.printed', data: { what: 'record', how: 'pdf' } },
  ];
  const events = [offered, answered, ...printed].map(make);
  const { snapshot, refused } = replay(events, content);
  expect(refused).toEqual([]);
  const { lines } = callRecord(events, snapshot.context.picture, content);
  expect(lines.slice(2).map(({ time, by, what, says }) => [time, by, what, says])).toEqual([
    ['19:30', 'adviser handler-1', 'Printed', 'hand-over card · the print dialogue was opened'],
    ['19:30', 'adviser handler-1', 'Printed', 'the whole record · kept as a PDF'],
  ]);
});
