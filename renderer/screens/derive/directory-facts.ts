import { answerTo, fieldOf, isUnknown, mannerNow } from '../../../shared/call/facts.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type Adjustment } from '../../../shared/directory/adjustments.ts';
import { type AskFirst } from '../../../shared/directory/ask-first.ts';
import { type Asking, type Known } from '../../../shared/directory/asking.ts';

/**
 * What the call has on record of what services go by. A question that was not asked, or that nobody could answer, is not
 * known and never a no (H18). These ids are the content's; a pack without one of them leaves its fact not known.
 */
export function factsFor(picture: Picture): Asking['facts'] {
  return {
    medicalNeed: medicalNeed(picture),
    intoxicated: state(picture, 'S6'),
    recentHarm: state(picture, 'S1'),
    currentCrisis: currentCrisis(picture),
    psychosis: state(picture, 'S8'),
    underSecondaryCare: state(picture, 'N3') === 'no' ? 'no' : choice(picture, 'N3', 'teamNow'),
    recentCrisisContact: choice(picture, 'N8', 'crisisContact'),
    perinatal: choice(picture, 'N8', 'perinatal'),
    armedForces: choice(picture, 'N8', 'forces'),
    alcoholOrDrugs: choice(picture, 'N8', 'substances'),
  };
}

/** What they said they need; the way they talk says two of them. */
export function adjustmentsFor(picture: Picture): readonly Adjustment[] {
  const { channel } = mannerNow(picture);
  const staff = fieldOf(picture, 'N4', 'staff');
  const needs: readonly (readonly [Adjustment, boolean])[] = [
    ['stepFree', choice(picture, 'N4', 'stepFree') === 'yes'],
    ['interpreter', channel === 'interpreted' || choice(picture, 'N4', 'interpreter') === 'yes'],
    ['textRelay', channel === 'relay' || channel === 'text'],
    ['womanStaff', staff === 'woman'],
    ['manStaff', staff === 'man'],
  ];
  return needs.flatMap(([need, isNeeded]) => (isNeeded ? [need] : []));
}

/** The question that holds each fact; undefined when it was asked and nobody could say: it is not asked again. */
export function questionFor(fact: AskFirst, picture: Picture, { landmarks }: Content): string | undefined {
  const question =
    fact === 'age'
      ? landmarks.age.question
      : fact === 'now'
        ? landmarks.whereNow.question
        : QUESTION_OF[fact];
  const answer = answerTo(picture, question);
  return answer !== undefined && isUnknown(answer.data.state) ? undefined : question;
}
const QUESTION_OF: Readonly<Record<Exclude<AskFirst, 'age' | 'now'>, string>> = {
  home: 'N6',
  gp: 'N6',
  medicalNeed: 'S1',
  recentHarm: 'S1',
  currentCrisis: 'S3',
  intoxicated: 'S6',
  psychosis: 'S8',
  underSecondaryCare: 'N3',
  recentCrisisContact: 'N8',
  perinatal: 'N8',
  armedForces: 'N8',
  alcoholOrDrugs: 'N8',
};

function state(picture: Picture, question: string): Known {
  const said = answerTo(picture, question)?.data.state;
  return said === 'yes' || said === 'no' ? said : 'notKnown';
}

function choice(picture: Picture, question: string, field: string): Known {
  const said = fieldOf(picture, question, field);
  return said === 'yes' || said === 'no' ? said : 'notKnown';
}

/** Nothing taken and no injury is no medical need; care that is needed is one; the rest nobody knows. */
function medicalNeed(picture: Picture): Known {
  if (choice(picture, 'S1', 'needsCare') === 'yes') return 'yes';
  return state(picture, 'S1') === 'no' ? 'no' : 'notKnown';
}

/** Danger at this moment, or that they may act today, is one; none and no such thoughts is none; the rest nobody knows. */
function currentCrisis(picture: Picture): Known {
  if (state(picture, 'S2') === 'yes' || state(picture, 'S4b') === 'yes') return 'yes';
  return state(picture, 'S2') === 'no' && state(picture, 'S3') === 'no' ? 'no' : 'notKnown';
}
