import { type Content, type Question } from '../../content/schema.ts';
import { type Happening } from '../../events/event.ts';
import { type Fact } from '../script/caller-sheet.ts';
import { type TrainingScript } from '../script/schema.ts';

type Recorded = Extract<Happening, { type: 'answer.recorded' }>['data'];

/**
 * What somebody records of a question who knows these facts. A question that the ledger says nothing of is “no”, or is
 * given without values; one whose facts were not heard is not known.
 */
export function recordedAnswer(
  script: TrainingScript,
  content: Content,
  question: Question,
  knows: (fact: Fact) => boolean,
): Recorded {
  const facts = script.facts.filter((fact) => fact.question === question.id);
  const known = facts.filter(knows);
  const saidBy = script.caller.about === 'self' ? 'person' : 'caller';
  const usual = question.kind === 'yesNo' ? 'no' : 'given';
  const state = facts.length === 0 ? usual : (known[0]?.answer ?? 'notKnown');
  const fields = {
    ...(state === 'given' || state === 'yes' ? fromSheet(script, content, question.id) : {}),
    ...Object.assign({}, ...known.map((fact) => fact.fields ?? {})),
  };
  return {
    question: question.id,
    state,
    saidBy,
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
  };
}

/** What anybody knows of the caller after a word or two. */
function fromSheet({ caller }: TrainingScript, content: Content, question: string): Record<string, string> {
  const { aboutWhom, age, name } = content.landmarks;
  return {
    ...(question === aboutWhom.question ? { [aboutWhom.field]: caller.about } : {}),
    ...(question === age.question && caller.age !== undefined ? { [age.years]: String(caller.age) } : {}),
    ...(question === name.question && caller.about === 'self' ? { [name.field]: caller.name } : {}),
  };
}
