import { whenOf } from '../../call/paper.ts';
import { chosenRoute } from '../../call/facts.ts';
import { lastOf, type Picture } from '../../call/picture.ts';
import { type Content, type Receiver } from '../../content/schema.ts';
import { type Problem } from '../../problem.ts';
import { err, ok, type Result } from '../../result.ts';
import { type UtcMs } from '../../time.ts';
import { dayAndTime } from '../london.ts';
import { nameAndAge, personOf } from '../person.ts';
import { lineText, type SbarSection } from '../sbar/model.ts';
import { sbar } from '../sbar/sbar.ts';
import { quoted } from '../words.ts';

/** A letter to the person's practice about a call that is over. */
export interface GpLetter {
  readonly about: string;
  readonly written: string;
  readonly spoke: string;
  readonly from: string;
  /** What the practice is asked to do, or that nothing is asked. */
  readonly ask: string;
  readonly keptBack?: string;
  readonly sections: readonly SbarSection[];
  readonly leftOut: readonly string[];
}

/** The route whose receiver is the person's practice, in the shipped content. */
const GP = 'gp';

/**
 * Tells the practice what was said and agreed, whichever route was chosen: what content lists for a GP, every unknown
 * as unknown, safeguarding first. Refused while consent does not allow it (G9). `made` is when it is written.
 */
export function gpLetter(
  picture: Picture,
  content: Content,
  sender: { readonly service: string },
  made: UtcMs,
): Result<GpLetter, Problem> {
  const card = sbar(picture, content, GP);
  if (card.sharing.state === 'notShared')
    return err({ code: 'export.notShared', field: 'consent', message: card.sharing.say });
  const spoke = lastOf(picture, 'call.answered');
  const route = chosenRoute(picture)?.data.route;
  const isForGp = route === GP;
  const asked = content.receiver(route ?? '');
  return ok({
    about: nameAndAge(personOf(picture, content)),
    written: dayAndTime(made),
    spoke: spoke === undefined ? 'not known' : dayAndTime(whenOf(picture, spoke)),
    from: sender.service,
    ask: isForGp
      ? (content.receiver(GP)?.ask ?? 'Read what was agreed below.')
      : 'This is for your record: nothing is asked of you.',
    ...(card.sharing.keptBack === undefined ? {} : { keptBack: card.sharing.keptBack }),
    sections: isForGp ? card.sections : card.sections.map((section) => forTheRecord(section, asked)),
    leftOut: card.leftOut,
  });
}

/** What is asked of whoever has the person is not asked of the practice too. */
function forTheRecord(section: SbarSection, asked: Receiver | undefined): SbarSection {
  if (section.id !== 'response') return section;
  const lines = section.lines.filter(({ text }) => text !== asked?.ask && text !== asked?.ifNoContact);
  return { ...section, title: 'What was agreed, and who has them', lines };
}

/** The letter as plain text. */
export function gpLetterText(letter: GpLetter): string {
  const sections = letter.sections.map(({ title, lines }) =>
    [title, ...lines.map((line) => `  ${line.label}: ${lineText(line)}`)].join('\n'),
  );
  return [
    `From: ${letter.from}\nTo: the practice of ${letter.about}\nWritten: ${letter.written}`,
    `Dear colleague,\n\nThe person named above, or somebody about them, spoke with us on ${letter.spoke}.\n${letter.ask}`,
    ...(letter.keptBack === undefined ? [] : [`What they said about sharing: ${quoted(letter.keptBack)}`]),
    ...sections,
    ...(letter.leftOut.length === 0
      ? []
      : [`Recorded, and not in this letter: ${letter.leftOut.join(', ')}.`]),
    'An answer that is missing here was not given: it is not a no.',
  ]
    .join('\n\n')
    .concat('\n');
}
