import fc from 'fast-check';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { callTimes } from '../../../shared/exports/call-times.ts';
import {
  type CodeList,
  codeOn,
  consMechanism,
  responsePriority,
} from '../../../shared/exports/national/code-lists.ts';
import { nationalReturn, tables } from '../../../shared/exports/national/return.ts';
import { nationalRows, type ReportedCall } from '../../../shared/exports/national/rows.ts';
import { shortId } from '../../../shared/exports/national/short-id.ts';
import { personOf } from '../../../shared/exports/person.ts';
import { callId } from '../../../shared/ids.ts';
import { answer, answered, content, offered, run } from '../../support/call-builder.ts';
import { playedCall, scriptNames } from '../../support/played-call.ts';

const reporter = { provider: 'X0X0X', commissioner: 'X9X9X', team: 'line-1' };
const id = (n: number) => callId.parse(`0193${String(n).padStart(4, '0')}-0000-7000-8000-000000000000`);
const calls: readonly ReportedCall[] = scriptNames.map((name, n) => ({
  call: id(n),
  picture: playedCall(name).snapshot.context.picture,
  content,
}));

describe('the national return of every written call', () => {
  it.each(tables)('%s reads as it was agreed', async (table) => {
    const { files, refused } = nationalReturn(calls, reporter);
    expect(refused).toEqual([]);
    await expect(files[table]).toMatchFileSnapshot(`golden/national/${table}.csv`);
  });

  it('has each finished call once: as a referral where a name was given, else as a drop-in contact', () => {
    const finished = calls.filter(({ picture }) => callTimes(picture).closedAt !== undefined);
    expect(finished.length).toBeGreaterThan(20);
    for (const call of finished) {
      const rows = nationalRows(call, reporter);
      if (!rows.ok) throw new Error(rows.error.message);
      const named = personOf(call.picture, content).name !== undefined;
      expect(Object.keys(rows.value).toSorted()).toEqual(
        named ? ['MHS101', 'MHS102', 'MHS105', 'MHS201'] : ['MHS302'],
      );
    }
  });

  it('holds no name, number, place or word of anybody', () => {
    const text = Object.values(nationalReturn(calls, reporter).files).join('\n');
    for (const { picture } of calls) {
      const { name, number, where } = personOf(picture, content);
      for (const known of [name, number, where]) if (known !== undefined) expect(text).not.toContain(known);
    }
  });

  it('leaves out a call that nobody answered, and one that is still open', () => {
    const open = run([offered, answered, answer('N5', 'given', { name: 'Ann Example' })]);
    const offeredOnly = run([offered]);
    for (const { snapshot } of [open, offeredOnly])
      expect(nationalRows({ call: id(1), picture: snapshot.context.picture, content }, reporter)).toEqual({
        ok: true,
        value: {},
      });
  });
});

describe('codes with days', () => {
  it('are refused before their first day, after their last, and when nobody ever listed them', () => {
    expect(codeOn(consMechanism, '03', '2021-09-30')).toEqual({ ok: true, value: '03' });
    expect(codeOn(consMechanism, '03', '2021-10-01')).toMatchObject({
      error: { code: 'national.codeOutOfDate', field: 'ConsMechanismMH' },
    });
    expect(codeOn(responsePriority, '4', '2021-09-30')).toMatchObject({
      error: { code: 'national.codeOutOfDate' },
    });
    expect(codeOn(responsePriority, '5', '2026-11-20')).toMatchObject({
      error: { code: 'national.unknownCode' },
    });
  });

  it('keep a call out of the return whole, and name it', () => {
    const ended = consMechanism.codes.find(({ code }) => code === '02');
    if (ended === undefined) throw new Error('no telephone in the list');
    const list: CodeList = { ...consMechanism, codes: [{ ...ended, until: '2020-01-01' }] };
    expect(codeOn(list, '02', '2026-11-20')).toMatchObject({ ok: false });
  });

  it('stand in the order of urgency, which is not the order of the numbers', () => {
    expect(responsePriority.codes.map(({ code }) => code)).toEqual(['1', '4', '2', '3']);
  });
});

describe('a short id', () => {
  it('is 20 letters and digits, the same for the same call, and another for another', () => {
    const seen = new Set<string>();
    for (let n = 0; n < 20_000; n += 1) seen.add(shortId(callId.parse(v7())));
    expect(seen.size).toBe(20_000);
    expect([...seen].every((made) => /^[0-9A-HJKMNP-TV-Z]{20}$/.test(made))).toBe(true);
    fc.assert(
      fc.property(fc.uuid({ version: 7 }), (uuid) => {
        expect(shortId(callId.parse(uuid))).toBe(shortId(callId.parse(uuid)));
      }),
    );
  });
});
