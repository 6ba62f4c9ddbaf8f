import { describe, expect, it } from 'vitest';
import { lightAnnouncement, lightWords } from '../../renderer/screens/wording/light-words.ts';
import { type HubState } from '../../shared/bridge/contract.ts';

const now = Date.UTC(2026, 10, 20, 14, 7);
const here: HubState = { reach: 'reachable', since: now - 60_000 };
const away: HubState = { reach: 'away', since: now - 11 * 60_000 };

describe('the words of the save light', () => {
  it('says hub, receipt number and time only for a stored receipt', () => {
    expect(lightWords({ kind: 'safe', receipt: 2114, at: now }, here, now)).toEqual({
      title: 'Safe at hub',
      detail: 'receipt 2,114 · 14:07',
      tone: 'safe',
    });
  });

  it('says how long the hub has been away and how many wait', () => {
    const words = lightWords({ kind: 'onThisPc', waiting: 42 }, away, now);
    expect(`${words.title} · ${words.detail}`).toBe('On this PC · hub away 11 min · 42 waiting');
  });

  it('does not call the hub away while it is not known to be', () => {
    expect(lightWords({ kind: 'onThisPc', waiting: 3 }, here, now).detail).toBe(
      'on the way to the hub · 3 waiting',
    );
    expect(lightWords({ kind: 'empty' }, { reach: 'unknown', since: now }, now).detail).toBe(
      'looking for the hub',
    );
  });

  it('is loud about one copy and about none, with the reason', () => {
    const one = lightWords({ kind: 'oneCopy', missing: 'database', why: 'the disk is full' }, here, now);
    expect(one).toMatchObject({ title: 'One copy only', tone: 'loud' });
    expect(one.detail).toContain('the disk is full');
    expect(lightWords({ kind: 'notKept', why: 'both failed' }, here, now)).toMatchObject({
      title: 'Not kept',
      detail: 'both failed',
      tone: 'loud',
    });
  });
});

describe('what a screen reader hears of it', () => {
  it('is silence while typing and keeping pass', () => {
    expect(lightAnnouncement({ kind: 'typing' }, here, 'Safe at hub')).toBe('Safe at hub');
    expect(lightAnnouncement({ kind: 'keeping', waiting: 1 }, here, 'Safe at hub')).toBe('Safe at hub');
    expect(lightAnnouncement({ kind: 'onThisPc', waiting: 1 }, here, 'Safe at hub')).toBe('Safe at hub');
  });

  it('is the same words for every receipt, so that it is said once', () => {
    const first = lightAnnouncement({ kind: 'safe', receipt: 1, at: now }, here, '');
    expect(lightAnnouncement({ kind: 'safe', receipt: 2, at: now }, here, first)).toBe(first);
  });

  it('tells of an outage and of a copy that failed', () => {
    expect(lightAnnouncement({ kind: 'onThisPc', waiting: 1 }, away, '')).toBe(
      'On this PC. The hub is away.',
    );
    expect(lightAnnouncement({ kind: 'notKept', why: 'both failed' }, here, '')).toBe(
      'Not kept. both failed',
    );
  });
});
