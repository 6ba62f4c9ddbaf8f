import { expect, it } from 'vitest';
import { begunQuestions, halfTyped } from '../../renderer/screens/derive/half-typed.ts';

const CALL = '01a2123b-274b-7000-8000-000000000001';
const OTHER = '01a2123b-274b-7000-8000-000000000002';

it('lists calls with words that no entry has, newest first, and leaves out codes, times and places', () => {
  const drafts = [
    { key: `${CALL}:S1:words`, text: 'She said that she', at: 10 },
    { key: `${CALL}:note`, text: 'by the weir', at: 30 },
    { key: `${CALL}:S1:state`, text: 'yes', at: 90 },
    { key: `${CALL}:paper:time`, text: '24/11 19:00', at: 90 },
    { key: `${CALL}:finder:place`, text: 'Tide Street', at: 90 },
    { key: `${OTHER}:plan:ifWorse:text`, text: 'ring 999 and', at: 40 },
  ];
  expect(halfTyped(drafts)).toEqual([
    { call: OTHER, boxes: 1, at: 40 },
    { call: CALL, boxes: 2, at: 30 },
  ]);
});

it('names the questions whose answer was begun and left, and not those where only its source was looked at', () => {
  const draft = (key: string, text = 'x') => ({ key, text, at: 1 });
  const drafts = [
    draft(`${CALL}:S2:words`),
    draft(`${CALL}:S1:state`, 'yes'),
    draft(`${CALL}:O2:f.number`),
    draft(`${CALL}:S3:saidBy`, 'caller'),
    draft(`${CALL}:note`),
    draft(`${OTHER}:S4:words`),
  ];
  expect(begunQuestions(drafts, CALL, ['O1', 'O2', 'S1', 'S2', 'S3', 'S4'])).toEqual(['O2', 'S1', 'S2']);
});
