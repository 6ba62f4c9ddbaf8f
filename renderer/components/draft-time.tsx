import { useState } from 'react';
import { readWhen } from '../screens/wording/when.ts';
import { useMinutes } from './clock.tsx';
import { useDraft } from './draft.ts';
import { DraftInput } from './draft-fields.tsx';

/** A time still to come: how it is read stands beside it while it is typed, what is wrong with it once it was left. */
export function DraftTime(props: {
  readonly draftKey: string;
  readonly label: string;
  readonly hint: string;
  readonly className?: string;
}) {
  const [text] = useDraft(props.draftKey);
  const [done, setDone] = useState<string>();
  const when = readWhen(text, useMinutes());
  return (
    <DraftInput
      {...props}
      reading={'reading' in when ? `read as ${when.reading}` : undefined}
      fault={'fault' in when && done === text ? when.fault : undefined}
      onDone={() => setDone(text)}
    />
  );
}

/** To the first field that says what is wrong with it. */
export function focusWrong(form: HTMLElement): void {
  queueMicrotask(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
