import { type Content } from '../../content/schema.ts';
import { type QuestionField } from '../../content/schema.ts';
import { type Ending } from '../script/assessment.ts';
import { type Fact } from '../script/caller-sheet.ts';
import { lineLists, type TrainingScript } from '../script/schema.ts';
import { msOf } from '../script/values.ts';
import { error, type Finding, type ScriptPath, warning } from './finding.ts';
import { circles, momentFindings, momentsOf } from './moments.ts';
import { numberFindings } from './numbers.ts';
import { suggest } from './suggest.ts';

/** What has to hold between the parts of a script, and between it and the clinical content. Its shape was read before. */
export function lint(script: TrainingScript, content: Content): readonly Finding[] {
  return [
    ...idFindings(script),
    ...momentsOf(script).flatMap((item) => momentFindings(item, script, content)),
    ...circles(script),
    ...lineFindings(script, content),
    ...factFindings(script, content),
    ...serviceFindings(script, content),
    ...endingFindings(script, content),
    ...expectationFindings(script),
    ...rubricFindings(script, content),
    ...numberFindings(script),
  ];
}

type Placed = readonly [ScriptPath, string];

/** Ids that are looked up together are there once. */
function idFindings(script: TrainingScript): readonly Finding[] {
  const placed = (name: string, list: readonly { readonly id: string }[] = []): readonly Placed[] =>
    list.map(({ id }, at): Placed => [[name, at, 'id'], id]);
  const spaces: readonly (readonly Placed[])[] = [
    [
      ...lineLists.flatMap((list) => placed(list, script[list])),
      ...placed('events', script.events),
      ...placed('injects', script.injects),
    ],
    placed('facts', script.facts),
    placed('localServices', script.localServices),
    [
      ...script.endings.expected.map(({ id }, at): Placed => [['endings', 'expected', at, 'id'], id]),
      ...(script.endings.acceptable ?? []).map(({ id }, at): Placed => [
        ['endings', 'acceptable', at, 'id'],
        id,
      ]),
    ],
    placed('expectations', script.expectations),
    placed('criticalFails', script.criticalFails),
    placed('rubric', script.rubric),
  ];
  return spaces.flatMap((space) => {
    const seen = new Set<string>();
    return space.flatMap(([path, id]) => {
      if (seen.has(id)) return [error(path, `The id ${id} is there twice.`)];
      seen.add(id);
      return [];
    });
  });
}

function unknownQuestion(path: ScriptPath, id: string | undefined, content: Content): readonly Finding[] {
  if (id === undefined || content.question(id) !== undefined) return [];
  const known = content.questions.map((item) => item.id);
  return [unknown(path, 'question', id, known)];
}

function unknownRoute(path: ScriptPath, id: string | undefined, content: Content): readonly Finding[] {
  if (id === undefined || content.route(id) !== undefined) return [];
  const known = content.routes.map((item) => item.id);
  return [unknown(path, 'route', id, known)];
}

function unknown(path: ScriptPath, what: string, id: string, known: readonly string[]): Finding {
  const meant = suggest(id, known);
  const where = meant === undefined ? ' The page names.md has them all.' : '';
  return error(path, `There is no ${what} ${id}.${where}`, meant);
}

function lineFindings(script: TrainingScript, content: Content): readonly Finding[] {
  const facts = script.facts.map(({ id }) => id);
  return lineLists.flatMap((list) =>
    (script[list] ?? []).flatMap((line, at) => [
      ...('question' in line ? unknownQuestion([list, at, 'question'], line.question, content) : []),
      ...(line.reveals ?? []).flatMap((id, index) =>
        facts.includes(id)
          ? []
          : [error([list, at, 'reveals', index], `There is no fact ${id}.`, suggest(id, facts))],
      ),
    ]),
  );
}

