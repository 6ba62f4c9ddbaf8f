import { describe, expect, it } from 'vitest';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { sbar } from '../../../shared/exports/sbar/sbar.ts';
import { sbarText } from '../../../shared/exports/sbar/text.ts';
import {
  answer,
  answered,
  choose,
  clinician,
  content,
  offered,
  quietSafetyCheck,
  run,
} from '../../support/call-builder.ts';
import { playedCall, scriptNames } from '../../support/played-call.ts';

const pictureOf = (...happenings: readonly Happening[]): Picture =>
  run([offered, answered, ...happenings]).snapshot.context.picture;
const consent = (state: 'agreed' | 'refused', words?: string): Happening => ({
  type: 'consent.recorded',
  data: { state, ...(words === undefined ? {} : { words }) },
});
const agreed = consent('agreed');

describe('the hand-over of every vignette', () => {
  it.each(scriptNames)('%s reads as it was agreed', async (name) => {
    const { snapshot } = playedCall(name);
    await expect(sbarText(sbar(snapshot.context.picture, content))).toMatchFileSnapshot(
      `golden/sbar/${name}.txt`,
    );
  });
});

describe('what a receiver is given', () => {
  const facts = [
    ...quietSafetyCheck,
    answer('O3', 'given', { place: 'Harbour Street' }, 'by the bins'),
    answer('N1', 'given', { why: 'lost my job' }),
  ];
  const labels = (picture: Picture, route?: string) =>
    sbar(picture, content, route).sections.flatMap(({ lines }) => lines.map((line) => line.label));

  it('is what content lists for it, and the rest is named without its content', () => {
    const picture = pictureOf(...facts, agreed);
    expect(labels(picture, 'crhtUrgent')).toContain('Where they are now');
    expect(labels(picture, 'crisisAlternative')).not.toContain('Where they are now');
    const cafe = sbar(picture, content, 'crisisAlternative');
    expect(cafe.leftOut).toContain('Where they are now');
    expect(JSON.stringify(cafe)).not.toContain('Harbour Street');
  });

  it('always has a safety answer of yes and each that is not known, whoever it is', () => {
    const picture = pictureOf(answer('S2', 'no'), answer('S7', 'yes'), answer('S8', 'declined'), agreed);
    for (const { route } of content.receivers) {
      const lines = sbar(picture, content, route).sections.find(({ id }) => id === 'assessment')?.lines ?? [];
      const mark = (label: string) => lines.find((line) => line.label === label)?.mark;
      expect(mark('Afraid of somebody'), route).toBe('Yes');
      expect(mark('Frightening sights, voices, beliefs'), route).toBe('Declined');
      expect(mark('Hurt or taken something'), route).toBe('Not asked');
    }
  });

  it('lists every unknown with its kind, and no "no" among them', () => {
    const picture = pictureOf(
      answer('S1', 'no'),
      answer('S2', 'notKnown'),
      answer('S5', 'couldNotAsk'),
      answer('S6', 'declined'),
      agreed,
    );
    const unknown = sbar(picture, content).sections.find(({ id }) => id === 'unknown')?.lines ?? [];
    const marks = Object.fromEntries(unknown.map(({ label, mark }) => [label, mark]));
    expect(marks).toMatchObject({
      'Danger at this moment': 'Not known',
      'Others there': 'Could not ask',
      'Drink or drugs today': 'Declined',
      'Afraid of somebody': 'Not asked',
    });
    expect(marks).not.toHaveProperty('Hurt or taken something');
  });

  it('has safeguarding first: recorded in full, or due and not done', () => {
    const child = answer('N5', 'given', { name: 'Aisha', age: '13' });
    const due = sbar(pictureOf(child, agreed), content).sections[0];
    expect(due).toMatchObject({ id: 'safeguarding', lines: [{ mark: 'Due, and not yet recorded' }] });
    const recorded: Happening = {
      type: 'safeguarding.recorded',
      data: { about: 'Aisha', concern: 'yes', action: 'Duty social worker told.', by: clinician },
    };
    const done = sbar(pictureOf(child, recorded, agreed), content).sections[0];
    expect(done).toMatchObject({
      id: 'safeguarding',
      lines: [
        {
          mark: 'Concern',
          text: 'Duty social worker told.',
          source: expect.stringContaining('Dr Asha Bell'),
        },
      ],
    });
  });
});

describe('consent (G9)', () => {
  const secret = answer('S3', 'yes', undefined, 'I cannot go on.');
  const where = answer('O3', 'given', { place: 'Leeds station' });
  const facts = [...quietSafetyCheck, where, answer('S4a', 'no'), answer('S4b', 'no')];
  const says = (picture: Picture) => JSON.stringify(sbar(picture, content));

  it.each([
    ['not asked', []],
    ['refused', [consent('refused')]],
    ['refused after agreeing', [agreed, consent('refused')]],
  ] as const)('%s: nothing they said goes in', (_title, consents) => {
    const picture = pictureOf(secret, where, ...consents);
    expect(sbar(picture, content).sharing.state).toBe('notShared');
    expect(says(picture)).not.toContain('I cannot go on.');
    expect(says(picture)).not.toContain('Leeds');
  });

  it('overridden: all goes in, with who decided and on what ground, until they speak of it again', () => {
    const override: Happening = {
      type: 'consent.overridden',
      data: { ground: 'danger', by: clinician, reason: 'Means in the house.' },
    };
    const picture = pictureOf(secret, consent('refused'), override);
    expect(sbar(picture, content).sharing).toMatchObject({ state: 'overridden' });
    expect(sbar(picture, content).sharing.say).toContain('Dr Asha Bell');
    expect(says(picture)).toContain('I cannot go on.');
    const again = pictureOf(secret, consent('refused'), override, consent('refused'));
    expect(says(again)).not.toContain('I cannot go on.');
  });

  it('what they asked to keep back is said to whoever reads the card', () => {
    const picture = pictureOf(...facts, choose('otherLine', '4'), consent('agreed', 'not my mother'));
    expect(sbar(picture, content).sharing.keptBack).toBe('not my mother');
  });
});
