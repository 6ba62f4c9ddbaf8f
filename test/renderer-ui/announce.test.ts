import { describe, expect, it } from 'vitest';
import { announcement, type Heard } from '../../renderer/screens/derive/announce.ts';

const quiet: Heard = { loud: undefined, routesOpen: false };
const dropped: Heard = {
  loud: { kind: 'dropped', title: 'Call dropped', sentence: 'Ring back now.' },
  routesOpen: false,
};
const sent: Heard = {
  loud: { kind: 'handover', title: 'Sent, not yet acknowledged', sentence: 'They have not said so.' },
  routesOpen: true,
};
const chase: Heard = {
  loud: { kind: 'handover', title: 'Chase now: nobody has this person', sentence: 'Ring them again.' },
  routesOpen: true,
};

describe('what is said aloud in a call', () => {
  it('is each loud thing once, when it begins and when its time has come', () => {
    expect(announcement(quiet, dropped)).toBe('Call dropped. Ring back now.');
    expect(announcement(dropped, dropped)).toBe('');
    expect(announcement(sent, chase)).toBe('Chase now: nobody has this person. Ring them again.');
    expect(announcement(chase, chase)).toBe('');
    expect(announcement(undefined, dropped)).toBe('Call dropped. Ring back now.');
  });

  it('is a gate that opened or shut, and not how a call was found', () => {
    expect(announcement(undefined, { ...quiet, routesOpen: true })).toBe('');
    expect(announcement(quiet, { ...quiet, routesOpen: true })).toContain('Nothing stands before');
    expect(announcement({ ...quiet, routesOpen: true }, quiet)).toContain('stands before most routes again');
  });

  it('is never an outage: the save light says that one', () => {
    const outage: Heard = { loud: { kind: 'outage', title: 'Hub away', sentence: '' }, routesOpen: false };
    expect(announcement(quiet, outage)).toBe('');
  });
});
