import { useId } from 'react';
import { type NamedPerson } from '../../shared/events/vocabulary.ts';
import { useDraft, type Form } from './draft.ts';
import { DraftInput } from './draft-fields.tsx';

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
        <RoleSelect draftKey={form.key('role')} roles={roles} />
      ) : (
        <p className="only-role">
          <span className="label">Their role</span> {only}
        </p>
      )}
    </div>
  );
}

function RoleSelect({ draftKey, roles }: { readonly draftKey: string; readonly roles: readonly string[] }) {
  const id = useId();
  const [role, setRole] = useDraft(draftKey);
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        Their role
      </label>
      <select id={id} value={role} onChange={(event) => setRole(event.target.value)}>
        <option value="">Choose</option>
        {roles.map((item) => (
          <option key={item} value={item}>
            {item}
          </option>
        ))}
      </select>
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
