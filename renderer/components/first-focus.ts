/** In order of preference. `data-first` marks the part that work begins in. */
const FIRST = [
  '[data-first] input:checked',
  '[data-first] :is(input, textarea, select):not(:disabled)',
  'button[data-first]:not(:disabled), [role="listbox"][data-first]',
  'h1',
];

/** Focus is never lost: shows the container from its top and puts it on the first control of what now stands here, or on its heading. */
export function focusFirst(container: Element | null): void {
  if (container !== null) container.scrollTop = 0;
  for (const selector of FIRST) {
    // What lies in a folded part cannot take the focus.
    const found = [...(container?.querySelectorAll<HTMLElement>(selector) ?? [])].find((element) =>
      element.checkVisibility(),
    );
    if (found === undefined) continue;
    found.focus();
    return;
  }
}
