import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { teamRows } from '../../renderer/screens/team/team-rows.ts';
import { callId, deskId, streamId } from '../../shared/ids.ts';
import { type TeamCall, type TeamPage } from '../../shared/sync/team.ts';

const own = deskId.parse('019ab2f0-0000-7000-8000-000000000001');
const other = deskId.parse('019ab2f0-0000-7000-8000-000000000002');
const stream = streamId.parse('019ab2f0-0000-7000-8000-000000000009');
type OwedAt = readonly [since: number, dueAt?: number | undefined];

const id = (n: number) => callId.parse(`019ab2f0-0000-7000-8000-${String(n).padStart(12, '0')}`);
const call = (n: number, desk: TeamCall['desk'], lastAt: number, owed: readonly OwedAt[]): TeamCall => ({
  call: id(n),
  desk,
  deskName: null,
  stage: 'needs',
  beganAt: 1,
  lastAt,
  author: { id: 'a', role: 'adviser' },
  owed: owed.map(([since, dueAt], at) => ({
    kind: 'task',
    from: { stream, seq: at + 1 },
    since,
    ...(dueAt === undefined ? {} : { dueAt }),
  })),
});
const page = (calls: TeamCall[]): TeamPage => ({ at: 0, calls, notLookedThrough: 0, isMore: false });
const order = (calls: TeamCall[]) => teamRows(page(calls), own).map((row) => row.call.call);

describe('the team’s calls', () => {
  it('are those of other desks and those that were given back, never this desk’s own', () => {
    const calls = [call(1, own, 5, []), call(2, other, 5, []), call(3, null, 6, [])];
    expect(order(calls)).toEqual([id(2), id(3)]);
  });

  it('come by time: owed now and longest first, then by when due, then those longest without a word', () => {
    const calls = [
      call(1, other, 9, []),
      call(2, other, 3, []),
      call(3, other, 9, [[5, 100]]),
      call(4, other, 9, [[8]]),
      call(5, other, 9, [[7]]),
      call(6, other, 9, [
        [5, 300],
        [5, 50],
      ]),
    ];
    expect(order(calls)).toEqual([id(5), id(4), id(6), id(3), id(2), id(1)]);
  });

  it('are narrowed to those in which somebody in one role wrote last, in the same order, and to nobody’s own', () => {
    const by = (n: number, role: TeamCall['author']['role'], desk = other): TeamCall => ({
      ...call(n, desk, 9 - n, []),
      author: { id: 'a', role },
    });
    const calls = [by(1, 'adviser'), by(2, 'clinician'), by(3, 'adviser'), by(4, 'adviser', own)];
    const shown = (role?: TeamCall['author']['role']) =>
      teamRows(page(calls), own, role).map((row) => row.call.call);
    expect(shown()).toEqual([id(3), id(2), id(1)]);
    expect(shown('adviser')).toEqual([id(3), id(1)]);
    expect(shown('clinician')).toEqual([id(2)]);
    expect(shown('supervisor')).toEqual([]);
  });

  it('come in the same order whatever order the hub lists them in', () => {
    const owed = fc.array(fc.tuple(fc.nat(9), fc.option(fc.nat(9), { nil: undefined })), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), owed), { maxLength: 8 }), (given) => {
        const calls = given.map(([lastAt, list], n) => call(n + 1, other, lastAt, list));
        expect(order(calls.toReversed())).toEqual(order(calls));
      }),
    );
  });
});
