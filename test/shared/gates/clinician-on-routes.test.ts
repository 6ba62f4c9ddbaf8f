import { describe, expect, it } from 'vitest';
import { lastOf, refOf } from '../../../shared/call/picture.ts';
import { machineFor, replay, step } from '../../../shared/call/replay.ts';
import { contentByVersion } from '../../../shared/content/packs.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { NO_ROUTE } from '../../../shared/events/vocabulary.ts';
import {
  adult,
  answer,
  answered,
  callOn,
  choose,
  clinician,
  close,
  content,
  decided,
  fits,
  ifWorse,
  offered,
  quietSafetyCheck,
  refusal,
  run,
  saidBack,
} from '../../support/call-builder.ts';

const asked: Happening = { type: 'consult.requested', data: {} };
const thoughts: readonly Happening[] = [
  offered,
  answered,
  ...quietSafetyCheck,
  answer('S3', 'yes'),
  answer('S4a', 'no'),
  answer('S4b', 'no'),
  adult,
  asked,
];
const wordsOnly: Happening = { type: 'consult.decided', data: { clinician, decision: 'Agreed.' } };

describe('a clinician decides on routes, as a closed list', () => {
  it('opens the routes they agreed to and no other', () => {
    run([...thoughts, decided(['gp']), choose('gp', '3')]);
    expect(refusal([...thoughts, decided(['gp'])], choose('adviceOnly', '3'))).toContain(
      'something that waits',
    );
  });

  it('shuts what they ruled out, even where nothing asked for a clinician (L10)', () => {
    const quiet = [offered, answered, ...quietSafetyCheck, adult, asked];
    const careTeam = choose('careTeam', '3');
    run([...quiet, careTeam]);
    expect(refusal([...quiet, decided(['gp'], ['careTeam'])], careTeam)).toContain('ruled this out');
    // Until they are asked again. The newest word on a route is the one that counts.
    run([...quiet, decided(['gp'], ['careTeam']), asked, decided(['careTeam']), careTeam]);
    expect(refusal([...quiet, decided(['careTeam']), asked, decided([], ['careTeam'])], careTeam)).toContain(
      'ruled this out',
    );
  });

  it('never shuts 999 or A&E: no tick can stand before an ambulance', () => {
    const all = ['emergency999', 'aeLiaison'];
    run([...thoughts, decided(['gp'], all), choose('aeLiaison', '1')]);
    run([...thoughts, decided(['gp'], all), choose('emergency999', '1')]);
  });

  it('ends a call without a route only when that is what they agreed to (L8)', () => {
    const before = [...thoughts, answer('K1', 'no'), saidBack, ifWorse];
    run([...before, decided([NO_ROUTE]), close('98')]);
    expect(refusal([...before, decided(['gp'])], close('98'))).toContain('No route was chosen');
    expect(refusal([...before, decided(['gp'], [NO_ROUTE])], close('98'))).toContain('No route was chosen');
  });

  it('is refused without a route, with one that is not there, and with one both ways', () => {
    expect(refusal(thoughts, wordsOnly)).toContain('Say which routes');
    expect(refusal(thoughts, decided(['spa']))).toContain('There is no such route');
    expect(refusal(thoughts, decided(['gp'], ['gp']))).toContain('either agreed to or ruled out');
  });

  it('counts no longer once something new is said about what it turned on', () => {
    expect(refusal([...thoughts, decided(['gp']), answer('S3', 'declined')], choose('gp', '3'))).toContain(
      'something that waits',
    );
  });

  it('stays words alone in calls of the content before: those logs replay as they were', () => {
    const before = contentByVersion('demonstration-1');
    if (before === undefined) throw new Error('demonstration-1 is gone');
    expect(machineFor(before)).toBeDefined();
    const { refused } = replay([...thoughts, wordsOnly, choose('gp', '3')].map(callOn()), before);
    expect(refused).toEqual([]);
  });
});

describe('a wait of weeks is not the only help tonight (L11)', () => {
  const mark = (trauma: 'yes' | 'no' | 'declined', drink: 'yes' | 'no'): readonly Happening[] => [
    offered,
    answered,
    ...quietSafetyCheck,
    answer('S6', drink),
    adult,
    answer('N7', trauma),
    fits('talkingTherapies', 'Northmoor Talking Therapies'),
    asked,
  ];
  const wait = choose('talkingTherapies', '3');

  it('after something terrible, after drink today, or while either is not known', () => {
    run([...mark('no', 'no'), wait]);
    for (const call of [mark('yes', 'no'), mark('declined', 'no'), mark('no', 'yes')])
      expect(refusal(call, wait)).toContain('A wait of weeks is not enough by itself');
  });

  it('unless a clinician agreed to it in this call; what starts sooner is open', () => {
    run([...mark('yes', 'yes'), decided(['talkingTherapies']), wait]);
    run([...mark('yes', 'yes'), choose('gp', '3')]);
    run([...mark('yes', 'yes'), choose('other', '3')]);
  });
});

describe('A&E for harm that has happened does not wait for the form (G1, G2, G3)', () => {
  const start = [offered, answered];
  const ae = choose('aeLiaison', '1');

  it('opens on something taken, an injury, care needed or danger now, with nothing else asked', () => {
    run([...start, answer('S1', 'yes', { kind: 'taken' }), ae]);
    run([...start, answer('S1', 'yes', { kind: 'injury' }), ae]);
    run([...start, answer('S1', 'yes', { needsCare: 'yes' }), ae]);
    run([...start, answer('S2', 'yes'), ae]);
  });

  it('and nothing slower opens with it', () => {
    const taken = [...start, answer('S1', 'yes', { kind: 'taken' })];
    expect(refusal([...taken, fits('crhtVeryUrgent', 'Northmoor')], choose('crhtVeryUrgent', '4'))).toContain(
      'The safety check is not finished',
    );
  });

  it('without harm or danger on record the safety check comes first, and not knowing is not harm', () => {
    for (const call of [
      start,
      [...start, answer('S1', 'couldNotAsk')],
      [...start, answer('S1', 'no'), answer('S2', 'notKnown')],
    ])
      expect(refusal(call, ae)).toContain('the safety check comes first');
  });

  it('stays open when the harm is taken back, and asks again when it is struck through as never said', () => {
    const harm = answer('S1', 'yes', { kind: 'taken' });
    const agreed: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
    const send: Happening = {
      type: 'handover.sent',
      data: { route: 'aeLiaison', to: 'Liaison', how: 'phone' },
    };
    run([...start, harm, ae, answer('S1', 'no'), agreed, send]);
    const { snapshot, make } = run([...start, harm, ae, agreed]);
    const said = lastOf(snapshot.context.picture, 'answer.recorded');
    if (said === undefined) throw new Error('nothing was said');
    const struck = make({ type: 'entry.struck', data: { target: refOf(said), reason: 'wrong call' } });
    const next = step(step(snapshot, struck, content).snapshot, make(send), content);
    expect(next.allowed ? 'ALLOWED' : next.why).toContain('the safety check comes first');
  });
});
