import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { replay, NOT_NOW, step, whyNot } from '../../../shared/call/replay.ts';
import {
  happening,
  type Happening,
  type HappeningType,
  happeningTypes,
} from '../../../shared/events/event.ts';
import { stages } from '../../../shared/events/vocabulary.ts';
import { streamId } from '../../../shared/ids.ts';
import { sources } from '../../support/sources.ts';
import {
  adult,
  answer,
  answered,
  callOn,
  choose,
  clinician,
  close,
  consulted,
  content,
  offered,
  quietSafetyCheck,
} from '../../support/call-builder.ts';

// Bad input: whatever the machine does not take at a point of a call, the handler is told in plain sentences what would
// have to come first. Every type of event is tried at every standing of every region.

const nowhere = { stream: streamId.parse(v7()), seq: 99 };
const by = { name: 'Sam Okafor', role: 'adviser' };
const at = Date.UTC(2026, 10, 20, 19);

/** At least one of each type; a new type does not compile without one. */
const tries: { readonly [T in HappeningType]: readonly Extract<Happening, { type: T }>['data'][] } = {
  'call.offered': [{ channel: 'phone', source: 'handler' }],
  'call.fromPaper': [{ takenBy: by, shiftFrom: at, shiftTo: at + 1000 }],
  'entry.timed': [{ target: nowhere, originalAt: at, writtenBy: by }],
  'call.answered': [{}],
  'call.resumed': [{ lastEventAt: at }],
  'line.confirmed': [{}],
  'emergency.contactConfirmed': [{ by: 'Paramedic Lou' }],
  'call.adapted': [{ channel: 'text', manner: 'open' }],
  'stage.entered': stages.map((stage) => ({ stage })),
  'call.closed': [{ outcome: '02' }, { outcome: '06' }, { outcome: '01' }],
  'call.reopened': [{ by, reason: 'Nobody has them.' }],
  'task.opened': [{ kind: 'followUp', what: 'Ring', owner: 'Sam', dueAt: at }],
  'task.closed': [{ task: nowhere, how: 'done', words: 'Rang.' }],
  'answer.recorded': [{ question: 'S1', state: 'no', saidBy: 'person' }],
  'note.added': [{ text: 'Crying.' }],
  'entry.struck': [{ target: nowhere, reason: 'Another call.' }],
  'plan.recorded': [{ heading: 'ifWorse', text: '999.' }],
  'safeguarding.recorded': [{ about: 'Nia', concern: 'yes', action: 'Told.', by }],
  'copy.printed': [{ what: 'card', how: 'pdf' }],
  'service.checked': [
    {
      route: 'crhtUrgent',
      name: 'Team',
      fits: { age: 'yes', area: 'yes', hours: 'yes', medical: 'yes' },
      checkedHow: 'rang',
    },
  ],
  'route.chosen': [
    { route: 'adviceOnly', urgency: '3' },
    { route: 'adviceOnly', urgency: '1' },
    { route: 'nowhere', urgency: '1' },
  ],
  'route.withdrawn': [{ reason: 'They changed their mind.' }],
  'gate.overridden': [
    { gate: 'G3', by, reason: 'x' },
    { gate: 'G1', by, reason: 'x' },
    { gate: 'nothing', by: clinician, reason: 'x' },
    { gate: 'L6', by: clinician, reason: 'x' },
  ],
  'consent.recorded': [{ state: 'agreed' }],
  'consent.overridden': [{ ground: 'danger', by, reason: 'x' }],
  'sayBack.recorded': [{ done: true, words: 'x' }],
  'handover.sent': [{ route: 'crhtUrgent', to: 'Team', how: 'phone' }],
  'handover.acknowledged': [{ handover: nowhere, by: 'Priti' }],
  'handover.declined': [
    { handover: nowhere, by: 'Priti', reason: 'Full.', code: '22' },
    { handover: nowhere, by: 'Priti', reason: 'Full.', code: '77' },
  ],
  'handover.chased': [{ handover: nowhere, words: 'Engaged.' }],
  'emergency.raised': [{}],
  'emergency.handedOver': [{ reference: 'A-1' }],
  'emergency.refused': [{ by: 'Control', reason: 'Not now.' }],
  'emergency.stoodDown': [{ by, reason: 'He put it down.' }],
  'line.held': [{}],
  'line.resumed': [{}],
  'line.dropped': [{}],
  'callBack.attempted': [{ result: 'noAnswer' }],
  'callBack.reached': [{}],
  'callBack.decided': [{ by: { name: 'X', role: 'porter' }, decision: 'x' }],
  'consult.requested': [{}],
  'consult.decided': [
    { clinician, decision: 'x' },
    { clinician: by, decision: 'x', agreed: ['adviceOnly'], ruledOut: ['adviceOnly'] },
    { clinician, decision: 'x', agreed: ['nowhere'] },
  ],
};

