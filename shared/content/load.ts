import { canonicalJson } from '../canonical.ts';
import { outcomeCodes } from '../events/vocabulary.ts';
import { type Condition, questionsNamed, walk } from '../gates/condition.ts';
import { type Digest, type Sha256Hex } from '../ids.ts';
import { problemOf, type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { type Content, contentPack, type ContentPack, type QuestionField, type StaysSaid } from './schema.ts';

/**
 * Parses a pack and checks every cross-reference. Runs at start-up: a pack is taken whole or refused whole,
 * never mid-call. All faults are listed, each naming its place. `since` has the sections that came into content after
 * an earlier pack was written: a call of that pack is shown with them.
 */
export function loadContent(input: unknown, since?: Later): Result<Content, Problem[]> {
  const parsed = contentPack.safeParse(input);
  if (!parsed.success) return err([problemOf('content.malformed', parsed.error)]);
  const pack = parsed.data;
  const faults = crossReferenceFaults(pack);
  if (faults.length > 0) return err(faults);
  const { talk = since?.talk, callBack = since?.callBack, receivers = since?.receivers } = pack;
  if (talk === undefined || callBack === undefined || receivers === undefined)
    return err([
      {
        code: 'content.malformed',
        field: 'talk, callBack, receivers',
        message: 'the pack lacks how to talk, how to ring back or what receivers are told',
      },
    ]);
  return ok(index(pack, { talk, callBack, receivers }));
}

/** Wording that came into content after its first version. */
type Later = Pick<Content, 'talk' | 'callBack' | 'receivers'>;

/** What a clinician decided was words only: a decision counts for whatever is chosen next. */
const WORDS_ONLY: Content['consult'] = { namesRoutes: false, withoutRoute: 'No route' };

function index(pack: ContentPack, later: Later): Content {
  const questions = new Map(pack.questions.map((item) => [item.id, item]));
  const gates = new Map(pack.gates.map((item) => [item.id, item]));
  const routes = new Map(pack.routes.map((item) => [item.id, item]));
  const receivers = new Map(later.receivers.map((item) => [item.route, item]));
  return {
    ...pack,
    staysSaid: pack.landmarks.staysSaid ?? [],
    consult: pack.consult ?? WORDS_ONLY,
    ...later,
    question: (id) => questions.get(id),
    gate: (id) => gates.get(id),
    route: (id) => routes.get(id),
    receiver: (id) => receivers.get(id),
  };
}

/** SHA-256 of a pack without its own hash: what `manifest.hash` must be. */
export function contentHash(pack: ContentPack, digest: Digest): Promise<Sha256Hex> {
  const { hash: _own, ...manifest } = pack.manifest;
  const {
    questions,
    gates,
    routes,
    receivers,
    outcomes,
    planHeadings,
    hazards,
    landmarks,
    signatures,
    emergency,
  } = pack;
  const { consult, talk, callBack } = pack;
  return digest(
    canonicalJson({
      manifest,
      questions,
      gates,
      routes,
      receivers,
      outcomes,
      planHeadings,
      hazards,
      landmarks,
      signatures,
      emergency,
      consult,
      talk,
      callBack,
    }),
  );
}

function crossReferenceFaults(pack: ContentPack): Problem[] {
  const faults: Problem[] = [];
  const fault = (field: string, message: string): void => {
    faults.push({ code: 'content.badReference', field, message });
  };
  const known = {
    question: unique(pack.questions, 'questions', fault),
    gate: unique(pack.gates, 'gates', fault),
    route: unique(pack.routes, 'routes', fault),
    hazard: unique(pack.hazards, 'hazards', fault),
  };
  unique(pack.planHeadings, 'planHeadings', fault);
  const fieldsOf = new Map(
    pack.questions.map((item) => [item.id, new Map((item.fields ?? []).map((field) => [field.id, field]))]),
  );

  const checkCondition = (root: Condition, place: string): void => {
    for (const part of walk(root)) {
      for (const id of questionsNamed(part)) if (!known.question.has(id)) fault(place, `no question ${id}`);
      if ('chosen' in part)
        for (const id of part.chosen) if (!known.route.has(id)) fault(place, `no route ${id}`);
      if ('sameSinceCheck' in part)
        for (const { of, fields } of part.sameSinceCheck)
          for (const id of fields)
            if (fieldsOf.get(of)?.get(id) === undefined) fault(place, `question ${of} has no field ${id}`);
      if (!('field' in part)) continue;
      const field = fieldsOf.get(part.of)?.get(part.field);
      if (field === undefined) fault(place, `question ${part.of} has no field ${part.field}`);
      else if (field.kind !== 'choice') fault(place, `field ${part.field} of ${part.of} is not a choice`);
      else
        for (const code of part.is)
          if (!field.options?.some((option) => option.code === code))
            fault(place, `field ${part.field} has no option ${code}`);
    }
  };

  for (const item of pack.questions) {
    const place = `questions.${item.id}`;
    if (item.askedIf !== undefined) checkCondition(item.askedIf, `${place}.askedIf`);
    if (item.askedUnless !== undefined) checkCondition(item.askedUnless, `${place}.askedUnless`);
    if (item.kind === 'value' && (item.fields ?? []).length === 0)
      fault(place, 'asks for a value but has no field');
    for (const field of item.fields ?? []) {
      const hasOptions = (field.options ?? []).length > 0;
      if ((field.kind === 'choice') !== hasOptions)
        fault(`${place}.fields.${field.id}`, 'options belong to a choice, and a choice needs them');
    }
  }
  for (const item of pack.gates) {
    for (const id of item.hazards) if (!known.hazard.has(id)) fault(`gates.${item.id}`, `no hazard ${id}`);
    if (item.checks.length === 0 && item.shownBy === undefined)
      fault(`gates.${item.id}`, 'has neither a check nor a test that shows it');
    item.checks.forEach((check, at) => {
      checkCondition(check.passIf, `gates.${item.id}.checks.${at}`);
      if (check.at.door !== 'route') return;
      for (const id of check.at.routes)
        if (!known.route.has(id)) fault(`gates.${item.id}.checks.${at}`, `no route ${id}`);
    });
  }
  for (const item of pack.routes) {
    for (const id of item.needs.flatMap((each) => (typeof each === 'string' ? [] : each.from)))
      if (!known.question.has(id)) fault(`routes.${item.id}.needs`, `no question ${id}`);
    item.pointsTo.forEach((pointer, at) => checkCondition(pointer.when, `routes.${item.id}.pointsTo.${at}`));
    item.pointsAway.forEach((pointer, at) =>
      checkCondition(pointer.when, `routes.${item.id}.pointsAway.${at}`),
    );
  }
  checkReceivers(pack, known, fault);
  const outcomes = new Set(pack.outcomes.map((item) => item.code));
  for (const code of outcomeCodes) if (!outcomes.has(code)) fault('outcomes', `no outcome ${code}`);
  for (const item of pack.emergency.checklist) {
    if (item.question !== undefined && !known.question.has(item.question))
      fault(`emergency.checklist.${item.id}`, `no question ${item.question}`);
  }
  checkLandmarks(pack, fieldsOf, fault);
  checkCondition(pack.landmarks.safeguardingDue, 'landmarks.safeguardingDue');
  if (pack.manifest.status === 'approved' && pack.manifest.approver === null)
    fault('manifest.approver', 'an approved pack names who approved it');
  return faults;
}

/** Whoever a person is handed to has to be told something, and each only once. */
function checkReceivers(
  pack: ContentPack,
  known: { readonly question: ReadonlySet<string>; readonly route: ReadonlySet<string> },
  fault: (field: string, message: string) => void,
): void {
  const { receivers } = pack;
  if (receivers === undefined) return;
  const told = unique(
    receivers.map(({ route }) => ({ id: route })),
    'receivers',
    fault,
  );
  for (const item of receivers) {
    const place = `receivers.${item.route}`;
    if (!known.route.has(item.route)) fault(place, `no route ${item.route}`);
    for (const id of item.facts) if (!known.question.has(id)) fault(place, `no question ${id}`);
  }
  for (const item of pack.routes)
    if (item.handOver && !told.has(item.id))
      fault('receivers', `nobody is told anything by route ${item.id}`);
}

function checkLandmarks(
  pack: ContentPack,
  fieldsOf: ReadonlyMap<string, ReadonlyMap<string, QuestionField>>,
  fault: (field: string, message: string) => void,
): void {
  const { age, safeguardingDue: _checkedAsCondition, staysSaid = [], ...places } = pack.landmarks;
  checkStaysSaid(staysSaid, pack, fieldsOf, fault);
  for (const [name, { question, field }] of Object.entries(places)) {
    if (fieldsOf.get(question)?.get(field) === undefined)
      fault(`landmarks.${name}`, `question ${question} has no field ${field}`);
  }
  const fields = fieldsOf.get(age.question);
  if (fields?.get(age.years)?.kind !== 'age')
    fault('landmarks.age.years', `question ${age.question} has no age field ${age.years}`);
  const bands = (fields?.get(age.band)?.options ?? []).map((option) => option.code);
  for (const band of bands)
    if (age.bands[band] === undefined) fault('landmarks.age.bands', `band ${band} has no years`);
  for (const band of Object.keys(age.bands))
    if (!bands.includes(band)) fault('landmarks.age.bands', `the question has no band ${band}`);
}

/** Only a yes-or-no question has a yes that stays, only a choice has such values, and only the age question an age. */
function checkStaysSaid(
  staysSaid: readonly StaysSaid[],
  pack: ContentPack,
  fieldsOf: ReadonlyMap<string, ReadonlyMap<string, QuestionField>>,
  fault: (field: string, message: string) => void,
): void {
  for (const { of, yes, fields = {}, age } of staysSaid) {
    const place = `landmarks.staysSaid.${of}`;
    const kind = pack.questions.find(({ id }) => id === of)?.kind;
    if (kind === undefined) fault(place, `no question ${of}`);
    if (yes === true && kind !== 'yesNo') fault(place, 'has no yes');
    if (age === true && of !== pack.landmarks.age.question) fault(place, 'is not where the age is');
    for (const [field, values] of Object.entries(fields)) {
      const options = fieldsOf.get(of)?.get(field)?.options ?? [];
      for (const value of values)
        if (!options.some(({ code }) => code === value))
          fault(place, `field ${field} has no option ${value}`);
    }
  }
  unique(
    staysSaid.map(({ of }) => ({ id: of })),
    'landmarks.staysSaid',
    fault,
  );
}

function unique(
  items: readonly { id: string }[],
  place: string,
  fault: (field: string, message: string) => void,
): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) fault(place, `${id} appears twice`);
    seen.add(id);
  }
  return seen;
}
