import { describe, expect, it } from 'vitest';
import { mendOf } from '../../renderer/screens/derive/endings.ts';
import { questionsIn, stageMarks } from '../../renderer/screens/derive/guide.ts';
import { aboutAndChannel, personOf, wordingFor } from '../../renderer/screens/derive/person.ts';
import { stopsFor } from '../../renderer/screens/derive/route-options.ts';
import { safeguardingReasons, safeguardingState } from '../../renderer/screens/derive/safeguarding.ts';
import { type Picture } from '../../shared/call/picture.ts';
import { type Happening } from '../../shared/events/event.ts';
import { sbar } from '../../shared/exports/sbar/sbar.ts';
import { options, stopsAt } from '../../shared/gates/doors.ts';
import {
  answer,
  answered,
  choose,
  content,
  offered,
  quietSafetyCheck,
  run,
} from '../support/call-builder.ts';

const pictureOf = (...happenings: readonly Happening[]): Picture =>
  run([offered, answered, ...happenings]).snapshot.context.picture;
const aged = (age: string): Happening => answer('N5', 'given', { age });
const about = (who: string): Happening => answer('O1', 'given', { who });

describe('a professional calling', () => {
  const picture = pictureOf(about('professional'));
  it('is named in the strip and hears questions about the person', () => {
    const person = personOf(picture, content);
    expect(aboutAndChannel(person, picture)).toBe('a professional is calling · phone');
    const question = content.question('S3');
    expect(question === undefined ? '' : wordingFor(question, person)).toBe(question?.askAbout);
  });

  it('takes the short form, and the guide counts that', () => {
    const notes = (at: Picture) =>
      stageMarks(at, content)
        .slice(0, 3)
        .map((mark) => mark.note);
    expect(notes(pictureOf())).toEqual(['0/4', '0/10', '0/8']);
    expect(notes(picture)).toEqual(['1/6', '0/7', '0/4']);
  });
});

describe('a child on the line', () => {
  it('brings its questions in after those already there, so that nothing in hand moves', () => {
    const ids = (at: Picture) => questionsIn('needs', at, content).map((question) => question.id);
    const [before, after] = [ids(pictureOf()), ids(pictureOf(aged('15')))];
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length)).toEqual(['K1', 'K2', 'K3', 'K4']);
    expect(ids(pictureOf(aged('17')))).not.toContain('K3');
  });

  it('says why safeguarding is due: each fact with who said it and when', () => {
    const picture = pictureOf(about('someoneElse'), answer('S5', 'yes', { children: 'yes' }), aged('15'));
    expect(safeguardingReasons(picture, content, personOf(picture, content))).toEqual([
      'they are under 18 (15, said by them 19:30)',
      'children or dependants there: yes (said by them 19:30)',
    ]);
  });

  it('says that fear of somebody is why safeguarding is due, whoever is calling', () => {
    const reason = ['afraid of somebody (said by them 19:30)'];
    for (const who of ['self', 'professional']) {
      const picture = pictureOf(about(who), aged('34'), answer('S5', 'no'), answer('S7', 'yes'));
      expect(safeguardingState(picture, content), who).toBe('due');
      expect(safeguardingReasons(picture, content, personOf(picture, content)), who).toEqual(reason);
    }
    const unasked = pictureOf(about('professional'), aged('34'), answer('S5', 'no'));
    expect(safeguardingState(unasked, content)).toBe('not needed');
  });

  it('shows the way to the safeguarding step where fear of somebody keeps the call from closing', () => {
    const picture = pictureOf(about('self'), aged('34'), answer('S7', 'yes'));
    const stop = stopsAt({ door: 'close' }, picture, content).find((item) => item.gate.id === 'L14');
    expect(stop && mendOf(stop, { picture, content })).toEqual({ to: 'panel', panel: 'safeguarding' });
  });

  it('is "not needed" only once age, who is there and fear of somebody are known', () => {
    expect(safeguardingState(pictureOf(), content)).toBe('not known');
    expect(safeguardingState(pictureOf(aged('34')), content)).toBe('not known');
    expect(safeguardingState(pictureOf(aged('34'), answer('S5', 'declined')), content)).toBe('not known');
    const alone = [aged('34'), answer('S5', 'no')];
    expect(safeguardingState(pictureOf(...alone), content)).toBe('not known');
    expect(safeguardingState(pictureOf(...alone, answer('S7', 'no')), content)).toBe('not needed');
    expect(safeguardingState(pictureOf(answer('S5', 'no'), aged('15')), content)).toBe('due');
  });

  it('asks for the age first where a child’s questions wait for it', () => {
    const way = (...happenings: readonly Happening[]) => {
      const picture = pictureOf(...happenings);
      const stop = stopsAt({ door: 'close' }, picture, content).find((item) => item.unasked.includes('K1'));
      return stop === undefined ? undefined : mendOf(stop, { picture, content });
    };
    expect(way()).toEqual({ to: 'question', question: 'N5' });
    expect(way(aged('15'))).toEqual({ to: 'question', question: 'K1' });
  });
});

