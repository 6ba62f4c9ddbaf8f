import { consentNow } from '../../call/facts.ts';
import { compareEvents, lastOf, type Picture } from '../../call/picture.ts';
import { eventTime } from '../event-time.ts';
import { groundTitles, type SaidBy } from '../words.ts';
import { type Sharing } from './model.ts';

/**
 * What consent allows now (G9). A refusal is respected until somebody named overrides it on a ground, and that
 * counts for the refusal it followed: a newer word on sharing is asked about again. Not asked is not agreed.
 */
export function sharingOf(picture: Picture): Sharing {
  const consent = consentNow(picture);
  const override = lastOf(picture, 'consent.overridden');
  const keptBack = consent?.data.words === undefined ? {} : { keptBack: consent.data.words };
  if (consent?.data.state === 'agreed') {
    return {
      state: 'agreed',
      say: `${agreedBy(consent.data.saidBy)}, ${eventTime(picture, consent)}.`,
      ...keptBack,
    };
  }
  if (override !== undefined && (consent === undefined || compareEvents(consent, override) < 0)) {
    const { by, ground, reason } = override.data;
    const say = `Shared without their agreement: ${groundTitles[ground]}. Decided by ${by.name}, ${by.role}, ${eventTime(picture, override)}: ${reason}`;
    return { state: 'overridden', say, ...keptBack };
  }
  const why = {
    refused: 'They refused to share this.',
    notAsked: 'They were not asked about sharing this.',
    couldNotAsk: 'They could not be asked about sharing this.',
    none: 'They have not been asked about sharing this.',
  }[consent?.data.state ?? 'none'];
  return {
    state: 'notShared',
    say: `${why} Nothing they said goes to anybody yet: ask, or record who decided to override and on what ground.`,
    ...keptBack,
  };
}

/** Somebody else's yes is not the person's: whose it was is told. */
function agreedBy(by: SaidBy = 'person'): string {
  if (by === 'person') return 'They agreed to share this';
  const who = { caller: 'The caller', professional: 'A professional', handler: 'Somebody with them' }[by];
  return `${who} agreed to share this for them; their own word is not on record`;
}
