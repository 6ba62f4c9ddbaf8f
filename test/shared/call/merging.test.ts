import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addEvent, EMPTY_PICTURE, eventsOf, lastOf, type Picture } from '../../../shared/call/picture.ts';
import { owedIn } from '../../../shared/call/work.ts';
import { replay, startCall, step } from '../../../shared/call/replay.ts';
import { contentByVersion } from '../../../shared/content/packs.ts';
import { type CallEvent, envelope, type Happening, understand } from '../../../shared/events/event.ts';
import { options, stopsAt } from '../../../shared/gates/doors.ts';
import { happeningOf, readScript } from '../../simulate/script.ts';
import { answered, callOn, content, offered } from '../../support/call-builder.ts';

const logs = join(import.meta.dirname, 'logs');
const scripts = join(import.meta.dirname, '../../simulate/scripts');

const stored = readdirSync(logs).map((file) => ({
  file,
  events: z
    .array(envelope)
    .parse(JSON.parse(readFileSync(join(logs, file), 'utf8')))
    .map((item): CallEvent => {
      const known = understand(item);
      if (!known.ok) throw new Error(`${file}: ${item.type}`);
      return known.value;
    }),
}));

/** A written call on two desks: which of them writes each event comes from `desks`; a desk's numbers are its own. */
function onTwoDesks(name: string, desks: readonly boolean[]): readonly CallEvent[] {
  const script = readScript(join(scripts, name));
  if (!script.ok) throw new Error(script.error.message);
  const call = v7();
  const startAt = Date.UTC(2026, 10, 20, 19, 30);
  const makers = [callOn(v7(), { call }), callOn(v7(), { call })];
  const written: CallEvent[] = [];
  const write = (happening: Happening): void => {
    const make = makers[desks[written.length % desks.length] === true ? 1 : 0];
    if (make !== undefined) written.push({ ...make(happening), at: startAt + written.length * 1000 });
  };
  for (const happening of [offered, answered]) write(happening);
  for (const item of script.value.steps) {
    if (!('hub' in item))
      write(
        happeningOf(
          item,
          written.findLast((event) => event.type === 'handover.sent'),
        ),
      );
  }
  return written;
}

/** Any order in which the hub may hand out two streams: each in its own order, one event from either at a time. */
function interleaved(events: readonly CallEvent[], turns: readonly boolean[]): readonly CallEvent[] {
  const [first] = events;
  const queues = [
    events.filter((event) => event.stream === first?.stream),
    events.filter((event) => event.stream !== first?.stream),
  ];
  const out: CallEvent[] = [];
  for (let turn = 0; out.length < events.length; turn += 1) {
    const wanted = turns[turn % turns.length] === true ? 1 : 0;
    const next = queues[wanted]?.shift() ?? queues[1 - wanted]?.shift();
    if (next !== undefined) out.push(next);
  }
  return out;
}

const pictureOf = (events: readonly CallEvent[]): Picture => events.reduce(addEvent, EMPTY_PICTURE);
/** What a desk shows and holds: every route's doors, the way to the end, what is owed. */
const seen = (picture: Picture): unknown => [
  options(picture, content).map(({ route, pointsTo, pointsAway, stops }) => [
    route.id,
    pointsTo,
    pointsAway,
    stops.map(({ gate, say, verdict }) => [gate.id, say, verdict]),
  ]),
  stopsAt({ door: 'close', outcome: '04' }, picture, content).map(({ say }) => say),
  owedIn(picture),
];
const turns = fc.array(fc.boolean(), { minLength: 2, maxLength: 40 });

describe('two desks in one call', () => {
  it('see one picture, and the same doors, in whatever order the hub hands their streams out', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...readdirSync(scripts)),
        turns,
        turns,
        turns,
        (name, desks, left, right) => {
          const events = onTwoDesks(name, desks);
          const whole = pictureOf(events);
          for (const order of [left, right]) {
            const merged = pictureOf(interleaved(events, order));
            expect(merged).toEqual(whole);
            expect(seen(merged)).toEqual(seen(whole));
          }
        },
      ),
      { numRuns: 60, verbose: 1 },
    );
  });

  it('see it at every moment between: the same events, however far each stream has come', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...readdirSync(scripts)),
        turns,
        turns,
        fc.nat(80),
        (name, desks, order, at) => {
          const here = interleaved(onTwoDesks(name, desks), order).slice(0, at);
          const there = here.toReversed();
          expect(pictureOf(there)).toEqual(pictureOf(here));
        },
      ),
      { numRuns: 60, verbose: 1 },
    );
  });
});

describe('any log up to any event', () => {
  it.each(stored)('$file replays without a refusal, and goes on from there to the same end', ({ events }) => {
    const pack = contentByVersion(events[0]?.content ?? '');
    if (pack === undefined) throw new Error('its content is gone');
    const end = replay(events, pack).snapshot;
    fc.assert(
      fc.property(fc.nat(events.length), (at) => {
        const begun = replay(JSON.parse(JSON.stringify(events.slice(0, at))) as CallEvent[], pack);
        expect(begun.refused).toEqual([]);
        const rest = events.slice(at).reduce((snapshot, event) => {
          const next = step(snapshot, event, pack);
          expect(next.allowed).toBe(true);
          return next.snapshot;
        }, begun.snapshot);
        expect(rest.value).toEqual(end.value);
        expect(rest.context).toEqual(end.context);
      }),
      { numRuns: 12, verbose: 1 },
    );
  });

  it('holds what was recorded last: nothing is lost between the log and the picture', () => {
    for (const { events } of stored) {
      const pack = contentByVersion(events[0]?.content ?? '');
      if (pack === undefined) continue;
      const { picture } = replay(events, pack).snapshot.context;
      expect(picture.count).toBe(events.length);
      expect(lastOf(picture, 'call.closed')).toEqual(events.at(-1));
      expect(eventsOf(picture, 'answer.recorded')).toHaveLength(
        events.filter(({ type }) => type === 'answer.recorded').length,
      );
    }
    expect(startCall(content).context.picture.count).toBe(0);
  });
});