function factFindings(script: TrainingScript, content: Content): readonly Finding[] {
  const revealed = new Set(
    lineLists.flatMap((list) => (script[list] ?? []).flatMap((line) => line.reveals ?? [])),
  );
  const answers = new Map<string, Fact['answer']>();
  return [
    ...(script.directQuestion === undefined
      ? []
      : unknownQuestion(['directQuestion'], script.directQuestion, content)),
    ...script.facts.flatMap((item, at): readonly Finding[] => {
      const path: ScriptPath = ['facts', at];
      const before = answers.get(item.question);
      answers.set(item.question, before ?? item.answer);
      return [
        ...unknownQuestion([...path, 'question'], item.question, content),
        ...answerFindings(item, path, content),
        ...(before !== undefined && before !== item.answer
          ? [
              error(
                [...path, 'answer'],
                `Another fact has ${item.question} as ${before}. A question has one answer.`,
              ),
            ]
          : []),
        ...(revealed.has(item.id)
          ? []
          : [warning([...path, 'id'], `No line reveals ${item.id}: nobody can find it out.`)]),
      ];
    }),
  ];
}

const UNKNOWN = ['notKnown', 'declined', 'couldNotAsk'];

function answerFindings(item: Fact, path: ScriptPath, content: Content): readonly Finding[] {
  const question = content.question(item.question);
  if (question === undefined) return [];
  const takes = question.kind === 'yesNo' ? ['yes', 'no'] : question.kind === 'value' ? ['given'] : [];
  if (takes.length === 0)
    return [
      error([...path, 'question'], `${item.question} is not kept as an answer, so no fact belongs to it.`),
    ];
  const wrong = ![...takes, ...UNKNOWN].includes(item.answer);
  const fields = new Map((question.fields ?? []).map((field) => [field.id, field]));
  return [
    ...(wrong
      ? [error([...path, 'answer'], `${item.question} takes ${[...takes, ...UNKNOWN].join(', ')}.`)]
      : []),
    ...Object.entries(item.fields ?? {}).flatMap(([id, value]) =>
      fieldFindings(fields.get(id), id, value, [...path, 'fields', id], item.question, [...fields.keys()]),
    ),
  ];
}

function fieldFindings(
  field: QuestionField | undefined,
  id: string,
  value: string,
  path: ScriptPath,
  question: string,
  known: readonly string[],
): readonly Finding[] {
  if (field === undefined) return [error(path, `${question} has no field ${id}.`, suggest(id, known))];
  const codes = field.options?.map(({ code }) => code);
  if (codes === undefined || codes.includes(value)) return [];
  return [error(path, `${id} of ${question} is one of ${codes.join(', ')}.`, suggest(value, codes))];
}

function serviceFindings(script: TrainingScript, content: Content): readonly Finding[] {
  const services = (script.localServices ?? []).map(({ id }) => id);
  return [
    ...(script.localServices ?? []).flatMap((item, at) =>
      unknownRoute(['localServices', at, 'route'], item.route, content),
    ),
    ...(script.injects ?? []).flatMap(({ service }, at) =>
      service === undefined || services.includes(service)
        ? []
        : [
            error(
              ['injects', at, 'service'],
              `There is no local service ${service}.`,
              suggest(service, services),
            ),
          ],
    ),
  ];
}

function endingFindings(script: TrainingScript, content: Content): readonly Finding[] {
  const each = (list: readonly Ending[] = [], name: string): readonly Finding[] =>
    list.flatMap(({ route: id, urgency, outcome }, at) => {
      const path: ScriptPath = ['endings', name, at];
      const route = id === undefined ? undefined : content.route(id);
      if (route === undefined) return unknownRoute([...path, 'route'], id, content);
      return [
        ...(route.outcomes.includes(outcome)
          ? []
          : [error([...path, 'outcome'], `${route.id} is closed with ${route.outcomes.join(' or ')}.`)]),
        ...(urgency === undefined || route.urgencies.includes(urgency)
          ? []
          : [error([...path, 'urgency'], `${route.id} is offered with ${route.urgencies.join(' or ')}.`)]),
      ];
    });
  return [...each(script.endings.expected, 'expected'), ...each(script.endings.acceptable, 'acceptable')];
}

function expectationFindings(script: TrainingScript): readonly Finding[] {
  return script.expectations.flatMap(({ by, notBefore }, at) =>
    by !== undefined && notBefore !== undefined && msOf(by) < msOf(notBefore)
      ? [error(['expectations', at, 'by'], `${by} is earlier than ${notBefore}: nobody can meet this.`)]
      : [],
  );
}

const rubricFindings = (script: TrainingScript, content: Content): readonly Finding[] =>
  script.rubric.flatMap(({ question }, at) => unknownQuestion(['rubric', at, 'question'], question, content));
