import { type NamedPerson } from '../../shared/events/vocabulary.ts';
import { type Form } from './draft.ts';
import { DraftInput } from './draft-fields.tsx';
import { DraftSelect } from './draft-select.tsx';

/**
 * A person named as having decided: name, and role as one of those allowed, or as typed when anybody will do.
 * With one role allowed there is nothing to choose.
 */
export function NamedPersonFields(props: {
  readonly form: Form;
  readonly who: string;
  readonly roles?: readonly string[];
  readonly initialName?: string;
  readonly initialRole?: string;
}) {
  const { form, who, roles } = props;
  const only = roles?.length === 1 ? roles[0] : undefined;
  return (
    <div className="pair">
      <DraftInput draftKey={form.key('name')} label={who} initial={props.initialName ?? ''} />
      {roles === undefined ? (
        <DraftInput draftKey={form.key('role')} label="Their role" initial={props.initialRole ?? ''} />
      ) : only === undefined ? (
        <DraftSelect
          draftKey={form.key('role')}
          label="Their role"
          options={roles.map((role) => ({ value: role, title: role }))}
        />
      ) : (
        <p className="only-role">
          <span className="label">Their role</span> {only}
        </p>
      )}
    </div>
  );
}

/** With one role allowed there is nothing to choose: it is the role. */
export const onlyRole = (roles: readonly string[]): { readonly role?: string } => {
  const [role] = roles;
  return roles.length === 1 && role !== undefined ? { role } : {};
};

/** The person as typed, or what is missing. */
export function readPerson(
  form: Form,
  initial: { readonly name?: string; readonly role?: string } = {},
): { readonly person: NamedPerson } | { readonly missing: readonly string[] } {
  const name = form.read('name', initial.name);
  const role = form.read('role', initial.role);
  const missing = [
    ...(name === '' ? ['Write the name of the person.'] : []),
    ...(role === '' ? ['Say what their role is.'] : []),
  ];
  return missing.length > 0 ? { missing } : { person: { name, role } };
}
