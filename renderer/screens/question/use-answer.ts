import { type Recorded } from '../../call/desk.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { clearDrafts, optional, readDraft, useDraft } from '../../components/draft.ts';
import { answerTo, type Answer } from '../../../shared/call/facts.ts';
import { type Question } from '../../../shared/content/schema.ts';
import { answerState, type AnswerState } from '../../../shared/events/vocabulary.ts';
import { useCall } from '../call/call-context.tsx';
import { fieldFault, visibleFields } from '../derive/fields.ts';
import { usualSource } from '../derive/person.ts';
import { saidByTitles, type SaidBy } from '../wording/answers.ts';

export type Kept =
  /** Recorded, or nothing had changed since it was last recorded. */
  | { readonly done: true }
  | {
      readonly done: false;
      readonly why: readonly string[];
      readonly faults: Readonly<Record<string, string>>;
    };

export interface AnswerForm {
  readonly prior: Answer | undefined;
  readonly state: AnswerState | undefined;
  readonly setState: (state: string) => void;
  readonly key: (part: string) => string;
  /** What a field began with: its value in the answer that holds now. */
  readonly initial: (part: string) => string;
  readonly keep: () => Kept;
}

/**
 * The half-made answer to one question, all of it in drafts, so that a crash brings it back as it was. A question
 * answered before begins with what was recorded; keeping it unchanged records nothing, keeping a change records a
 * new answer beside the old.
 */
export function useAnswer(question: Question): AnswerForm {
  const desk = useDesk();
  const { view, picture, person, record } = useCall();
  const prior = answerTo(picture, question.id);
  const key = (part: string): string => `${view.id}:${question.id}:${part}`;
  const initial = (part: string): string => {
    if (part === 'state') return prior?.data.state ?? '';
    if (part === 'words') return prior?.data.words ?? '';
    if (part === 'saidBy') return prior?.data.saidBy ?? usualSource(person);
    return prior?.data.fields?.[part.slice('f.'.length)] ?? '';
  };
  const read = (part: string): string => readDraft(desk, key(part), initial(part)).trim();
  const parts = ['state', 'words', 'saidBy', ...(question.fields ?? []).map((field) => `f.${field.id}`)];
  const [chosen, setState] = useDraft(key('state'), initial('state'));
  const filled = useDeskValue((from) =>
    (question.fields ?? []).some(
      (field) => readDraft(from, key(`f.${field.id}`), initial(`f.${field.id}`)).trim() !== '',
    ),
  );
  // Something typed into a question that asks for a value is an answer given.
  const state = parseState(chosen) ?? (question.kind === 'value' && filled ? 'given' : undefined);

  return {
    prior,
    state,
    setState,
    key,
    initial,
    keep() {
      const changed = parts.some((part) => part !== 'saidBy' && desk.draft(key(part)) !== undefined);
      if (!changed && prior !== undefined) return { done: true };
      const now = state;
      if (now === undefined) return notKept(changed ? CHOOSE_KEEPING : CHOOSE);
      const visible = visibleFields(question, now);
      const faults = Object.fromEntries(
        visible.flatMap((field) => {
          const fault = fieldFault(field, read(`f.${field.id}`));
          return fault === undefined ? [] : [[field.id, fault]];
        }),
      );
      if (Object.keys(faults).length > 0) return { done: false, why: [], faults };
      const fields = Object.fromEntries(
        visible.map((field) => [field.id, read(`f.${field.id}`)]).filter(([, value]) => value !== ''),
      );
      if (now === 'given' && Object.keys(fields).length === 0 && read('words') === '')
        return notKept(NOTHING_GIVEN);
      const done: Recorded = record({
        type: 'answer.recorded',
        data: {
          question: question.id,
          state: now,
          ...(Object.keys(fields).length > 0 ? { fields } : {}),
          ...optional('words', read('words')),
          saidBy: parseSource(read('saidBy')) ?? usualSource(person),
        },
      });
      if (!done.ok) return notKept(done.why);
      clearDrafts(desk, parts.map(key));
      return { done: true };
    },
  };
}

const CHOOSE = [
  'Nothing is chosen yet. “Could not ask” is an answer too; “Leave for now” goes on without one.',
];
const CHOOSE_KEEPING = ['Choose one of the answers first. What was typed here is kept as it is.'];
const NOTHING_GIVEN = [
  'Nothing is written here yet. Fill something in, or choose what fits better than Given.',
];

const notKept = (why: readonly string[]): Kept => ({ done: false, why, faults: {} });

function parseState(text: string): AnswerState | undefined {
  const read = answerState.safeParse(text);
  return read.success ? read.data : undefined;
}

const SOURCES: readonly SaidBy[] = ['person', 'caller', 'professional', 'handler'];
export const parseSource = (text: string): SaidBy | undefined => SOURCES.find((source) => source === text);
export const sources = SOURCES.map((source) => ({ value: source, title: saidByTitles[source] }));