const allTries = Object.entries(tries).flatMap(([type, list]) =>
  list.map((data) => happening.parse({ type, data })),
);

const raised: Happening = { type: 'emergency.raised', data: {} };
const dropped: Happening = { type: 'line.dropped', data: {} };
const held: Happening = { type: 'line.held', data: {} };
const taken: Happening = { type: 'emergency.handedOver', data: { reference: 'A-1' } };
const stoodDown: Happening = { type: 'emergency.stoodDown', data: { by: clinician, reason: 'Safe.' } };
const tried: Happening = { type: 'callBack.attempted', data: { result: 'noAnswer' } };
const decidedLost: Happening = {
  type: 'callBack.decided',
  data: { by: clinician, decision: 'Police told.' },
};

const adviceChosen = [
  offered,
  answered,
  adult,
  ...quietSafetyCheck,
  ...consulted,
  choose('adviceOnly', '3'),
] as const;

const lost = [offered, answered, adult, ...quietSafetyCheck, dropped, decidedLost, close('01')] as const;

/** Standings of each region, by name.  */
const standings: Readonly<Record<string, readonly Happening[]>> = {
  'nothing yet': [],
  offered: [offered],
  answered: [offered, answered],
  'danger said': [offered, answered, answer('S2', 'yes')],
  'route chosen': adviceChosen,
  'route given up': [...adviceChosen, { type: 'route.withdrawn', data: { reason: 'No.' } }],
  raised: [offered, answered, raised],
  'reference given': [offered, answered, raised, taken],
  'stood down': [offered, answered, raised, stoodDown],
  'on hold': [offered, answered, held],
  'cut off': [offered, answered, dropped],
  'rung back': [offered, answered, dropped, tried],
  'decided, not reached': [offered, answered, dropped, decidedLost],
  'consult asked': [offered, answered, { type: 'consult.requested', data: {} }],
  'consult decided': [offered, answered, ...consulted],
  closed: lost,
};

it.each(Object.entries(standings))('says plainly what it refuses in a call that is: %s', (_name, before) => {
  const make = callOn();
  const { snapshot, refused } = replay(before.map(make), content);
  expect(refused).toEqual([]);
  for (const attempt of allTries) {
    const event = make(attempt);
    const next = step(snapshot, event, content);
    if (next.allowed) continue;
    expect(next.snapshot, 'a refusal changes nothing').toBe(snapshot);
    const sentences = whyNot(snapshot, event, content);
    expect(sentences.length).toBeGreaterThan(0);
    for (const sentence of sentences) expectPlain(sentence, attempt.type);
  }
});

it('finds every type refused somewhere that is not welcome always, and none that is', () => {
  const refusedSomewhere = new Set<string>();
  for (const before of Object.values(standings)) {
    const make = callOn();
    const { snapshot } = replay(before.map(make), content);
    for (const attempt of allTries) if (!snapshot.can(make(attempt))) refusedSomewhere.add(attempt.type);
  }
  const always = [...happeningTypes].filter((type) => !refusedSomewhere.has(type));
  expect(always.toSorted()).toEqual(
    [
      'answer.recorded',
      'call.adapted',
      'call.offered',
      'call.resumed',
      'consent.recorded',
      'consult.requested',
      'copy.printed',
      'emergency.contactConfirmed',
      'entry.struck',
      'line.confirmed',
      'note.added',
      'plan.recorded',
      'safeguarding.recorded',
      'sayBack.recorded',
      'service.checked',
      'task.opened',
    ].toSorted(),
  );
});

it('clears a form only after what was typed was taken', () => {
  const recording = sources().filter(
    ({ path, text }) =>
      path.startsWith('renderer/screens/') && /\brecord\(/.test(text) && text.includes('form.clear('),
  );
  expect(recording.length).toBeGreaterThan(15);
  for (const { path, text } of recording)
    for (const part of text.split(/\bfunction /)) {
      const at = part.search(/\brecord\(/);
      const after = at < 0 ? '' : part.slice(at);
      if (!after.includes('form.clear(')) continue;
      expect(after.slice(0, after.indexOf('form.clear(')), `${path} clears before it looks`).toMatch(
        /\.ok\b/,
      );
    }
});

/** For a person in a call: a whole sentence, no name of our own things, no code. */
function expectPlain(sentence: string, type: string): void {
  expect(sentence).not.toBe(NOT_NOW);
  expect(sentence, type).toMatch(/^[A-Z“].*[.?]$/);
  expect(sentence, type).not.toMatch(
    /\b[a-z]+[A-Z]\w*|\b[a-z]+\.[a-z]+\b|undefined|null|\bevent\b|\bstate\b/,
  );
}
