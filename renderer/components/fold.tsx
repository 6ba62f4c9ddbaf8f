import { type ReactNode } from 'react';

/** Folds a form away once what it asks for is on record; it can be opened to record it again. */
export function Fold(props: {
  readonly when: boolean;
  readonly summary: string;
  readonly children: ReactNode;
}) {
  if (!props.when) return props.children;
  return (
    <details className="override">
      <summary>{props.summary}</summary>
      <div className="folded">{props.children}</div>
    </details>
  );
}
