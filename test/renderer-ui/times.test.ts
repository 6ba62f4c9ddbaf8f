import { describe, expect, it } from 'vitest';
import {
  clockTime,
  dueText,
  elapsedText,
  readTime,
  spanText,
  timeText,
} from '../../renderer/screens/wording/times.ts';

const winter = Date.UTC(2026, 10, 20, 19, 30, 12);
const summer = Date.UTC(2026, 5, 20, 19, 30, 12);

describe('times on screen', () => {
  it('are London time in winter and in summer', () => {
    expect(clockTime(winter)).toBe('19:30');
    expect(clockTime(summer)).toBe('20:30');
  });

  it('carry the day when it is not today', () => {
    expect(timeText(winter, winter + 1000)).toBe('19:30');
    expect(timeText(winter, winter + 86_400_000)).toBe('Fri 20 Nov 19:30');
  });

  it('count up as minutes and seconds, with hours from an hour on, and never below nought', () => {
    expect(elapsedText(0)).toBe('00:00');
    expect(elapsedText(761_999)).toBe('12:41');
    expect(elapsedText(3_600_000 + 61_000)).toBe('1:01:01');
    expect(elapsedText(-5)).toBe('00:00');
  });

  it('say a span without ticking by the second', () => {
    expect(spanText(20_000)).toBe('less than a minute');
    expect(spanText(11 * 60_000 + 59_000)).toBe('11 min');
    expect(spanText(125 * 60_000)).toBe('2 h 5 min');
  });
});

describe('a time as a handler types it', () => {
  it('is the next time the clock shows it, today or tomorrow', () => {
    expect(readTime('19:45', winter)).toBe(Date.UTC(2026, 10, 20, 19, 45));
    expect(readTime('1945', winter)).toBe(Date.UTC(2026, 10, 20, 19, 45));
    expect(readTime('9.05', winter)).toBe(Date.UTC(2026, 10, 21, 9, 5));
    expect(readTime('19:30', winter)).toBe(Date.UTC(2026, 10, 21, 19, 30));
  });

  it('may name a day within the next year', () => {
    expect(readTime('24/11 09:00', winter)).toBe(Date.UTC(2026, 10, 24, 9, 0));
    expect(readTime('1/6 09:00', winter)).toBe(Date.UTC(2027, 5, 1, 8, 0));
  });

  it('is right on both days on which clocks change', () => {
    const beforeSpring = Date.UTC(2026, 2, 28, 23, 30);
    expect(readTime('03:00', beforeSpring)).toBe(Date.UTC(2026, 2, 29, 2, 0));
    const beforeAutumn = Date.UTC(2026, 9, 24, 22, 30);
    expect(readTime('03:00', beforeAutumn)).toBe(Date.UTC(2026, 9, 25, 3, 0));
    expect(readTime('29/3 03:00', Date.UTC(2026, 0, 2, 23, 59))).toBe(Date.UTC(2026, 2, 29, 2, 0));
  });

  it('is nothing when clocks skip it, and nothing when it is no time', () => {
    expect(readTime('29/3 01:30', Date.UTC(2026, 0, 2))).toBeUndefined();
    for (const junk of ['', 'soon', '25:00', '12:60', '32/1 10:00', '1:2:3', '😀'])
      expect(readTime(junk, winter)).toBeUndefined();
  });
});

describe('when something is due', () => {
  const now = Date.UTC(2026, 10, 20, 23, 30);
  it('names the day and how far it is', () => {
    expect(dueText(now + 10 * 60_000, now)).toBe('today 23:40 (in 10 min)');
    expect(dueText(now + 130 * 60_000, now)).toBe('tomorrow 01:40 (in 2 h 10 min)');
    expect(dueText(now - 24 * 60 * 60_000, now)).toBe('yesterday 23:30 (24 h 0 min ago)');
    expect(dueText(now + 8 * 86_400_000, now)).toBe('Sat 28 Nov 23:30 (in 8 days)');
    expect(dueText(now + 20_000, now)).toBe('today 23:30 (now)');
  });

  it('keeps today apart from tomorrow on the days when clocks change', () => {
    // 25 October 2026: 25 hours. 29 March 2026: 23 hours.
    const autumn = Date.UTC(2026, 9, 24, 23, 30);
    expect(dueText(autumn + 24 * 60 * 60_000, autumn)).toBe('today 23:30 (in 24 h 0 min)');
    const spring = Date.UTC(2026, 2, 28, 23, 30);
    expect(dueText(spring + 22.5 * 60 * 60_000, spring)).toBe('tomorrow 23:00 (in 22 h 30 min)');
  });
});
