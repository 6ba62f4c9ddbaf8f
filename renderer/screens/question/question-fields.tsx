import { DraftInput, DraftRadios } from '../../components/draft-fields.tsx';
import { type Question, type QuestionField } from '../../../shared/content/schema.ts';
import { type AnswerState, MAX_FIELD } from '../../../shared/events/vocabulary.ts';
import { visibleFields } from '../derive/fields.ts';
import { type AnswerForm } from './use-answer.ts';

const INPUT_MODES = { text: 'text', phone: 'tel', age: 'numeric', choice: 'text' } as const;
const SHORT_KEYS: Readonly<Record<string, string>> = { yes: 'Y', no: 'N', notKnown: 'U' };

/** The question's own fields: those that belong to the answer chosen. */
export function QuestionFields(props: {
  readonly question: Question;
  readonly state: AnswerState | undefined;
  readonly answer: AnswerForm;
  readonly faults: Readonly<Record<string, string>>;
}) {
  const fields = visibleFields(props.question, props.state);
  if (fields.length === 0) return null;
  return (
    <div className="question-fields">
      {fields.map((field) => (
        <OneField
          key={field.id}
          field={field}
          draftKey={props.answer.key(`f.${field.id}`)}
          initial={props.answer.initial(`f.${field.id}`)}
          fault={props.faults[field.id]}
        />
      ))}
    </div>
  );
}

function OneField(props: {
  readonly field: QuestionField;
  readonly draftKey: string;
  readonly initial: string;
  readonly fault: string | undefined;
}) {
  const { field, draftKey, initial, fault } = props;
  if (field.kind === 'choice') {
    const options = (field.options ?? []).map((option) => ({
      value: option.code,
      title: option.label,
      ...(SHORT_KEYS[option.code] === undefined ? {} : { key: SHORT_KEYS[option.code] ?? '' }),
    }));
    return <DraftRadios draftKey={draftKey} label={field.label} options={options} initial={initial} />;
  }
  return (
    <DraftInput
      draftKey={draftKey}
      label={field.label}
      initial={initial}
      fault={fault}
      most={MAX_FIELD}
      inputMode={INPUT_MODES[field.kind]}
      className={field.kind === 'text' ? 'wide' : 'narrow'}
    />
  );
}
