import { describe, expect, it } from 'vitest';
import { beforeRoute } from '../../renderer/screens/derive/before-route.ts';
import { gatesForClinician, mendOf } from '../../renderer/screens/derive/endings.ts';
import { loudest } from '../../renderer/screens/derive/loud.ts';
import { optionsKeeper } from '../../renderer/screens/derive/route-options.ts';
import { personOf } from '../../renderer/screens/derive/person.ts';
import { type HubState } from '../../shared/bridge/contract.ts';
import { type Picture } from '../../shared/call/picture.ts';
import { replay, step } from '../../shared/call/replay.ts';
import { type CallEvent, type Happening } from '../../shared/events/event.ts';
import { sbar } from '../../shared/exports/sbar/sbar.ts';
import { options, stopsAt } from '../../shared/gates/doors.ts';
import {
  answer,
  answered,
  callOn,
  choose,
  content,
  fits,
  offered,
  quietSafetyCheck,
} from '../support/call-builder.ts';

function pictureOf(...happenings: readonly Happening[]): Picture {
  const call = callOn();
  return replay([offered, answered, ...happenings].map(call), content).snapshot.context.picture;
}
const away: HubState = { reach: 'away', since: 1 };
const loud = (picture: Picture, hub: HubState = away) =>
  loudest(picture, personOf(picture, content), hub, Date.UTC(2026, 10, 20, 19, 31));

describe('one loud thing at a time', () => {
  const raised: Happening = { type: 'emergency.raised', data: {} };
  const dropped: Happening = { type: 'line.dropped', data: {} };
  it('puts the emergency before the dropped call before the outage', () => {
    expect(loud(pictureOf(raised, dropped))?.kind).toBe('emergency');
    expect(loud(pictureOf(dropped))?.kind).toBe('dropped');
    expect(loud(pictureOf())?.kind).toBe('outage');
    expect(loud(pictureOf(), { reach: 'reachable', since: 1 })).toBeUndefined();
  });

  it('stays loud when control said no, and is quiet once somebody is with them', () => {
    const refused: Happening = { type: 'emergency.refused', data: { by: 'control', reason: 'no crew' } };
    expect(loud(pictureOf(raised, refused))?.kind).toBe('emergency');
    const taken: Happening = { type: 'emergency.handedOver', data: { reference: 'C1' } };
    const there: Happening = { type: 'emergency.contactConfirmed', data: { by: 'Paramedic Lou' } };
    expect(loud(pictureOf(raised, taken))?.kind).toBe('contact');
    expect(loud(pictureOf(raised, taken, there))?.kind).toBe('outage');
  });

  it('does not tell anybody to ring a number that is not safe', () => {
    const number = answer('O2', 'given', { number: '07700 900142', safeToRing: 'no' });
    const said = loud(pictureOf(number, dropped))?.sentence ?? '';
    expect(said).not.toContain('07700');
  });
});

describe('what stands before a route', () => {
  const before = (picture: Picture) => beforeRoute(options(picture, content), picture, content);
  it('is the questions alone while they were not put', () => {
    const { unasked, stops } = before(pictureOf());
    expect(unasked.map((question) => question.id)).toContain('S1');
    expect(stops).toEqual([]);
  });

  it('names the consult once intent and means are on record', () => {
    const picture = pictureOf(answer('S3', 'yes'), answer('S4a', 'yes'), answer('S4b', 'yes'));
    expect(before(picture).stops.map((stop) => stop.gate.id)).toEqual(['G4']);
  });

  it('names a gate that stays shut because of an answer nobody could give', () => {
    const rest = quietSafetyCheck.filter(
      (item) => item.type !== 'answer.recorded' || item.data.question !== 'S1',
    );
    const { unasked, stops } = before(pictureOf(...rest, answer('S1', 'declined')));
    expect(unasked).toEqual([]);
    expect(stops.map((stop) => stop.gate.id)).toEqual(['G3']);
  });

  it('is nothing after a quiet safety check', () => {
    expect(before(pictureOf(...quietSafetyCheck))).toEqual({ unasked: [], stops: [] });
  });
});

