import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CallSnapshot } from '../../../shared/call/machine.ts';
import { conversationOf, startCall, step } from '../../../shared/call/replay.ts';
import { lastOf } from '../../../shared/call/picture.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { type OutcomeCode } from '../../../shared/events/vocabulary.ts';
import {
  type CallScript,
  happeningOf,
  type Place,
  readScript,
  type Step,
  stepsUntil,
} from '../../simulate/script.ts';
import { answered, callOn, content, offered } from '../../support/call-builder.ts';

/** The numbers of domain.md 10.5. A vignette without a script is a gap in the evidence. */
const VIGNETTES = [1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 13, 14, 15, 17, 18, 19, 21, 22, 24, 25, 27, 29, 31, 32];

const folder = join(import.meta.dirname, '../../simulate/scripts');
const scripts = readdirSync(folder).map((file): CallScript => {
  const script = readScript(join(folder, file));
  if (!script.ok) throw new Error(`${file}: ${script.error.field}: ${script.error.message}`);
  return script.value;
});

it('has a written call for every vignette, each with its trap', () => {
  expect(scripts.flatMap((script) => script.vignette ?? []).toSorted((a, b) => a - b)).toEqual(VIGNETTES);
  expect(scripts.filter((script) => script.trap === undefined || script.traps === undefined)).toEqual([]);
});

describe.each(scripts)('vignette $vignette: $title', (script) => {
  const { trap = 'none written', traps = [], alsoAcceptable = [] } = script;

  it(`ends as written without one refusal; no way into the trap: ${trap}`, () => {
    expectEnding(play(answeredCall(), script.steps), script.endsWith);

    for (const { wrong, after, try: attempt, refused, allowedWith } of traps) {
      const before = play(at(script, after), attempt.slice(0, -1).map(recorded), wrong);
      const last = attempt.at(-1);
      if (last === undefined) throw new Error('a trap tries at least one thing');
      const next = step(before, make(last), content);
      expect(next.allowed ? 'ALLOWED' : next.why, wrong).toContain(refused);
      if (allowedWith === undefined) continue;
      expect(allowedWith.some(namesSomebody), `${wrong} Nobody is named.`).toBe(true);
      play(before, [...allowedWith, last].map(recorded), wrong);
    }

    for (const { title, after, steps, endsWith } of alsoAcceptable)
      expectEnding(play(at(script, after), steps, title), endsWith, title);
  });
});

/** Snapshots are values: going on from one twice is two calls. */
const make = callOn();

function answeredCall(): CallSnapshot {
  return play(startCall(content), [offered, answered].map(recorded));
}

function at(script: CallScript, place: Place): CallSnapshot {
  return play(answeredCall(), stepsUntil(script, place) ?? []);
}

const recorded = (happening: Happening): Step => ({ record: happening });

/** Goes on from a call by these steps; a refusal fails the test. The hub has no part in it. */
function play(from: CallSnapshot, steps: readonly Step[], why = ''): CallSnapshot {
  return steps.reduce((snapshot, item) => {
    if ('hub' in item) return snapshot;
    const happening = happeningOf(item, lastOf(snapshot.context.picture, 'handover.sent'));
    const next = step(snapshot, make(happening), content);
    expect(next.allowed ? '' : `${why} ${happening.type}: ${next.why}`).toBe('');
    return next.snapshot;
  }, from);
}

function expectEnding(snapshot: CallSnapshot, outcome: OutcomeCode, title = ''): void {
  expect(conversationOf(snapshot), title).toBe('closed');
  expect(lastOf(snapshot.context.picture, 'call.closed')?.data.outcome, title).toBe(outcome);
}

/** Whether this is a decision with somebody's name against it. */
function namesSomebody({ data }: Happening): boolean {
  return ('by' in data && typeof data.by === 'object') || 'clinician' in data || 'owner' in data;
}
