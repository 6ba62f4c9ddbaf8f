import { describe, expect, it } from 'vitest';
import { channel, manner, outcomeCodes, urgencyCodes } from '../../shared/events/vocabulary.ts';
import { content } from '../support/call-builder.ts';
import { callers } from './callers.ts';
import { endingsOf } from './endings.ts';
import { refusals } from './refusals.ts';
import { endingRows, pairsOf, titleOf } from './table.ts';
import { walk } from './walk.ts';
import { writtenCalls } from './written.ts';

const endings = endingsOf(content);
const pairs = pairsOf(content);
const written = writtenCalls();

describe('every caller with every ending', () => {
  it.each(pairs.map((pair) => [titleOf(pair.caller, pair.ending), pair] as const))(
    '%s',
    (_title, { caller, ending, refusal }) => {
      for (const code of ending.codes) {
        const { urgency, outcome } = code;
        const chosen = urgency === undefined || ending.atOnce ? {} : { urgency };
        const right = { closed: outcome, ...chosen };
        const plain = walk(content, caller, ending, code, false);
        if (refusal === undefined) expect(plain).toEqual(right);
        else {
          expect('refused' in plain ? plain.refused : 'it closed').toContain(refusal.says);
          expect(walk(content, caller, ending, code, true)).toEqual(right);
        }
      }
    },
  );
});

describe('the table is whole', () => {
  it('has every kind of caller, channel, way of talking and age band that the content and the log know', () => {
    const who = content.question('O1')?.fields?.find(({ id }) => id === 'who')?.options ?? [];
    const said = callers.flatMap(({ opening }) =>
      opening.flatMap((item) =>
        item.type === 'answer.recorded' && item.data.question === 'O1' ? [item.data.fields?.['who']] : [],
      ),
    );
    for (const { code } of who) expect(said, code).toContain(code);
    for (const one of channel.options) expect(callers.map((caller) => caller.channel)).toContain(one);
    for (const one of manner.options)
      expect(
        callers.map((caller) => caller.manner ?? 'open'),
        one,
      ).toContain(one);
    const ages = callers.flatMap(({ known }) =>
      known.flatMap((item) =>
        item.type === 'answer.recorded' ? Number(item.data.fields?.['age'] ?? Number.NaN) : [],
      ),
    );
    const bands = Object.values(content.landmarks.age.bands).filter(([youngest]) => youngest < 65);
    for (const [youngest, oldest] of bands)
      expect(
        ages.some((age) => age >= youngest && age <= oldest),
        `${youngest}`,
      ).toBe(true);
  });

  it('has every route of the content, and every national outcome and urgency', () => {
    expect(endings.map(({ id }) => id)).toEqual(expect.arrayContaining(content.routes.map(({ id }) => id)));
    const codes = endings.flatMap((ending) => ending.codes);
    expect(new Set(codes.map(({ outcome }) => outcome))).toEqual(new Set(outcomeCodes));
    expect(new Set(codes.flatMap(({ urgency }) => urgency ?? []))).toEqual(new Set(urgencyCodes));
    for (const { source, id } of endings) expect(source, id).not.toBe('');
  });

  it('gives each refusal for pairs that there are, and has a gate on every ending but 999’s own door', () => {
    const known = [callers, endings].map((list) => list.map(({ id }) => id));
    for (const { callers: who, endings: what } of refusals) {
      expect(known[0]).toEqual(expect.arrayContaining([...who]));
      expect(known[1]).toEqual(expect.arrayContaining([...what]));
    }
    for (const { ending, gates } of endingRows(content, written))
      expect(gates.length, ending.id).toBeGreaterThan(0);
  });

  it('has a written call for every kind of caller and every ending', () => {
    const shown = new Set(written.flatMap((call) => call.callers));
    expect(callers.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
    const ended = new Set(written.map(({ ending }) => ending));
    expect(endings.map(({ id }) => id).filter((id) => !ended.has(id))).toEqual([]);
  });

  it('asks each receiver’s needs of questions that the receiver is told', () => {
    for (const route of content.routes) {
      const told = content.receiver(route.id)?.facts;
      if (told === undefined) continue;
      for (const need of route.needs)
        if (typeof need !== 'string')
          for (const id of need.from) expect([...told, 'N5', 'O2'], `${route.id}: ${need.say}`).toContain(id);
    }
  });
});
