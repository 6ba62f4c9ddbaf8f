import { answerTo } from '../../../shared/call/facts.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type Condition, questionsNamed, walk } from '../../../shared/gates/condition.ts';
import { evaluate } from '../../../shared/gates/evaluate.ts';
import { fieldsLine } from './facts-text.ts';
import { type Person, saidWhen } from './person.ts';

/** Each fact that makes the safeguarding step due, with who said it and when. Empty when none is known to. */
export function safeguardingReasons(picture: Picture, content: Content, person: Person): readonly string[] {
  const due = content.landmarks.safeguardingDue;
  const parts = 'any' in due ? due.any : [due];
  return parts
    .filter((part) => evaluate(part, picture, { content }) === true)
    .flatMap((part) => reasonsOf(part, picture, content, person));
}

function reasonsOf(part: Condition, picture: Picture, content: Content, person: Person): readonly string[] {
  const inside = [...walk(part)];
  const young = inside.find((item) => 'ageUnder' in item);
  if (young !== undefined && 'ageUnder' in young) {
    const answer = answerTo(picture, content.landmarks.age.question);
    const said = answer === undefined ? [] : [saidWhen(answer, person.about, picture)];
    return [`they are under ${young.ageUnder} (${[person.age ?? 'age as recorded', ...said].join(', ')})`];
  }
  // What only says when the question is asked at all is no reason.
  const holding = inside.filter((item) => 'answer' in item && evaluate(item, picture, { content }) === true);
  return [...new Set(holding.flatMap(questionsNamed))].flatMap((id) => {
    const answer = answerTo(picture, id);
    const question = content.question(id);
    if (answer === undefined || question === undefined) return [];
    const line = fieldsLine(question, answer);
    const facts = line === '' ? question.short.toLowerCase() : line.charAt(0).toLowerCase() + line.slice(1);
    return [`${facts} (${saidWhen(answer, person.about, picture)})`];
  });
}

/** "not needed" is said only once it is known: until age and who is there are, it is not known to be needed. */
export function safeguardingState(picture: Picture, content: Content): 'due' | 'not needed' | 'not known' {
  const due = evaluate(content.landmarks.safeguardingDue, picture, { content });
  if (due === 'unknown') return 'not known';
  return due ? 'due' : 'not needed';
}
