import { expect, it } from 'vitest';
import { lightAnnouncement, lightWords } from '../../renderer/screens/wording/light-words.ts';
import { type HubState } from '../../shared/bridge/contract.ts';

// While the hub refused a desk (revoked, not enrolled) the save light called its events "on the way to the hub".

const now = Date.UTC(2026, 10, 20, 14, 7);
const here: HubState = { reach: 'reachable', since: now - 60_000 };
const light = { kind: 'onThisPc', waiting: 3 } as const;

it('does not call events on the way while the hub refuses this desk', () => {
  expect(lightWords(light, here, now, true)).toEqual({
    title: 'On this PC',
    detail: 'not taken by the hub now · 3 waiting',
    tone: 'local',
  });
  expect(lightWords(light, here, now, false).detail).toBe('on the way to the hub · 3 waiting');
});

it('is heard as well', () => {
  expect(lightAnnouncement(light, here, '', true)).toBe('On this PC. The hub does not take it now.');
});