describe('where a stop is put right', () => {
  it('is known for every check of every gate', () => {
    for (const gate of content.gates) {
      for (const check of gate.checks) {
        if (gate.id === 'G6') continue; // in the route's own form
        expect(
          mendOf({ gate, verdict: 'stop', say: check.say, unasked: [] }),
          `${gate.id}: ${check.say}`,
        ).toBeDefined();
      }
    }
  });

  it('leads back to the options where a chosen service has to be looked at again', () => {
    const picture = pictureOf(
      ...quietSafetyCheck,
      answer('N5', 'given', { age: '34' }),
      answer('O3', 'given', { place: 'Northmoor' }),
      fits('crhtUrgent', 'Northmoor crisis team'),
      choose('crhtUrgent', '2'),
      answer('O3', 'given', { place: 'Eastmere' }),
    );
    const stop = stopsAt({ door: 'handOver' }, picture, content).find((item) => item.gate.id === 'G6');
    expect(stop && mendOf(stop, { picture, content })).toEqual({ to: 'stage', stage: 'options' });
  });

  it('offers a clinician only the gates whose content lets a clinician pass them', () => {
    const picture = pictureOf(...quietSafetyCheck, answer('S1', 'yes', { kind: 'taken', when: 'today' }));
    const gates = gatesForClinician(options(picture, content).flatMap((option) => option.stops));
    expect(gates.map((gate) => gate.id)).toEqual(['G3', 'G7']);
  });

  it('sends the missing safeguarding step to its own panel', () => {
    const picture = pictureOf(...quietSafetyCheck, answer('N5', 'given', { age: '13' }));
    const stop = stopsAt({ door: 'close' }, picture, content).find((item) => item.gate.id === 'G5');
    expect(stop === undefined ? undefined : mendOf(stop)).toEqual({ to: 'panel', panel: 'safeguarding' });
  });
});

describe('the card read aloud', () => {
  it('says unknown for what is unknown and for what was not asked, never no', () => {
    const picture = pictureOf(
      answer('S1', 'declined', undefined, 'not yet'),
      answer('S2', 'no'),
      answer('N5', 'declined'),
      { type: 'consent.recorded', data: { state: 'agreed' } },
    );
    const lines = sbar(picture, content).sections.flatMap((section) => section.lines);
    const line = (label: string) => lines.find((item) => item.label === label);
    expect(line('Hurt or taken something')).toMatchObject({
      mark: 'Declined',
      look: 'declined',
      unknown: true,
      words: 'not yet',
    });
    expect(line('Danger at this moment')).toMatchObject({ mark: 'No', unknown: false });
    expect(line('Afraid of somebody')).toMatchObject({ mark: 'Not asked', unknown: true });
    expect(line('Who')).toMatchObject({ mark: 'Declined', look: 'declined', unknown: true });
    expect(line('Ring')).toMatchObject({ mark: 'Not asked', unknown: true });
  });
});

describe('the options kept between events', () => {
  it('are worked out again when a fact changes and not when a note is added', () => {
    const call = callOn();
    const events = [offered, answered, ...quietSafetyCheck].map(call);
    const keep = optionsKeeper(content);
    const at = (list: readonly CallEvent[]) => keep(replay(list, content).snapshot.context.picture);
    let snapshot = replay(events, content).snapshot;
    const first = keep(snapshot.context.picture);
    snapshot = step(snapshot, call({ type: 'note.added', data: { text: 'a note' } }), content).snapshot;
    expect(keep(snapshot.context.picture)).toBe(first);
    snapshot = step(snapshot, call(answer('S1', 'yes', { kind: 'taken' })), content).snapshot;
    expect(keep(snapshot.context.picture)).not.toBe(first);
    expect(keep(snapshot.context.picture)).toEqual(options(snapshot.context.picture, content));
    expect(at(events)).toEqual(first);
  });
});
