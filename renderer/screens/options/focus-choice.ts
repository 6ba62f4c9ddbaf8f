/** After something that stood before a route was put right: on to the choice itself. */
export function focusChoice(): void {
  queueMicrotask(() =>
    (
      document.querySelector<HTMLElement>('#choice input:checked') ??
      document.querySelector<HTMLElement>('#choice :is(input, textarea):not(:disabled)')
    )?.focus(),
  );
}
