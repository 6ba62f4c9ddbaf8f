import { expect, it } from 'vitest';
import { type Happening } from '../../shared/events/event.ts';
import { callRecord } from '../../shared/exports/record/record.ts';
import { recordText } from '../../shared/exports/record/text.ts';
import { sbar } from '../../shared/exports/sbar/sbar.ts';
import {
  adult,
  answer,
  answered,
  choose,
  content,
  offered,
  quietSafetyCheck,
  run,
} from '../support/call-builder.ts';

// "They agreed to share this" was told of a person whose daughter had said yes for them.

const agreed = (by?: 'person' | 'caller' | 'professional'): Happening => ({
  type: 'consent.recorded',
  data: { state: 'agreed', ...(by === undefined ? {} : { saidBy: by }) },
});
const about = answer('O1', 'given', { who: 'someoneElse', relation: 'daughter' });
const pictureWith = (consent: Happening) =>
  run([offered, answered, about, ...quietSafetyCheck, adult, choose('careTeam', '3'), consent]).snapshot
    .context.picture;

it('tells the receiver on whose word somebody’s facts are shared (H68)', () => {
  const said = (by?: 'person' | 'caller' | 'professional'): string =>
    sbar(pictureWith(agreed(by)), content).sharing.say;
  expect(said('person')).toContain('They agreed to share this');
  expect(said()).toContain('They agreed to share this');
  expect(said('caller')).toContain(
    'The caller agreed to share this for them; their own word is not on record',
  );
  expect(said('professional')).toContain('A professional agreed to share this for them');
});

const recordOf = (consent: Happening): string => {
  const picture = pictureWith(consent);
  const events = Object.values(picture.byType).flat();
  return recordText(callRecord(events, picture, content));
};

it('keeps whose word it was in the record (H68)', () => {
  expect(recordOf(agreed('caller'))).toContain('Agreed to share · reported by the caller');
  expect(recordOf(agreed())).toContain('Agreed to share');
});