describe('a call in which nobody speaks', () => {
  it('shows the way to the named decision, on the page for closing', () => {
    const picture = pictureOf({ type: 'call.adapted', data: { channel: 'phone', manner: 'silent' } });
    const stop = stopsAt({ door: 'close', outcome: '01' }, picture, content).find(
      (item) => item.gate.id === 'L7',
    );
    expect(stop === undefined ? undefined : mendOf(stop)).toEqual({ to: 'here', field: 'decision' });
    const decided: Happening = {
      type: 'callBack.decided',
      data: { by: { name: 'Dr Asha Bell', role: 'clinician' }, decision: 'Police asked.' },
    };
    const after = pictureOf({ type: 'call.adapted', data: { channel: 'phone', manner: 'silent' } }, decided);
    const gates = stopsAt({ door: 'close', outcome: '01' }, after, content).map((item) => item.gate.id);
    expect(gates).not.toContain('L7');
  });
});

describe('a call that ends without a route', () => {
  it('has the plan for "if it gets worse" written where it closes', () => {
    const picture = pictureOf(...quietSafetyCheck);
    const stop = stopsAt({ door: 'close', outcome: '98' }, picture, content).find(
      (item) => item.gate.id === 'L5',
    );
    if (stop === undefined) throw new Error('L5 does not ask for a plan without a route');
    expect(mendOf(stop, { picture, content })).toEqual({ to: 'here', field: 'plan' });
  });
});

describe('going slower than first chosen', () => {
  const withdrawn: Happening = { type: 'route.withdrawn', data: { reason: 'not that one' } };
  const where = answer('O3', 'given', { place: 'Leeds station' });
  const picture = pictureOf(...quietSafetyCheck, where, choose('otherLine', '4'), withdrawn);
  const option = options(picture, content).find((item) => item.route.id === 'otherLine');
  const at = (urgency: string) => {
    if (option === undefined) throw new Error('otherLine is gone from content');
    const { now, later } = stopsFor(option, urgency, picture, content);
    return { now: now.map((stop) => stop.gate.id), later: later.map((stop) => stop.gate.id) };
  };
  it('is stopped by the urgency chosen, below the choice and not above it', () => {
    expect(at('')).toEqual({ now: [], later: [] });
    expect(at('4')).toEqual({ now: [], later: [] });
    expect(at('2')).toEqual({ now: [], later: ['L6'] });
  });
});

describe('every line of the card', () => {
  it('says who said it and when', () => {
    const agreed: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
    const picture = pictureOf(about('someoneElse'), answer('S2', 'no'), agreed);
    const line = sbar(picture, content)
      .sections.flatMap((section) => section.lines)
      .find((item) => item.label === 'Danger at this moment');
    expect(line).toMatchObject({ mark: 'No', look: 'no', source: 'said by them 19:30' });
  });
});
