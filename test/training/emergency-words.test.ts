import { describe, expect, test } from 'vitest';
import { type Loud, loudest } from '../../renderer/screens/derive/loud.ts';
import { personOf } from '../../renderer/screens/derive/person.ts';
import { emergencyWords } from '../../renderer/screens/wording/emergency-words.ts';
import { type Happening } from '../../shared/events/event.ts';
import { practiceWords } from '../../shared/training/words.ts';
import { answered, content, offered, run } from '../support/call-builder.ts';
import { sources } from '../support/sources.ts';

const NOW = Date.UTC(2026, 10, 20, 20, 0);
const raised: Happening = { type: 'emergency.raised', data: {} };
const late: Happening = {
  type: 'emergency.handedOver',
  data: { reference: 'A-1', expectedBy: NOW - 60_000 },
};
const loudIn = (kind: string, ...happenings: readonly Happening[]): Loud | undefined => {
  const { picture } = run([offered, answered, ...happenings]).snapshot.context;
  const hub = { reach: 'reachable', since: NOW } as const;
  return loudest(picture, personOf(picture, content), hub, NOW, emergencyWords({ kind }));
};

describe('an emergency in practice', () => {
  test('says that it is practice and which number is pretended, and sends nobody to a telephone', () => {
    for (const { sentence } of [loudIn('training', raised), loudIn('training', raised, late)].flatMap(
      (one) => one ?? [],
    )) {
      expect(sentence).toMatch(/^Practice: ring nobody\. Say aloud that you ring (?:999|control)/);
    }
    for (const sentence of [practiceWords.raised, practiceWords.broken, practiceWords.sayIt])
      expect(sentence).toMatch(/ring nobody|Nobody is on the line/i);
  });

  test('keeps what to do when somebody in the room is really in danger: stop, and the real number', () => {
    expect(practiceWords.real).toMatch(/really in danger.*F1 or the stop word.*ring 999/);
    expect(practiceWords.broken).toMatch(/really in danger, ring 999/);
    expect(emergencyWords({ kind: 'training' }).real).toBe(practiceWords.real);
  });

  test('changes nothing on a desk that takes real calls', () => {
    for (const kind of ['live', 'development']) {
      expect(loudIn(kind, raised)?.sentence).toBe(
        'Ring 999 on the second line, then put the reference here.',
      );
      expect(Object.values(emergencyWords({ kind })).join(' ')).not.toMatch(/practice/i);
    }
  });

  test('no screen of a call says by itself to ring the number: each asks which world it is in', () => {
    // Before a desk is there nobody can be in a call, and a real danger is all that there can be.
    const before = ['renderer/screens/leave/sign-in.tsx', 'renderer/screens/start/starting.tsx'];
    const saying = sources().filter(
      ({ path, text }) =>
        path.startsWith('renderer/') && /ring 999/i.test(text) && !text.includes('emergencyWords'),
    );
    expect(saying.map(({ path }) => path).toSorted()).toEqual(before);
  });
});
